# Sourced by ./check: checks on the files that are tracked, or new and not ignored. Each finding goes to `problem <title> <lines>` of the caller.
# The patterns are written so that they do not find themselves.

files() { git ls-files --cached --others --exclude-standard -- "$@"; }

check_scripts() {
  local script count=0 complaint
  while IFS= read -r script; do
    count=$((count + 1))
    complaint=$(bash -n "$script" 2>&1) || problem "$script does not parse:" "$complaint"
    case $script in *.sh) continue ;; esac
    [ -x "$script" ] || problem "$script has a #! line and is not executable"
  done < <({ files '*.sh'; git grep --untracked -lIE '^#!(/bin/|/usr/bin/env )(ba)?sh' -- ':!*.sh'; } | sort -u)
  scripts_checked=$count
}

# What must not be in the tree: unfinished work, the paths of one machine, the hosts of package registries.
check_leftovers() {
  no_match 'unfinished work' -wE 'TO[D]O|FIX[M]E|X[X]X'
  no_match 'the path of one machine' -E '/ro[o]t/|/ho[m]e/[a-z]|/Us[e]rs/[A-Za-z]|(^|[^A-Za-z0-9_.}])/wo[r]k/|/tmp/(br[i]ef|w[t]/)'
  no_match 'a time limit of one test (pom.xml has the one for all)' -E '@Time[o]ut\b'
  no_match 'the host of a package registry' -iE \
    'pk[g]\.dev|artifactr[e]gistry|artif[a]ctory|re[p]o[0-9]*\.maven|regis[t]ry\.npmjs|pythonh[o]sted|static\.crat[e]s|(deb|snap[s]hot)\.debi[a]n\.org|proxy\.gol[a]ng'
}

no_match() {
  local what=$1 found
  shift
  found=$(git grep --untracked -nI "$@" -- ':!LICENSE' ':!*.patch' | cut -c 1-200 || true)
  [ -z "$found" ] || problem "$what:" "$found"
}

# Every relative link of a Markdown file leads to a file or directory of the tree, and every anchor to a heading.
check_links() {
  local file line link path anchor count=0
  while IFS= read -r file; do
    while IFS= read -r link; do
      count=$((count + 1))
      path=${link%%#*}
      anchor=''
      case $link in *'#'*) anchor=${link#*#} ;; esac
      if [ -z "$path" ]; then
        path=$file
      else
        case $path in /*) path=${path#/} ;; *) path=$(dirname "$file")/$path ;; esac
        path=${path#./}
      fi
      if ! exists "$path"; then
        problem "$file: the link ($link) leads nowhere"
      elif [ -n "$anchor" ] && [[ $path == *.md ]] && ! anchors "$path" | grep -qxF -- "$anchor"; then
        problem "$file: the link ($link) names no heading of $path"
      fi
    done < <(without_code "$file" | grep -oE '\]\([^) ]+' | cut -c 3- | grep -vE '^[a-z]+:' || true)
  done < <(files '*.md')
  links_checked=$count
}

exists() { [ -n "$(files "$1" | head -n 1)" ]; }

# A link inside a code block or code span is an example.
without_code() { awk '/^ *```/ { code = !code; next } !code' "$1" | sed 's/`[^`]*`//g'; }

# The anchors a forge derives from headings: lower case, punctuation dropped, spaces to hyphens.
anchors() {
  awk '/^ *```/ { code = !code; next } !code && /^#+ / { sub(/^#+ +/, ""); print }' "$1" \
    | tr '[:upper:]' '[:lower:]' | sed -E 's/[^[:alnum:] _-]//g; s/ /-/g'
}

# Every `./stratumj <role> --option` that a document shows is one the command knows. Needs a build.
check_commands() {
  local command role help option count=0
  while IFS= read -r command; do
    count=$((count + 1))
    role=$(printf '%s' "$command" | cut -d ' ' -f 2)
    if ! help=$("$root/stratumj" "$role" --help 2>&1); then
      problem "a document shows '$command', and ./stratumj knows no $role"
      continue
    fi
    while IFS= read -r option; do
      [[ $help == *"$option"* ]] || problem "a document shows '$command', and ./stratumj $role knows no $option"
    done < <(printf '%s\n' "$command" | grep -oE -e '--[a-z][a-z-]+' || true)
  done < <(files '*.md' | tr '\n' '\0' | xargs -0 grep -hoE '\./stratumj [a-z][a-z-]*[^`|#)]*' | sed 's/ *$//' | sort -u)
  commands_checked=$count
}

tree_summary() {
  echo "$scripts_checked scripts, $links_checked links${commands_checked:+ and $commands_checked shown commands} checked"
}
