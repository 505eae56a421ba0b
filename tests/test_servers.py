"""The servers and fixtures of the tests themselves: they start, answer, guard, and leave nothing behind."""

import os
import select
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.servers import Display, Postgres, free_port

ROOT = Path(__file__).resolve().parents[1]


def plain(address: str) -> str:
    """The address as psycopg itself wants it."""
    return address.replace("postgresql+psycopg", "postgresql")


def has_ended(pid: int) -> bool:
    """Whether a process ends within ten seconds; its pidfd becomes readable then."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], 10)[0])
    finally:
        os.close(watch)


def run_pytest(folder: Path, source: str) -> subprocess.CompletedProcess:
    """Run one test file under our own conftest in a process of its own."""
    file = folder / "test_inner.py"
    file.write_text(source)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", str(file)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_free_port_can_be_bound():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", free_port()))


def test_every_fresh_database_is_empty_and_its_own(postgres):
    first, second = postgres.fresh(), postgres.fresh()
    with psycopg.connect(plain(first)) as one:
        one.execute("CREATE TABLE only_here (id int)")
    with psycopg.connect(plain(second)) as other:
        count = other.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert count == (0,)


def test_the_server_writes_safely_and_checks_its_pages(postgres):
    wanted = {"fsync": "on", "data_checksums": "on", "listen_addresses": "127.0.0.1", "server_encoding": "UTF8"}
    with psycopg.connect(plain(postgres.dsn())) as connection:
        found = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in wanted}
    assert found == wanted


def test_a_stranger_without_the_password_is_refused(postgres):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host="127.0.0.1", port=postgres.port, user="postgres", password="guess", dbname="postgres")


def test_a_database_server_ends_with_its_block():
    with Postgres() as server:
        pid = server.pid
    assert has_ended(pid)


@pytest.mark.parametrize("kind", ["Postgres", "Display"])
def test_a_server_dies_with_the_process_that_started_it(kind):
    code = (
        "import os, signal\n"
        f"from tests.servers import {kind}\n"
        f"server = {kind}().__enter__()\n"
        "print(server.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with tempfile.TemporaryDirectory() as folder:  # what a killed process leaves lies in here
        Path(folder).chmod(0o755)
        environment = {**os.environ, "TMPDIR": folder}
        command = [sys.executable, "-c", code]
        child = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert has_ended(int(child.stdout))


def test_a_display_is_taken_down_with_its_block():
    with Display(640, 480) as screen:
        pid = screen.pid
        assert screen.environment()["DISPLAY"] == screen.name
        size = subprocess.check_output(["xdotool", "getdisplaygeometry"], env=screen.environment())
        assert size.split() == [b"640", b"480"]
    assert has_ended(pid)


def test_each_engine_brings_an_address(engine_url):
    assert engine_url.startswith(("sqlite:///", "postgresql+psycopg://postgres:"))


def test_chromium_opens_a_page(page):
    page.set_content("<h1>综治中心</h1>")
    assert page.inner_text("h1") == "综治中心"


def test_an_unexpected_error_line_fails_the_test_that_logged_it(tmp_path):
    done = run_pytest(tmp_path, "import logging\ndef test_it():\n    logging.getLogger('x').error('boom')\n")
    assert done.returncode == 1
    assert "unexpected log lines at ERROR" in done.stdout
    assert "x: boom" in done.stdout


def test_an_announced_error_line_is_allowed(tmp_path):
    source = (
        "import logging, pytest\n"
        "@pytest.mark.expects_errors('the subject reports a refused camera')\n"
        "def test_it():\n    logging.getLogger('x').error('boom')\n"
    )
    assert run_pytest(tmp_path, source).returncode == 0


def test_an_announcement_without_a_reason_is_refused(tmp_path):
    source = "import pytest\n@pytest.mark.expects_errors\ndef test_it():\n    pass\n"
    assert "expects_errors needs a reason" in run_pytest(tmp_path, source).stdout
