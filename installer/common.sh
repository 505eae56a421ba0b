# Shared pieces of run.sh and test.sh: what is missing is installed, what is there costs nothing.
# Sourced with $root (the checkout) set. POSIX sh.

venv="$root/.venv"
python="$venv/bin/python"
needed_mb=3072

say() { # Chinese, English
    printf '%s\n    %s\n' "$1" "$2"
}

die() { # exit code, Chinese, English [, more lines]
    code=$1
    shift
    {
        printf '\n错误：%s\nError: %s\n' "$1" "$2"
        shift 2
        for line; do printf '    %s\n' "$line"; done
    } >&2
    exit "$code"
}

# --- the machine -----------------------------------------------------------

check_system() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        die 10 "本机没有 apt/dpkg，本程序按 Debian 12 安装。" \
            "this machine has no apt/dpkg; the installer is made for Debian 12." \
            "请在 Debian 12 上运行。 / Please run it on Debian 12."
    fi
    system_id='' system_version=''
    if [ -r /etc/os-release ]; then
        system_id=$(sed -n 's/^ID=//p' /etc/os-release | tr -d '"')
        system_version=$(sed -n 's/^VERSION_ID=//p' /etc/os-release | tr -d '"')
    fi
    if [ "$system_id $system_version" != "debian 12" ]; then
        say "注意：本机是 ${system_id:-?} ${system_version:-?}，未在其上验证（按 Debian 12 制作），继续尝试。" \
            "Note: this is ${system_id:-?} ${system_version:-?}; made and tried on Debian 12. Going on."
    fi
}

check_disk() {
    free_mb=$(df -Pk "$root" | awk 'NR == 2 { print int($4 / 1024) }')
    if [ "$free_mb" -lt "$needed_mb" ]; then
        die 11 "磁盘空间不足：$root 剩余 $free_mb MB，需要 $needed_mb MB。" \
            "the disk is too full: $free_mb MB free at $root, $needed_mb MB needed." \
            "请清理磁盘后重试。 / Free some space and start again."
    fi
}

# --- Debian packages -------------------------------------------------------

wanted_packages() { # list files
    sed -n 's/^\([a-z0-9][^ #]*\).*/\1/p' "$@"
}

missing_packages() { # list files
    {
        dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed /= /p'
        wanted_packages "$@"
    } | awk '$1 == "=" { there[$2]; next } !($1 in there)'
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt() { # arguments of apt-get; its long output goes to a log
    as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get \
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >>"$apt_log" 2>&1 ||
        die 12 "安装系统软件包失败（apt-get $1）。最后几行：" \
            "installing Debian packages failed (apt-get $1). Its last lines:" \
            "$(tail -n 8 "$apt_log")" \
            "请检查网络与 /etc/apt 软件源后重试；重复运行是安全的。" \
            "Check the network and the sources in /etc/apt, then start again; a repeated run is safe."
}

install_packages() { # list files
    missing=$(missing_packages "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    check_disk
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        die 13 "缺少系统软件包，而当前用户不是 root，也没有 sudo。请管理员执行：" \
            "Debian packages are missing, and this user is neither root nor has sudo. Ask the administrator to run:" \
            "apt-get install --no-install-recommends $missing"
    fi
    apt_log=$(mktemp)
    say "正在安装系统软件包（$(echo "$missing" | wc -w) 个，需要几分钟）：" \
        "Installing Debian packages (this takes some minutes): $missing"
    apt update
    case " $missing " in *" postgresql "*) no_cluster_of_debian ;; esac
    # one word a package, split on purpose:
    # shellcheck disable=SC2086
    apt install -y --no-install-recommends $missing
    rm -f "$apt_log"
}

# Our tests start servers of their own; Debian's package need not create and start one as well.
no_cluster_of_debian() {
    ! dpkg-query -W -f '${db:Status-Status}' postgresql-common 2>/dev/null | grep -q '^installed' || return 0
    apt install -y --no-install-recommends postgresql-common
    as_root sed -i 's/^#\{0,1\} *create_main_cluster *=.*/create_main_cluster = false/' \
        /etc/postgresql-common/createcluster.conf
}

# --- the Python environment ------------------------------------------------

# The stamp names the lock's content, the checkout's place (scripts in .venv hold its path) and the interpreter.
stamp_of() { # lock
    printf '%s %s %s\n' "$(sha256sum <"$1" | cut -d ' ' -f 1)" "$root" "$(readlink -f /usr/bin/python3)"
}

is_prepared() { # lock [, a lock that contains it]
    [ -x "$python" ] && [ -r "$venv/installed" ] || return 1
    for lock; do
        ! grep -qxF "$(stamp_of "$lock")" "$venv/installed" || return 0
    done
    return 1
}

explain_pip() { # log
    if grep -q 'No space left' "$1"; then
        die 11 "磁盘空间不足，依赖未装完。" "the disk is full; the dependencies are not complete." \
            "请清理磁盘后重试。 / Free some space and start again."
    elif grep -q 'DO NOT MATCH THE HASHES' "$1"; then
        die 15 "下载的依赖与锁定的校验值不符，已拒绝安装。" \
            "a downloaded dependency does not match its locked hash and was refused." \
            "$(grep -A 8 'DO NOT MATCH THE HASHES' "$1" | tail -n 8)" \
            "请检查软件源是否被篡改或缓存损坏后重试。 / Check the package source and its cache, then start again."
    fi
    die 14 "安装 Python 依赖失败。最后几行：" "installing the Python dependencies failed. Its last lines:" \
        "$(grep -v '^WARNING' "$1" | tail -n 8)" \
        "请检查网络（或 pip 的软件源与代理设置）后重试；已下载的部分不会重来。" \
        "Check the network (or pip's index and proxy settings), then start again; a repeated run is safe."
}

pip_install() { # lock
    pip_log=$(mktemp)
    # Progress by name, one line each; the whole log is kept for the sentence that explains a failure.
    { "$python" -m pip install --require-hashes --no-input --disable-pip-version-check --progress-bar off \
        -r "$1" 2>&1 || echo 'pip failed'; } | tee "$pip_log" |
        awk '/^Collecting / { printf "    %d %s\n", ++n, $2; fflush() } /^Installing collected/ { print "    …"; fflush() }'
    if tail -n 1 "$pip_log" | grep -qx 'pip failed'; then
        explain_pip "$pip_log"
    fi
    rm -f "$pip_log"
}

prepare_venv() { # lock [, a lock that contains it]
    ! is_prepared "$@" || return 0
    check_disk
    lock=$1
    if [ ! -x "$python" ] || ! grep -qsF " $root $(readlink -f /usr/bin/python3)" "$venv/installed"; then
        say "正在创建 Python 环境 .venv …" "Creating the Python environment .venv …"
        /usr/bin/python3 -m venv --clear "$venv" ||
            die 14 "无法创建 $venv。" "cannot create $venv." "请检查目录权限。 / Check the folder's permissions."
    fi
    say "正在安装锁定版本的 Python 依赖（约 1.4 GB，首次需要几分钟）…" \
        "Installing the locked Python dependencies (about 1.4 GB, some minutes the first time) …"
    pip_install "$lock"
    stamp_of "$lock" >"$venv/installed"
}
