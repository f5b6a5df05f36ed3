# Sourced by the scripts that run what they build, after maven.sh: builds when a source is newer than the last build,
# and runs the last build when this checkout cannot be written.

# build_when <is_stale> <compile> <last_build> <name>: <compile> runs under the lock of the checkout, after another look.
# <last_build> prints when the last usable build was made, or nothing. Returns 1, with the reason told, when there is
# nothing to run.
build_when() {
  local is_stale=$1 compile=$2 last_build=$3 name=$4 unwritable last
  "$is_stale" || return 0
  unwritable=$(unwritable_directory)
  if [ -n "$unwritable" ]; then
    last=$("$last_build")
    if [ -z "$last" ]; then
      echo "$name: not built yet, and $unwritable cannot be written by $(id -un); make it writable, or copy the checkout" >&2
      return 1
    fi
    echo "$name: $unwritable cannot be written by $(id -un), so the newer sources are not built; running the build of $last" >&2
    return 0
  fi
  find_maven || return 1
  warn_of_root "$name"
  lock_build "$name"
  if "$is_stale"; then
    "$compile"
  fi
  unlock_build
}

# A source is newer than this file. Directories count too: a file that was removed shows only there.
sources_newer_than() {
  [ -n "$(find "$root"/pom.xml "$root"/.mvn "$root"/*/pom.xml "$root"/*/src/main -newer "$1" | head -n 1)" ]
}

# The first directory that a build has to write and cannot.
unwritable_directory() {
  local pom target
  for pom in "$root/pom.xml" "$root"/*/pom.xml; do
    target=$(dirname "$pom")/target
    [ -d "$target" ] || target=$(dirname "$target")
    if [ ! -w "$target" ]; then
      echo "$target"
      return
    fi
  done
}

warn_of_root() {
  if [ "$(id -u)" -eq 0 ] && [ ! -O "$root/pom.xml" ]; then
    echo "$1: building as root leaves files that the owner of this checkout cannot replace; build as the owner first" >&2
  fi
}
