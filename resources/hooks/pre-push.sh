#!/bin/sh
# @fingerprint@
# Asks what `orch gate` asks, before a push to a deploy branch.
# Written by `orch hooks install`, taken away by `orch hooks uninstall`; changes made here are lost.
hook=pre-push
# @include common.sh@

# git tells what is pushed on standard input, and the hook that was here may want it too.
refs=
while IFS= read -r line || [ -n "$line" ]; do refs=$refs$line$nl; done
if [ -f "$kept" ]; then
  printf '%s' "$refs" | run_kept "$@" || exit
fi
if [ "${ORCH_DISABLE_HOOKS-}" = 1 ]; then exit 0; fi
# A reader that left must not end a push.
trap '' PIPE
set -f
limit=0.7
remote=${1-}

# `landing`: the deploy branches pushed to; `ranges`: what is new on each, as new,old.
landing= ranges= count=0
rest=$refs
while [ -n "$rest" ]; do
  line=${rest%%"$nl"*}
  rest=${rest#*"$nl"}
  set -- $line
  case ${3-} in
  refs/heads/*) branch=${3#refs/heads/} ;;
  *) continue ;;
  esac
  # A branch that is deleted lands nothing.
  case ${2-} in
  *[!0]*) ;;
  *) continue ;;
  esac
  for pattern in $branches; do
    case $branch in
    $pattern)
      landing="$landing $branch"
      ranges="$ranges $2,${4-}"
      count=$((count + 1))
      break
      ;;
    esac
  done
done
if [ -z "$landing" ]; then exit 0; fi
find_repository

list() {
  GIT_NO_LAZY_FETCH=1 git -c core.quotePath=false log -n 101 --format=tformat:%x09%P%x09%s --name-only \
    --no-renames --no-relative --no-ext-diff --no-color --no-show-signature "$@" --
}

# One commit a line, then its paths. More branches than a few are not looked through one by one.
commits() {
  if [ "$count" -gt 4 ]; then return 1; fi
  case $remote in
  '' | *[:/*?[]*) known=--remotes ;;
  *) known=--remotes=$remote ;;
  esac
  for range in $ranges; do
    new=${range%,*} old=${range#*,}
    case $old in
    *[!0]*) if list "$new" "^$old"; then continue; fi ;;
    esac
    # Nothing to compare with: a new branch, or one whose tip was never fetched.
    printf 'new\n'
    list "$new" --not "$known" || return 1
  done
}

tell() {
  printf 'push\nroot %s\n' "$root"
  if [ -n "$main" ]; then printf 'main %s\n' "$main"; fi
  if [ -n "$strict" ]; then printf 'strict\n'; fi
  for branch in $landing; do printf 'branch %s\n' "$branch"; done
  commits && printf '\tend\n'
}

# A gate that could not be asked is no wall, and no secret either: the next core shows the record.
skip() {
  if [ ! -d "$state" ] && [ -z "$strict" ]; then exit 0; fi
  recorded=
  case ${root##*/} in
  '' | *[\"\\]* | *[[:cntrl:]]*) name=repository ;;
  *) name=${root##*/} ;;
  esac
  if (
    umask 077
    printf '{"at":"%s","project":"%s","why":"%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$name" "$1" \
      >>"$state/skipped-gates.jsonl"
  ) 2>/dev/null; then recorded=' (recorded)'; fi
  printf 'orch: %s, gate skipped%s.\n' "$1" "$recorded" >&2
  if [ -n "$strict" ]; then exit 3; fi
  exit 0
}

if find_core; then
  if find_client; then
    if ask_core; then exit "$code"; fi
    case $status in
    0)
      case $answer in
      *"$nl"200) why='its answer makes no sense' ;;
      *) why="it answered ${answer##*"$nl"}" ;;
      esac
      ;;
    7) why='not running' ;;
    28) skip 'no answer in time' ;;
    *) why='no answer' ;;
    esac
  else
    why='no answer'
    ask_by_node
    code=$?
    case $code in
    [0134]) exit "$code" ;;
    esac
    skip "$why"
  fi
fi
# The core's last report may stand in for it while it is young; a glance at its age spares starting Node.
if [ -n "$(find "$state/.orchestrator_report.json" -mmin -3 2>/dev/null)" ]; then
  ask_by_node --without-core
  code=$?
  case $code in
  [0134]) exit "$code" ;;
  esac
fi
skip "$why"
