# Sourced by the scripts of this checkout, after jdk.sh and with $root set to the checkout.

maven_oldest=3.6.3 # what the plugins of pom.xml ask for

# find_maven: complains in plain words and returns 1 when there is no Maven, or one too old for this build.
find_maven() {
  local version
  if ! command -v mvn >/dev/null; then
    echo "stratumj: Maven (mvn) is not on the PATH. Install Maven $maven_oldest or newer, for example:" >&2
    echo "    apt install maven      dnf install maven      brew install maven      sdk install maven" >&2
    return 1
  fi
  version=$(mvn -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1) || true
  if [ -z "$version" ]; then
    echo "stratumj: $(command -v mvn) does not start:" >&2
    { mvn -B -v || true; } 2>&1 | head -n 5 >&2
    return 1
  fi
  if [ "$(printf '%s\n' "$maven_oldest" "$version" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" != "$maven_oldest" ]; then
    echo "stratumj: Maven $version is too old for this build; it needs $maven_oldest or newer." >&2
    return 1
  fi
}

# maven <log> <arguments…>: one line per module on standard error, all of Maven's output in the log. Waits for another
# build in this checkout; a signal to this script ends Maven too.
maven() {
  local log=$1 outer_lock=$build_locked status=0
  shift
  mkdir -p "$(dirname "$log")" || return
  lock_build "$(basename "$0")"
  in_own_group maven_with_lines "$log" "$@" || status=$?
  [ -n "$outer_lock" ] || unlock_build
  return "$status"
}

maven_with_lines() {
  local log=$1
  shift
  (cd "$root" && exec mvn -B -ntp "$@" </dev/null) 2>&1 | tee "$log" | module_lines >&2
  return "${PIPESTATUS[0]}"
}

# in_own_group <command…>: its processes are a group, which ends with this script. Bash handles a signal only between
# foreground commands, so the command runs in the background and is waited for.
in_own_group() {
  local group status=0
  set -m
  "$@" &
  group=$!
  set +m
  trap 'kill -TERM -- "-$group" 2>/dev/null || true' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  wait "$group" || status=$?
  trap - EXIT HUP INT TERM
  return "$status"
}

# lock_build <name>: one build at a time in one checkout, until unlock_build. The system holds the lock for the open
# file, which Maven inherits: it is free when the last process of a build has ended, however that ended.
build_locked=''
lock_build() {
  local lock=$root/target/build.lock
  [ -z "$build_locked" ] || return 0
  mkdir -p "$root/target"
  exec 9>>"$lock"
  if ! lock_file LOCK_NB; then
    echo "$1: waiting for another build in this checkout (process $(head -n 1 "$lock"))" >&2
    lock_file
  fi
  build_locked=yes
  echo $$ >"$lock"
}

unlock_build() {
  exec 9>&-
  build_locked=''
}

# Locks what is open as 9. Not every system has flock; Perl comes with Git.
lock_file() {
  if command -v flock >/dev/null; then
    flock ${1:+-n} 9
  else
    perl -MFcntl=:flock -e 'open(my $file, ">>&=", 9) && flock($file, LOCK_EX | (@ARGV ? LOCK_NB : 0)) or exit 1' "$@"
  fi
}

# Turns Maven's output into lines such as "   3/12 protocol             14 s  211 tests".
module_lines() {
  local line started=$SECONDS name='' tests=0
  local module='^\[INFO\] Building stratumj ?(.*) [0-9][^ ]* +\[([0-9]+)/([0-9]+)\]$'
  local result='^\[[A-Z]+\] Tests run: ([0-9]+), Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$'
  while IFS= read -r line; do
    if [[ $line =~ $module ]]; then
      end_module
      name=${BASH_REMATCH[1]:-parent} started=$SECONDS tests=0
      printf '  %3d/%d %-12s' "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}" "$name"
    elif [[ $line =~ $result ]]; then
      tests=$((tests + BASH_REMATCH[1]))
    elif [[ $line == '[INFO] Reactor Summary'* || $line == '[INFO] BUILD '* ]]; then
      end_module
    fi
  done
  end_module
}

end_module() {
  [ -n "$name" ] || return 0
  printf '%5d s' $((SECONDS - started))
  [ "$tests" -eq 0 ] || printf '  %d tests' "$tests"
  printf '\n'
  name=''
}

# What went wrong, shortly, and where the rest is.
maven_failure() {
  local log=$1 lines
  lines=$(grep -E '^\[(ERROR|FATAL)\]' "$log" | grep -vE '^\[ERROR\] *$|[Rr]e-run Maven|For more information|\[Help|<args> -rf|After correcting' || true)
  if [ -n "$lines" ]; then
    printf '%s\n' "$lines" | head -n 60 >&2
  else
    tail -n 40 "$log" >&2
  fi
  echo "The whole Maven log: $log" >&2
}
