#!/bin/sh
# Prepare this machine and open the console with its demo city; see --help.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/installer/common.sh"

help() {
    cat <<'TEXT'
用法 / Usage: sh installer/run.sh [--virtual] [--prepare-only] [控制台参数 / console arguments]

  安装缺少的软件（需要 root 或 sudo），准备演示数据，打开指挥台。可重复运行。
  Installs what is missing (root or sudo), prepares the demo and opens the console. Safe to repeat.

  --virtual        没有显示器时：启动一个虚拟屏幕 (Xvfb)，退出时关闭
                   without a screen: starts a virtual one (Xvfb) and stops it at the end
  --prepare-only   只安装，不打开 / install only, open nothing
  --help           显示本说明 / show this text

其余参数原样交给控制台 / Other arguments go to the console: python -m console demo …
TEXT
}

prepare() {
    check_system
    install_packages "$root/installer/apt-run.txt"
    prepare_venv "$root/installer/requirements.lock" "$root/installer/requirements-test.lock"
}

stop_virtual() {
    trap - EXIT INT TERM HUP
    if [ -n "$console_pid" ]; then # first the console, so that it closes its window and its files in peace
        kill "$console_pid" 2>/dev/null || true
        wait "$console_pid" 2>/dev/null || true
    fi
    [ -z "$screen_pid" ] || kill "$screen_pid" 2>/dev/null || true
    rm -rf "${screen_folder:-}"
}

run_virtual() {
    screen_folder=$(mktemp -d)
    : >"$screen_folder/number" # there before anybody looks into it
    console_pid='' screen_pid=''
    trap stop_virtual EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    # setpriv: the screen ends with this script even when the script is killed.
    setpriv --pdeathsig TERM -- Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp -noreset \
        3>"$screen_folder/number" >"$screen_folder/log" 2>&1 &
    screen_pid=$!
    waited=0
    until [ "$(wc -l <"$screen_folder/number")" -gt 0 ]; do
        if ! kill -0 "$screen_pid" 2>/dev/null || [ "$waited" -ge 100 ]; then
            die 21 "虚拟屏幕 (Xvfb) 未能启动：" "the virtual screen (Xvfb) did not start:" \
                "$(tail -n 5 "$screen_folder/log")"
        fi
        waited=$((waited + 1))
        sleep 0.1
    done
    DISPLAY=":$(cat "$screen_folder/number")"
    export DISPLAY
    say "虚拟屏幕 DISPLAY=$DISPLAY，1920×1080。按 Ctrl+C 结束。" "Virtual screen DISPLAY=$DISPLAY, 1920×1080. Ctrl+C ends it."
    say "观看 / 截图：x11vnc -display $DISPLAY -localhost ； import -display $DISPLAY -window root shot.png" \
        "To look at it: the same commands (Debian packages x11vnc, imagemagick)."
    "$python" -m console demo "$@" &
    console_pid=$!
    result=0
    wait "$console_pid" || result=$?
    console_pid=''
    exit "$result"
}

virtual=no only=no count=$#
while [ "$count" -gt 0 ]; do # rotate through the arguments, keeping those of the console in order
    argument=$1
    shift
    count=$((count - 1))
    case $argument in
    --help | -h)
        help
        exit 0
        ;;
    --virtual) virtual=yes ;;
    --prepare-only) only=yes ;;
    *) set -- "$@" "$argument" ;;
    esac
done

prepare
cd "$root"
if [ "$only" = yes ]; then
    say "已就绪。打开：sh installer/run.sh" "Prepared. To open the console: sh installer/run.sh"
    exit 0
fi
# The docking of panels needs Qt's X backend; under Wayland it runs through XWayland, which sets DISPLAY too.
export QT_QPA_PLATFORM=xcb
[ "$virtual" = no ] || run_virtual "$@"
if [ -z "${DISPLAY:-}" ]; then
    say "软件已装好，但本机没有显示器（未设置 DISPLAY），窗口打不开。" \
        "Everything is installed, but there is no screen here (DISPLAY is not set), so no window can open."
    say "请在桌面会话中运行，或使用虚拟屏幕： / Run it in a desktop session, or on a virtual screen:" \
        "sh installer/run.sh --virtual"
    exit 0 # what was asked of a machine without a screen is done: it is prepared, and the way on is told
fi
exec "$python" -m console demo "$@"
