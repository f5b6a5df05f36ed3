# Sourced by the scripts of this checkout. find_jdk sets and exports JAVA_HOME to a JDK of the version the build asks
# for, or says in plain words what to do and returns 1. No Java is started to find out, so this costs milliseconds.

jdk_version=25

find_jdk() {
  local candidate
  for candidate in STRATUMJ_JAVA_HOME JAVA_HOME; do
    [ -n "${!candidate:-}" ] || continue
    if is_jdk "${!candidate}"; then
      use_jdk "${!candidate}"
      return
    fi
    # Asked for by our own name, so silently taking another one would surprise; JAVA_HOME is often somebody else's.
    if [ "$candidate" = STRATUMJ_JAVA_HOME ]; then
      echo "stratumj: STRATUMJ_JAVA_HOME=${!candidate} is not a JDK $jdk_version." >&2
      return 1
    fi
  done
  while IFS= read -r candidate; do
    if is_jdk "$candidate"; then
      use_jdk "$candidate"
      return
    fi
  done <<PLACES
$(jdk_places)
PLACES
  no_jdk
}

# A home with a compiler whose `release` file names the version; a JRE or another version is not enough.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -qE "^JAVA_VERSION=\"?$jdk_version([.\"+-]|\$)" "$1/release"
}

use_jdk() {
  JAVA_HOME=$1
  export JAVA_HOME
}

# Homes worth a look, one per line: the one on PATH, then where packages and version managers put theirs.
jdk_places() {
  local javac place
  javac=$(command -v javac || true)
  if [ -n "$javac" ]; then
    dirname "$(dirname "$(resolve_links "$javac")")"
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$jdk_version" 2>/dev/null || true
  fi
  for place in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/*jdk* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${ASDF_DATA_DIR:-${HOME:-}/.asdf}"/installs/java/* \
    "${MISE_DATA_DIR:-${HOME:-}/.local/share/mise}"/installs/java/* "${JENV_ROOT:-${HOME:-}/.jenv}"/versions/* "${HOME:-}"/.jdks/* \
    /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk* /Library/Java/JavaVirtualMachines/* \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*; do
    [ -d "$place" ] || continue
    printf '%s\n' "$place" "$place/Contents/Home" "$place/libexec/openjdk.jdk/Contents/Home"
  done
}

# `readlink -f`, which not every Unix has.
resolve_links() {
  local path=$1 target
  while [ -L "$path" ]; do
    target=$(readlink "$path")
    case $target in
      /*) path=$target ;;
      *) path=$(dirname "$path")/$target ;;
    esac
  done
  printf '%s/%s\n' "$(cd -P "$(dirname "$path")" && pwd)" "$(basename "$path")"
}

no_jdk() {
  cat >&2 <<HELP
stratumj: no JDK $jdk_version found.
  Looked at STRATUMJ_JAVA_HOME, JAVA_HOME, PATH, and where packages, Homebrew, SDKMAN, asdf, mise and IDEs put theirs.
  Install one, for example:
    Ubuntu           apt install openjdk-$jdk_version-jdk-headless
    Debian           apt install temurin-$jdk_version-jdk      (repository: https://adoptium.net/installation/linux)
    Fedora           dnf install java-$jdk_version-openjdk-devel
    macOS            brew install openjdk@$jdk_version
    any              sdk install java $jdk_version-tem      (https://sdkman.io)
  If it is somewhere else: export STRATUMJ_JAVA_HOME=/path/to/jdk-$jdk_version
HELP
  return 1
}
