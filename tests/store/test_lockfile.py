"""One console for one file, and no file on a network drive."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from console.domain.errors import Unavailable
from console.store import lockfile
from console.store.lockfile import Claim, drive_kind
from console.store.store import Store
from tests.servers import stop

ROOT = Path(__file__).resolve().parents[2]
HOLD = "import sys; from console.store.store import Store; s = Store.open(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def other_console(url: str) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "open\n"
    return process


def end(process: subprocess.Popen, with_signal: signal.Signals = signal.SIGTERM) -> None:
    stop(process, with_signal)
    process.stdin.close()
    process.stdout.close()


def test_a_second_console_on_one_file_is_refused_and_told_who_has_it(tmp_path):
    url = f"sqlite:///{tmp_path / 'console.sqlite'}"
    other = other_console(url)

    with pytest.raises(Unavailable) as refused:
        Store.open(url)

    end(other)
    assert refused.value.code == "database_in_use"
    assert refused.value.facts["pid"] == other.pid
    assert refused.value.facts["file"] == "console.sqlite"


def test_a_killed_console_leaves_no_lock_behind(tmp_path):
    url = f"sqlite:///{tmp_path / 'console.sqlite'}"
    end(other_console(url), signal.SIGKILL)

    Store.open(url).close()


def test_a_closed_store_lets_the_next_one_in(tmp_path):
    url = f"sqlite:///{tmp_path / 'console.sqlite'}"
    Store.open(url).close()

    Store.open(url).close()


def test_the_same_process_is_refused_a_second_store_too(tmp_path):
    url = f"sqlite:///{tmp_path / 'console.sqlite'}"
    first = Store.open(url)

    with pytest.raises(Unavailable) as refused:
        Store.open(url)

    first.close()
    assert refused.value.facts["pid"] == os.getpid()


def test_the_lock_names_process_and_boot(tmp_path):
    claim = Claim(tmp_path / "console.sqlite")

    said = json.loads((tmp_path / "console.sqlite.lock").read_text())

    claim.release()
    assert said["pid"] == os.getpid()
    assert said["boot"] == Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def test_a_lock_of_unreadable_words_still_refuses(tmp_path):
    claim = Claim(tmp_path / "console.sqlite")
    (tmp_path / "console.sqlite.lock").write_text("[1, 2")

    with pytest.raises(Unavailable) as refused:
        Claim(tmp_path / "console.sqlite")

    claim.release()
    assert refused.value.code == "database_in_use"


MOUNTS = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:31 / /srv rw,relatime shared:9 - xfs /dev/vdb rw
41 40 0:44 / /srv/hall rw,relatime shared:10 - nfs4 server:/hall rw,vers=4.2
42 22 0:45 / /mnt/my\040share rw,relatime - cifs //server/share rw
43 41 0:46 / /srv/hall/local rw - ext4 /dev/vdc rw
garbage
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/console.sqlite", "ext4"),
        ("/srv/console.sqlite", "xfs"),
        ("/srv/hall/console.sqlite", "nfs4"),
        ("/srv/hallway/console.sqlite", "xfs"),
        ("/srv/hall/local/console.sqlite", "ext4"),
        ("/mnt/my share/console.sqlite", "cifs"),
    ],
)
def test_the_nearest_mount_says_what_a_drive_is(path, kind):
    assert drive_kind(Path(path), MOUNTS) == kind


def test_a_file_on_a_network_drive_is_refused_with_the_drive(tmp_path, monkeypatch):
    said = tmp_path / "mounts"
    said.write_text(f"1 0 0:1 / / rw - ext4 /dev/vda rw\n2 1 0:2 / {tmp_path.resolve()} rw - cifs //server/share rw\n")
    monkeypatch.setattr(lockfile, "MOUNTS", said)

    with pytest.raises(Unavailable) as refused:
        Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")

    assert refused.value.code == "network_drive"
    assert refused.value.facts == {"folder": str(tmp_path), "drive": "cifs"}
    assert not (tmp_path / "console.sqlite").exists()
