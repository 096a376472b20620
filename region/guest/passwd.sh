#!/bin/sh
# passwd of Red Hat's kind, which Amazon Linux has: --stdin reads the password from standard input. Everything else is Debian's program's.
case " $* " in
*" --stdin "*)
    for word; do case $word in -*) ;; *) user=$word ;; esac; done
    IFS= read -r password || [ -n "$password" ] || exit 1
    echo "Changing password for user ${user:=root}."
    printf '%s:%s\n' "$user" "$password" | chpasswd --crypt-method SHA512 || exit 1
    echo 'passwd: all authentication tokens updated successfully.'
    ;;
*) exec /usr/lib/terrace/programs/passwd "$@" ;;
esac
