#!/bin/sh
# What boot scripts and people ask cloud-init of: how far the boot is, and to run something once. The boot itself is the supervisor's.
finished=/var/lib/cloud/instance/boot-finished
case "${0##*/}" in
cloud-init-per)
    [ $# -ge 3 ] || { echo "Usage: cloud-init-per frequency name cmd [ arg1 [ arg2 [ ... ] ]" >&2; exit 1; }
    frequency=$1 name=$2
    shift 2
    case "$frequency" in
    once | [a-z]*-once) mark=/var/lib/cloud/sem/bootper.$name.once ;;
    instance | per-instance | [a-z]*-instance) mark=/var/lib/cloud/instance/sem/bootper.$name.instance ;;
    always | per-boot | boot) exec "$@" ;;
    *) echo "cloud-init-per: the frequency $frequency is not known" >&2; exit 1 ;;
    esac
    [ ! -e "$mark" ] || exit 0
    mkdir -p "${mark%/*}"
    "$@" && : >"$mark"
    exit
    ;;
esac
case "$1" in
-v | --version) echo "/usr/bin/cloud-init 22.2.2" ;;
status)
    if [ "$2" = --wait ] || [ "$2" = -w ]; then
        until [ -e "$finished" ]; do sleep 0.25; done
    elif [ -n "$2" ]; then
        echo "cloud-init: status $2 is not carried out in a rehearsal" >&2
        exit 2
    fi
    if [ ! -e "$finished" ]; then echo "status: running"
    elif grep -q failed /run/cloud-init/result.json; then echo "status: error"; exit 1
    else echo "status: done"
    fi
    ;;
*) echo "cloud-init: '$*' is not carried out in a rehearsal" >&2; exit 2 ;;
esac
