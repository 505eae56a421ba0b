#!/bin/sh
# Prepare this machine and run the checks and tests; arguments go to pytest, which then runs alone.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/installer/common.sh"

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
    cat <<'TEXT'
用法 / Usage: sh installer/test.sh [pytest 参数 / pytest arguments]

  安装测试所需软件（需要 root 或 sudo），运行 ruff、lint-imports 和 pytest；
  给出参数时只运行 pytest。数据库、浏览器、虚拟屏幕由测试自行启动和关闭。
  Installs what the tests need (root or sudo), runs ruff, lint-imports and pytest;
  with arguments only pytest. Tests start and stop their own database, browser and screen.
TEXT
    exit 0
fi

check_system
install_packages "$root/installer/apt-run.txt" "$root/installer/apt-test.txt"
prepare_venv "$root/installer/requirements-test.lock"
cd "$root"

if [ "$#" -eq 0 ]; then
    say "检查代码规则 (ruff) …" "Checking the style rules (ruff) …"
    "$venv/bin/ruff" check .
    say "检查楼层 (lint-imports) …" "Checking the floors (lint-imports) …"
    "$venv/bin/lint-imports"
    say "运行全部测试 (pytest) …" "Running all tests (pytest) …"
fi
unset DISPLAY WAYLAND_DISPLAY # a test that needs a screen starts its own, whatever stands on this desk
[ "$#" -eq 0 ] || exec "$python" -m pytest "$@"
# Three processes fill two processors, for a third of the time is waiting; each has servers of its own, a file's tests stay
# together, and files come as they stand: sorted by their number of tests, the few long ones would come last, one beside nothing.
# What measures how late the screen is runs afterwards, with nothing beside it.
failed=0
"$python" -m pytest -m "not alone" --numprocesses 3 --dist loadfile --no-loadscope-reorder || failed=$?
"$python" -m pytest -m alone || failed=$?
exit "$failed"
