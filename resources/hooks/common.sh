# Where everything lies, as `orch hooks install` found it: a graphical client may have next to no environment.
state=${ORCH_HOME:-@state@}
node=@node@
orch=@orch@
perl=@perl@
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
kept=$dir/$hook-orch-kept
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

# Sets `client` to what can speak to the core without starting Node: Perl, which comes with most gits and starts in a
# quarter of curl's time, or curl.
find_client() {
  if [ -x "$perl" ] || { perl=perl && command -v "$perl" >/dev/null 2>&1; }; then
    client=by_perl
  elif [ -x "$curl" ] || { curl=curl && command -v "$curl" >/dev/null 2>&1; }; then
    client=by_curl
  else
    return 1
  fi
}

# Posts its standard input to the core; prints the body and, on a line of its own, the status. Ends with 7 when
# nobody listens and 28 when time is up, as curl does. No modules: loading one takes longer than all the rest.
by_perl() {
  ORCH_SOCKET=$socket ORCH_TOKEN=$token ORCH_LIMIT=$limit LC_ALL=C PERL5OPT='' "$perl" -e '
    $left = $ENV{ORCH_LIMIT};
    $SIG{ALRM} = sub { exit 28 };
    alarm 1;
    # Waits for a handle within what is left of the time given; the kernel counts down.
    sub ready {
      my ($handle, $writes, $most) = @_;
      my $bits = "";
      vec($bits, fileno($handle), 1) = 1;
      my $wait = $most < $left ? $most : $left;
      my ($found, $rest) = $writes ? select(undef, $bits, undef, $wait) : select($bits, undef, undef, $wait);
      $left -= $wait - $rest;
      return $found > 0;
    }
    $address = $^O eq "linux" ? pack("S a*", 1, $ENV{ORCH_SOCKET}) : pack("C C a*", 0, 1, $ENV{ORCH_SOCKET});
    socket(CORE, 1, 1, 0) && connect(CORE, $address) or exit 7;
    # What git has not told by half time is left out.
    $half = $left / 2;
    while (length($ask) < 524288 && $left > $half && ready(*STDIN, 0, $left - $half)) {
      sysread(STDIN, $ask, 65536, length($ask)) or last;
    }
    $out = "POST /v1/gates HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer $ENV{ORCH_TOKEN}\r\n"
      . "Content-Type: application/vnd.meta-orchestrator.gate\r\nContent-Length: " . length($ask)
      . "\r\nConnection: close\r\n\r\n" . $ask;
    while (length $out) {
      ready(*CORE, 1, $left) or exit 28;
      $sent = syswrite(CORE, $out, 8192) or exit 55;
      substr($out, 0, $sent) = "";
    }
    while (length($answer) < 65536) {
      ready(*CORE, 0, $left) or exit 28;
      sysread(CORE, $answer, 8192, length($answer)) or last;
    }
    $answer =~ m{^HTTP/1\.1 (\d\d\d).*?\r\n\r\n(.*)}s or exit 52;
    print "$2\n$1";
  ' 2>/dev/null
}

# The same by curl. The token goes through a pipe, where no list of processes shows it; the C locale because curl
# reads 0.8 by the decimal sign of the locale.
by_curl() {
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
}

# Sends what `tell` prints to the core and sets `code` and `words`; false, with `status` and `answer`, where that gives
# no good answer. `tell` runs apart, so that a git that hangs holds nobody, not even a pipe.
ask_core() {
  answer=$({ exec 2>/dev/null; tell & } | $client)
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
  { exec 2>/dev/null; tell & } | "$node" "$orch" hooks ask "$@"
}
