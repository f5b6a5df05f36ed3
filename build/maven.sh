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

# maven <log> <arguments…>: one line per module on standard error, all of Maven's output in the log.
maven() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  (cd "$root" && exec mvn -B -ntp "$@" </dev/null) 2>&1 | tee "$log" | module_lines >&2
  return "${PIPESTATUS[0]}"
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
