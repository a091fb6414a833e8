#!/bin/sh
# @fingerprint@
# Says what a commit will count as, where that may surprise. Never stops one.
# Written by `orch hooks install`, taken away by `orch hooks uninstall`; changes made here are lost.
hook=commit-msg
# @include common.sh@

run_kept "$@" || exit
if [ "${ORCH_DISABLE_HOOKS-}" = 1 ]; then exit 0; fi
trap '' PIPE
limit=0.5

title=
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
  '' | '#'*) ;;
  *)
    title=$line
    break
    ;;
  esac
done <"$1"
if [ -z "$title" ]; then exit 0; fi
find_repository

tell() {
  printf 'commit\nroot %s\n\t\t%s\n' "$root" "$title"
  git -c core.quotePath=false diff --cached --name-only --no-renames --no-relative --no-ext-diff --no-color -- &&
    printf '\tend\n'
}

if find_core; then
  if find_client; then ask_core; else ask_by_node; fi
fi
exit 0
