"""The front door as a person at a terminal meets it: what each command says, and how it ends."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from console.net.signing import key_in_file
from console.service.sealer import Sealer
from console.store import migrate, tables
from console.store.store import Store
from tests.make import ROOT, Town
from tests.servers import free_port
from tests.tamper import tamper
from tests.waiting import until

ENDS_S = 60


def environment(**more):
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("CONSOLE_", "QT_", "DISPLAY", "WAYLAND"))}
    return {**bare, **more}


@pytest.fixture
def start(tmp_path):
    """Run a command to its end; its exit code, what it said, what it said about its refusal."""

    def start(*arguments, **more):
        home = tmp_path / "home"
        command = [sys.executable, "-m", "console", *arguments]
        given = environment(HOME=str(home), XDG_DATA_HOME=str(home / "data"), **more)
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=ENDS_S, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    return start


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "演示"), ("en", "made-up city")])
def test_help_names_every_command_in_the_readers_language(start, language, word):
    status, said, _ = start("--help", CONSOLE_LANGUAGE=language)
    assert status == 0
    assert word in said
    commands = ["run", "demo", "setup", "gateway", "check", "verify", "roles", "newkey"]
    assert re.findall(rf"^  ({'|'.join(commands)}) ", said, re.MULTILINE) == commands


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("fly",), ("demo", "--pace", "-1"), ("demo", "--pace", "nan"), ("demo", "--seed", "-1"), ("demo", "--morning", "2001"),
        ("demo", "--pace", "1201"), ("demo", "--cases", "100001"), ("demo", "--scale", "province"),
        ("gateway", "--port", "x"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_says_how_it_is_used(start, arguments):
    status, _, refusal = start(*arguments)
    assert status == 2
    assert "usage: console" in refusal


def test_check_says_what_is_there(start, tmp_path):
    status, said, refusal = start("check", "--data", str(tmp_path / "hall"), "--port", "0")
    assert (status, refusal) == (0, "")
    assert "sqlite" in said
    assert "启动所需的条件都已具备。" in said


def test_check_writes_the_search_index_anew(start, tmp_path):
    folder = tmp_path / "hall"
    folder.mkdir()
    store = Store.open(f"sqlite:///{folder / 'console.db'}")
    Town(store).report()
    store.close()

    status, said, _ = start("check", "--data", str(folder), "--port", "0", "--rebuild-search", "--language", "en")

    assert status == 0
    assert "anew: 1 cases" in said


def test_check_finds_the_port_taken(start, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, _, refusal = start("check", "--data", str(tmp_path / "hall"), "--port", str(port))
    assert status == 2
    assert f"端口 {port} 已被其他程序占用" in refusal


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("--config", "none.toml"), "没有设置文件 none.toml"),
        (("--port", "70000"), "“网关端口”的值 70000 超出范围，应为 0 至 65535。"),
        (("--language", "de"), "zh_CN, en"),
        (("--database", "mysql://h/d"), "不支持数据库“mysql”"),
        (("--database", "nonsense"), "数据库地址写法有误"),
        (("--database", "sqlite://"), "数据库要有文件"),
        (("--data", "/proc/none"), "不能使用文件夹 /proc/none"),
        (("--data", "/dev/null/x"), "不能使用文件夹 /dev/null/x"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_a_remedy(start, given, says):
    status, said, refusal = start("check", *given)
    assert (status, said) == (2, "")
    assert says in refusal
    assert len(refusal.strip().splitlines()) == 1


def test_the_language_of_the_settings_is_the_language_of_the_refusal(start, tmp_path):
    settings = tmp_path / "console.toml"
    settings.write_text('language = "en"\ndatabase = "mysql://h/d"\n', encoding="utf-8")
    assert "not supported" in start("check", "--config", str(settings))[2]
    assert "not supported" in start("check", CONSOLE_CONFIG=str(settings))[2]
    assert "不支持" in start("check", "--config", str(settings), "--language", "zh_CN")[2]


def test_a_databasemap_of_a_newer_program_is_left_alone(start, tmp_path):
    store = Store.open(f"sqlite:///{tmp_path / 'console.db'}")
    migrate.upgrade(store)
    with store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    status, _, refusal = start("check", "--data", str(tmp_path))
    assert status == 2
    assert "数据库由更新的程序建立（9999" in refusal


def test_a_database_another_program_holds_is_said_with_its_process(start, tmp_path):
    store = Store.open(f"sqlite:///{tmp_path / 'console.db'}")
    status, _, refusal = start("gateway", "--data", str(tmp_path), "--port", "0")
    store.close()
    assert status == 2
    assert f"进程 {os.getpid()}" in refusal


def test_a_file_that_is_no_database_is_said(start, tmp_path):
    (tmp_path / "console.db").write_bytes(b"this is no database" * 100)
    status, _, refusal = start("check", "--data", str(tmp_path))
    assert status == 2
    assert "数据库" in refusal


@pytest.mark.parametrize("display", ["", ":4711"])
@pytest.mark.parametrize("command", ["run", "demo"])
def test_without_a_screen_nothing_is_started(start, tmp_path, command, display):
    status, said, refusal = start(command, "--data", str(tmp_path / "hall"), **({"DISPLAY": display} if display else {}))
    assert (status, said) == (2, "")
    assert "没有可用的屏幕" in refusal
    assert not (tmp_path / "hall" / "console.db").exists()


def test_the_demo_never_enters_a_real_halls_database(start, tmp_path):
    store = Store.open(f"sqlite:///{tmp_path / 'console.db'}")
    migrate.upgrade(store)
    Town(store)
    store.close()
    status, _, refusal = start("demo", "--data", str(tmp_path), "--port", "0", QT_QPA_PLATFORM="offscreen")
    assert status == 2
    assert "不能用来演示" in refusal


def test_the_demo_has_a_folder_of_its_own(start, tmp_path):
    hall = tmp_path / "home" / "data" / "command-console"
    assert start("check", "--port", "0")[0] == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for scale in ("county", "city"):
            status, said, refusal = start("demo", "--scale", scale, "--port", port, QT_QPA_PLATFORM="offscreen")
            assert (status, said) == (2, ""), "the port is looked at before anything is prepared"
            assert f"端口 {port}" in refusal
    assert (hall / "console.db").exists()
    assert (hall / "demo" / "logs").exists()
    assert (hall / "demo-city" / "logs").exists()


@pytest.fixture
def sealed_hall(tmp_path):
    """A hall's database with one report under one seal."""
    store = Store.open(f"sqlite:///{tmp_path / 'console.db'}")
    town = Town(store)
    town.report()
    Sealer(store, town.clock, lambda: key_in_file(tmp_path)).round()
    yield store
    store.close()


def test_verify_ends_with_0_for_a_whole_journal_and_1_for_damage(start, tmp_path, sealed_hall):
    sealed_hall.close()
    status, said, _ = start("verify", "--data", str(tmp_path))
    assert status == 0
    assert "日志完好" in said
    _, head, _ = start("verify", "--data", str(tmp_path), "--print-head")
    assert start("verify", "--data", str(tmp_path), "--head", head)[0] == 0

    again = Store.open(f"sqlite:///{tmp_path / 'console.db'}")
    tamper(again, tables.journal.delete(), tables.seal.delete())
    again.close()

    assert start("verify", "--data", str(tmp_path))[0] == 0
    status, said, _ = start("verify", "--data", str(tmp_path), "--head", head)
    assert status == 1
    assert "日志尾部被截去" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("verify", "--print-head"), "还没有任何封印"), (("verify", "--head", "12"), "不是封印首值"), (("roles",), "只有 PostgreSQL")],
)
def test_a_command_about_seals_that_cannot_be_done_ends_with_2(start, tmp_path, arguments, says):
    status, _, refusal = start(*arguments, "--data", str(tmp_path))
    assert status == 2
    assert says in refusal


def test_a_new_key_may_seal_from_now_on(start, tmp_path, sealed_hall):
    sealed_hall.close()
    (tmp_path / "seal.key").unlink()
    status, said, _ = start("newkey", "--data", str(tmp_path), "--language", "en")
    assert status == 0
    assert "has sealed since seal 2" in said


def children(pid):
    return {int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()}


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_gateway_answers_and_ends_when_it_is_told(tmp_path, told):
    port = free_port()
    command = [sys.executable, "-m", "console", "gateway", "--data", str(tmp_path), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as gateway:
        try:
            assert gateway.stdout.readline() == f"http://127.0.0.1:{port}/\n"
            assert "console setup" in gateway.stdout.readline()  # nobody has made a hall here yet
            line = requests.Session()
            line.trust_env = False
            assert line.get(f"http://127.0.0.1:{port}/api/health", timeout=10).json() == {"ok": True}
            left = children(gateway.pid)
            began = time.monotonic()
            gateway.send_signal(told)
            said = gateway.communicate(timeout=15)
        finally:
            gateway.kill()
    assert gateway.returncode == 0, said
    assert time.monotonic() - began < 10
    assert "Traceback" not in said[1]
    assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]
    Store.open(f"sqlite:///{tmp_path / 'console.db'}").close()


def test_the_demo_leaves_nothing_running_when_it_is_killed(tmp_path):
    command = [sys.executable, "-m", "console", "demo", "--scale", "county", "--data", str(tmp_path), "--port", "0"]
    command += ["--morning", "0", "--pace", "0"]
    given = environment(QT_QPA_PLATFORM="offscreen")
    with subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as demo:
        try:
            until(lambda: "http://127.0.0.1:" in demo.stdout.readline(), ENDS_S)
            started = children(demo.pid)
            assert started
        finally:
            demo.kill()
    until(lambda: not [pid for pid in started if running(pid)], 20, what="its children end")


def running(pid):
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_words_are_found_from_any_folder(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    command = [sys.executable, "-m", "console", "check", "--data", "hall", "--port", "0"]
    given = environment(PYTHONPATH=str(ROOT))
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, timeout=ENDS_S, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder / "hall" / "console.db").exists()
    shutil.rmtree(folder)
