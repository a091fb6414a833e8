#!/bin/sh
# @fingerprint@
# Notes which task a commit belongs to: a `Manus-Task:` trailer, or a branch called manus/TASK.
# Written by `orch hooks install`, taken away by `orch hooks uninstall`; changes made here are lost.
hook=post-commit
# @include common.sh@

run_kept "$@"
result=$?
if [ "${ORCH_DISABLE_HOOKS-}" = 1 ] || [ ! -d "$state" ]; then exit "$result"; fi
trap '' PIPE
find_repository

facts=$(git log -1 --no-show-signature --no-color \
  --format='%H%n%cI%n%(trailers:key=Manus-Task,valueonly=true,separator=%x0A)' HEAD -- 2>/dev/null)
set -f
IFS=$nl
set -- $facts
if [ $# -lt 2 ]; then exit "$result"; fi
commit=$1 at=$2
shift 2
if [ $# -eq 0 ]; then
  head=
  IFS= read -r head 2>/dev/null <"$git_dir/HEAD"
  case $head in
  'ref: refs/heads/manus/'?*)
    task=${head#ref: refs/heads/manus/}
    set -- "${task%%/*}"
    ;;
  esac
fi
case $root in
*[\"\\]* | *[[:cntrl:]]*) exit "$result" ;;
esac
umask 077
for task in "$@"; do
  case $task in
  *[!A-Za-z0-9._-]*) continue ;;
  esac
  if [ "${#task}" -gt 128 ]; then continue; fi
  printf '{"at":"%s","repo":"%s","commit":"%s","task":"%s"}\n' "$at" "$root" "$commit" "$task" \
    >>"$state/commit-links.jsonl"
done 2>/dev/null
exit "$result"
