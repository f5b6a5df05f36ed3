# Debian packages unpacked into a prefix: sourced by the install scripts of this directory.
#
# Nothing outside the checkout is written and no rights are needed: apt gets a package database of its own, checks
# Debian's signatures as always, and the packages are unpacked, not installed. Programs are started with the loader
# and libraries unpacked beside them, since those are newer than many machines'.
#
# The caller sets: part (its name in messages), checkout, prefix (where to), package, suites (the package's first
# choice first), and hint (what to set where there is no apt).

say() { printf '%s\n' "$part: $*" >&2; }
unavailable() { say "cannot be had here: $*"; exit 3; }
fail() { say "FAILED: $*"; exit 1; }

# Fills $prefix anew.
fetch_and_unpack() {
  local tool suite
  for tool in apt-get apt-config dpkg dpkg-deb; do
    command -v "$tool" >/dev/null || unavailable "no $tool on this machine; $hint"
  done
  mkdir -p "$checkout/.interop"
  work=$(mktemp -d "$checkout/.interop/apt.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  configure_apt
  say "reading the package lists of $suites"
  apt_get update || apt_failed 'package lists'
  apt-cache show "$package" >/dev/null 2>&1 || unavailable "the mirror has no package $package"
  say "downloading $package and its libraries"
  for suite in $suites; do
    if apt_get --target-release="$suite" --download-only install "$package"; then
      unpack
      return
    fi
  done
  apt_failed "$package"
}

# A private apt: this machine's settings (proxies, certificates) without its sources, pins, hooks and database.
configure_apt() {
  local keyring='' candidate parts mirror suite
  for candidate in /usr/share/keyrings/debian-archive-keyring.gpg /usr/share/keyrings/debian-archive-keyring.pgp; do
    [ -z "$keyring" ] && [ -r "$candidate" ] && keyring=$candidate
  done
  [ -n "$keyring" ] || unavailable "no Debian keyring (package debian-archive-keyring) on this machine"
  mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null \
    | grep -m 1 '/debian/*$' || true)}
  [ -n "$mirror" ] || unavailable "no Debian mirror in this machine's apt sources; set DEBIAN_MIRROR=…"

  mkdir -p "$work"/{parts,empty,state/lists/partial,cache/archives/partial}
  parts=$(apt-config shell PARTS Dir::Etc::parts/d)
  eval "$parts"
  for candidate in "$PARTS"/*; do
    [ -r "$candidate" ] && ln -s "$candidate" "$work/parts/"
  done
  for suite in $suites; do
    echo "deb [signed-by=$keyring] $mirror $suite main"
  done >"$work/sources.list"
  # Asked for by the package's service and its questions at installation, never by the program.
  for candidate in debconf systemd-standalone-sysusers; do
    printf 'Package: %s\nStatus: install ok installed\nArchitecture: all\nVersion: 999\n' "$candidate"
    printf 'Maintainer: none\nDescription: not needed in a prefix\n\n'
  done >"$work/status"
  cat >"$work/parts/zz-prefix" <<CONFIGURATION
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "$work/empty";
Dir::Etc::preferences "$work/none";
Dir::Etc::preferencesparts "$work/empty";
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
APT::Update::Error-Mode "any";
APT::Get::Assume-Yes "true";
APT::Get::AllowUnauthenticated "false";
APT::Install-Recommends "false";
APT::Sandbox::User "$(id -un)";
Debug::NoLocking "true";
CONFIGURATION
  echo "Dir::Etc::parts \"$work/parts\";" >"$work/apt.conf"
  export APT_CONFIG=$work/apt.conf
}

apt_get() { apt-get -q "$@" >"$work/log" 2>&1; }

# Bytes with a wrong signature or checksum are somebody's fault; a mirror that does not answer is the weather.
apt_failed() {
  tail -n 20 "$work/log" >&2
  if grep -qE 'BADSIG|is not signed|Hash Sum mismatch|unauthenticated' "$work/log"; then
    fail "the mirror's $1 do not verify"
  fi
  unavailable "apt cannot get the $1 (see above)"
}

unpack() {
  local deb
  mkdir "$work/root"
  for deb in "$work"/cache/archives/*.deb; do
    dpkg-deb -x "$deb" "$work/root"
  done
  rm -rf "$prefix"
  mv "$work/root" "$prefix"
  loader=$(find "$prefix/usr/lib" -name 'ld-linux-*.so.*' | head -1)
  [ -n "$loader" ] || fail "no program loader among the unpacked packages"
  libraries=$(dirname "$loader")
}

# wrap <program> <file> [NAME=VALUE…]: writes a script that starts the unpacked program.
wrap() {
  local program=$1 file=$2
  shift 2
  cat >"$file" <<WRAPPER
#!/bin/sh
exec env $* "$loader" --library-path "$libraries" "$prefix/$program" "\$@"
WRAPPER
  chmod +x "$file"
}
