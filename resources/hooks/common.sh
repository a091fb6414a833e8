# Where everything lies, as `orch hooks install` found it: a graphical client may have next to no environment.
state=${ORCH_HOME:-@state@}
node=@node@
orch=@orch@
curl=@curl@
branches=@branches@
strict=@strict@
kept_shell=@keptShell@

nl='
'
case $0 in
*/*) dir=${0%/*} ;;
*) dir=. ;;
esac
kept=$dir/$hook.orch-kept
here=$hook:$PWD:$dir

# Runs the hook that was here before, as git would: same arguments, same input, and for a shell script the same $0,
# which some of them look at to know what they are.
run_kept() {
  if [ ! -f "$kept" ] || [ ! -x "$kept" ]; then return 0; fi
  if [ -n "$kept_shell" ]; then
    ORCH_KEPT=$kept ORCH_HOOK_AROUND="${ORCH_HOOK_AROUND-}|$here|" \
      $kept_shell -c 'ORCH_KEPT_FILE=$ORCH_KEPT; unset ORCH_KEPT; . "$ORCH_KEPT_FILE"' "$0" "$@"
  else
    ORCH_HOOK_AROUND="${ORCH_HOOK_AROUND-}|$here|" "$kept" "$@"
  fi
}

# Two tools that keep each other's hook would call each other for ever.
case ${ORCH_HOOK_AROUND-} in
*"|$here|"*) exit 0 ;;
esac

# Sets `root`, `main` (only in a linked work tree) and `git_dir`. Starts no process.
find_repository() {
  cd -P . 2>/dev/null
  root=$PWD main= git_dir=${GIT_DIR:-.git}
  if [ -f .git ]; then
    IFS= read -r line <.git
    git_dir=${line#gitdir: }
    case $git_dir in
    */.git/worktrees/*) main=${git_dir%/.git/worktrees/*} ;;
    esac
    case $main in
    '' | /*) ;;
    *) main=$root/$main ;;
    esac
  fi
}

# Sets `found` to the text or number under one key of endpoint.json.
value() {
  found=
  case $text in
  *"\"$1\":"*) ;;
  *) return ;;
  esac
  found=${text#*"\"$1\":"}
  found=${found# }
  case $found in
  \"*)
    found=${found#\"}
    found=${found%%\"*}
    ;;
  *) found=${found%%[,\}]*} ;;
  esac
}

# Sets `socket` and `token` of the running core; false when there is none.
find_core() {
  why='not running'
  file=$state/endpoint.json
  if [ ! -f "$file" ] || [ -h "$file" ] || [ ! -O "$file" ]; then return 1; fi
  text=
  while IFS= read -r line || [ -n "$line" ]; do text=$text$line; done <"$file"
  value token
  token=$found
  value socket
  socket=$found
  value pid
  case $token in
  '' | *[!A-Za-z0-9_-]*) return 1 ;;
  esac
  case $socket in
  *[\"\\]*) return 1 ;;
  /*) ;;
  *) return 1 ;;
  esac
  case $found in
  '' | *[!0-9]*) return 1 ;;
  esac
  kill -0 "$found" 2>/dev/null
}

has_curl() {
  if [ ! -x "$curl" ]; then curl=curl; fi
  command -v "$curl" >/dev/null 2>&1
}

# Sends what `tell` prints to the core and sets `answer` and `status`. `tell` runs apart, so that a git that hangs
# holds nobody; the token goes through a pipe, where no list of processes shows it. The C locale because curl
# reads 0.8 by the locale's decimal sign.
ask_core() {
  answer=$(
    { tell 2>/dev/null & } |
      LC_ALL=C "$curl" -q -K /dev/fd/3 -T . 3<<EOF 2>/dev/null
silent
request = "POST"
url = "http://127.0.0.1/v1/gates"
unix-socket = "$socket"
noproxy = "*"
connect-timeout = 0.3
max-time = $limit
header = "Authorization: Bearer $token"
header = "Content-Type: application/vnd.meta-orchestrator.gate"
header = "Expect:"
write-out = "\n%{http_code}"
EOF
  )
  status=$?
  case $status$answer in
  '0{"exitCode":'[0134]',"words":"'*'"'*"$nl"200) ;;
  *) return 1 ;;
  esac
  code=${answer#'{"exitCode":'}
  code=${code%%,*}
  words=${answer#*'"words":"'}
  words=${words%%\"*}
  if [ -n "$words" ]; then printf '%s\n' "$words" >&2; fi
}

# Asks through Node, which takes longer to start than all the rest. Ends with 5 when it cannot tell.
ask_by_node() {
  if [ ! -x "$node" ] || [ ! -f "$orch" ]; then return 5; fi
  { tell 2>/dev/null & } | ELECTRON_RUN_AS_NODE=1 "$node" "$orch" hooks ask "$@"
}
