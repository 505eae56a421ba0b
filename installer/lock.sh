#!/bin/sh
# Make both locks anew from their .in files (a developer's tool; nobody needs it to install).
# The address of the package index comes from pip's own settings and is written to no file.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/installer/common.sh"

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
say "正在准备 pip-tools …" "Preparing pip-tools …"
/usr/bin/python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-tools

cd "$root/installer"
compile() { # .in file, lock [, more arguments]; "$MORE" may hold --upgrade or --upgrade-package NAME
    from=$1 to=$2
    shift 2
    say "正在锁定 $from …" "Locking $from …"
    # several words on purpose:
    # shellcheck disable=SC2086
    CUSTOM_COMPILE_COMMAND='sh installer/lock.sh' "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras \
        --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        ${MORE:-} "$@" --output-file "$to" "$from"
    sed -i '/^# The following packages are considered/d' "$to" # true of none of ours, and says nothing of what is locked
}
compile requirements.in requirements.lock
compile requirements-test.in requirements-test.lock --constraint requirements.lock # both see the same versions
