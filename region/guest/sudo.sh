#!/bin/bash
# sudo for root of an instance, who needs no password: boot scripts use it to become someone else. No other user may
# become root here. What it does not know ends it.
user=root
login=
while [[ "${1:-}" == -* ]]; do
  case "$1" in
    -u) user=$2; shift ;;
    --user=*) user=${1#*=} ;;
    -i | --login) login=yes ;;
    -E | -H | -n | --preserve-env | --set-home | --non-interactive) ;;
    --) shift; break ;;
    *) echo "sudo: option $1 is not carried out in a rehearsal" >&2; exit 1 ;;
  esac
  shift
done
if [[ "$(id -u)" != 0 ]]; then
  echo "sudo: only root may use it in a rehearsal" >&2
  exit 1
fi
while [[ "${1:-}" == [A-Za-z_]*=* ]]; do export "${1?}"; shift; done
if [[ -n "$login" ]]; then
  if (($# == 0)); then exec runuser --login "$user"; fi
  exec runuser --login "$user" --command "$(printf '%q ' "$@")"
fi
if (($# == 0)); then echo "sudo: name a command" >&2; exit 1; fi
exec runuser --user "$user" -- "$@"
