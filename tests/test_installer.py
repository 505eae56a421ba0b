"""The two commands: quick when all is there, clear when something is not.

A yard is a copy of `installer/` with an interpreter that only tells how it was called;
what stands for the outside world (apt, df, id) is a small script in front of the path.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STAMP = 'root=$(pwd -P); . ./installer/common.sh; stamp_of "installer/$1" > .venv/installed'
TELL = '#!/bin/sh\nfor word; do echo "<$word>"; done\n'


class Yard:
    """A prepared checkout in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shims = folder / "shims"
        self.shims.mkdir()
        shutil.copytree(ROOT / "installer", folder / "installer")
        (folder / ".venv/bin").mkdir(parents=True)
        self.interpreter(TELL)
        self.stamp("requirements-test.lock")

    def stamp(self, lock: str) -> None:
        subprocess.run(["sh", "-c", STAMP, "sh", lock], cwd=self.folder, check=True)

    def interpreter(self, script: str) -> None:
        self.shim(".venv/bin/python", script)

    def shim(self, place: str, script: str) -> None:
        file = self.folder / place
        file.write_text(script)
        file.chmod(0o755)

    def environment(self, **more: str) -> dict[str, str]:
        bare = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        return {**bare, "PATH": f"{self.shims}:{os.environ['PATH']}", **more}

    def run(self, script: str, *words: str, **more: str) -> subprocess.CompletedProcess:
        command = ["sh", str(self.folder / "installer" / script), *words]
        return subprocess.run(command, env=self.environment(**more), capture_output=True, text=True, check=False)


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    return Yard(tmp_path)


def packages_missing(yard: Yard) -> None:
    yard.shim("shims/dpkg-query", "#!/bin/sh\nexit 0\n")


def answers(screen: str) -> bool:
    """Whether an X screen still stands within five seconds of being told to go."""
    deadline = time.monotonic() + 5
    question = ["xdotool", "getdisplaygeometry"]
    while time.monotonic() < deadline:
        if subprocess.run(question, env={**os.environ, "DISPLAY": screen}, capture_output=True, check=False).returncode:
            return False
    return True


def test_a_prepared_machine_reaches_the_console_with_its_arguments(yard):
    done = yard.run("run.sh", "--seed", "two words", DISPLAY=":7")
    assert done.stdout.splitlines()[-5:] == ["<-m>", "<console>", "<demo>", "<--seed>", "<two words>"]
    assert done.returncode == 0


def test_without_a_screen_it_says_so_and_offers_a_virtual_one(yard):
    done = yard.run("run.sh")
    assert done.returncode == 0, "what can be done without a screen is done"
    assert "没有显示器" in done.stdout
    assert "run.sh --virtual" in done.stdout
    assert "<console>" not in done.stdout


def test_the_virtual_screen_is_there_and_goes_with_the_console(yard):
    yard.interpreter('#!/bin/sh\necho "$DISPLAY $QT_QPA_PLATFORM $(xdotool getdisplaygeometry)"\nexit 7\n')
    done = yard.run("run.sh", "--virtual")
    told = re.search(r"^(:\d+) xcb 1920 1080$", done.stdout, re.MULTILINE)
    assert told
    assert done.returncode == 7
    assert not answers(told[1])


def test_ending_the_script_ends_the_console_first_and_then_its_screen(yard):
    closing = "trap 'xdotool getdisplaygeometry; kill $!; exit 0' TERM"
    yard.interpreter(f"#!/bin/sh\n{closing}\necho up $DISPLAY\ntail -f /dev/null &\nwait\n")
    command = ["sh", str(yard.folder / "installer/run.sh"), "--virtual"]
    with subprocess.Popen(command, env=yard.environment(), stdout=subprocess.PIPE, text=True) as script:
        screen = next(line.split()[1] for line in script.stdout if line.startswith("up"))
        script.send_signal(signal.SIGTERM)
        rest = script.stdout.read()  # ends when the last of them has let go of the pipe
    assert "1920 1080" in rest  # the console, closing, still had its screen
    assert script.returncode == 143
    assert not answers(screen)


def test_prepare_only_opens_nothing(yard):
    done = yard.run("run.sh", "--prepare-only")
    assert done.returncode == 0
    assert "<console>" not in done.stdout


@pytest.mark.parametrize(("script", "option"), [("run.sh", "--virtual"), ("test.sh", "pytest")])
def test_each_command_explains_itself(yard, script, option):
    done = yard.run(script, "--help")
    assert done.returncode == 0
    assert option in done.stdout


def test_the_test_command_hands_on_arguments_and_the_exit_code(yard):
    yard.interpreter(TELL + "exit 5\n")
    done = yard.run("test.sh", "tests/test_walls.py", "-k", "a file")
    assert done.stdout.split("\n")[-6:-1] == ["<-m>", "<pytest>", "<tests/test_walls.py>", "<-k>", "<a file>"]
    assert done.returncode == 5


def test_without_root_and_sudo_it_names_the_packages_for_the_administrator(yard):
    packages_missing(yard)
    yard.shim("shims/id", "#!/bin/sh\necho 1000\n")
    tools = ["sh", "sed", "awk", "tr", "dirname", "df", "wc", "grep", "mktemp", "tail", "cat", "env"]
    for tool in tools:
        (yard.shims / tool).symlink_to(shutil.which(tool))
    yard.shim("shims/apt-get", "#!/bin/sh\nexit 99\n")
    done = yard.run("run.sh", PATH=str(yard.shims))
    assert done.returncode == 13
    assert re.search(r"apt-get install .*libxcb-cursor0", done.stderr)


def test_a_failing_apt_is_quoted_with_what_to_do(yard):
    packages_missing(yard)
    yard.shim("shims/apt-get", "#!/bin/sh\necho 'E: Temporary failure resolving' >&2\nexit 100\n")
    done = yard.run("run.sh")
    assert done.returncode == 12
    assert "E: Temporary failure resolving" in done.stderr
    assert "软件源" in done.stderr


def test_a_full_disk_is_told_before_anything_is_installed(yard):
    packages_missing(yard)
    yard.shim("shims/df", "#!/bin/sh\nprintf 'head\\n/dev/x 1000000 990000 102400 99%% /\\n'\n")
    yard.shim("shims/apt-get", "#!/bin/sh\necho called >> called\n")
    done = yard.run("run.sh")
    assert done.returncode == 11
    assert "100 MB" in done.stderr
    assert not list(yard.folder.glob("**/called"))


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n  av\npip failed\n", 15, "校验值不符"),
        ("OSError: [Errno 28] No space left on device\npip failed\n", 11, "磁盘空间不足"),
        ("ERROR: No matching distribution found for av\npip failed\n", 14, "安装 Python 依赖失败"),
    ],
)
def test_a_failed_download_is_explained(yard, said, code, words):
    log = yard.folder / "log"
    log.write_text(said)
    piece = "root=$(pwd -P); . ./installer/common.sh; explain_pip log"
    done = subprocess.run(["sh", "-c", piece], cwd=yard.folder, capture_output=True, text=True, check=False)
    assert (done.returncode, words in done.stderr) == (code, True)


def test_a_changed_lock_is_installed_anew(yard):
    piece = "root=$(pwd -P); . ./installer/common.sh; is_prepared installer/requirements-test.lock"
    before = subprocess.run(["sh", "-c", piece], cwd=yard.folder, check=False).returncode
    with (yard.folder / "installer/requirements-test.lock").open("a") as lock:
        lock.write("# newer\n")
    after = subprocess.run(["sh", "-c", piece], cwd=yard.folder, check=False).returncode
    assert (before, after) == (0, 1)


def test_both_locks_name_the_same_versions():
    run, test = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "installer" / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-test.lock")
    )
    assert run.items() <= test.items()
