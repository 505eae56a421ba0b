"""The first start of a real hall, at a terminal and with the real program: asked, read from a guarded file, once."""

import io
import os
import subprocess
import sys
from contextlib import closing

import pytest

from console.domain.account import Rules
from console.domain.clock import SystemClock
from console.domain.errors import ConsoleError, Refused
from console.domain.words import Words
from console.founding import Terminal, drawn, read, set_up
from console.net import totp
from console.service.desk import Desk
from console.service.founding import Founding, is_unused
from console.store import accounts, migrate
from console.store.store import Store
from tests.make import CODES, ROOT
from tests.stage import Stage

WORD = "Hongqi7-Lu-Deng"
FILE = f"""division = "410923102204"
[system]
login = "sysadmin"
name = "赵系统"
password = "{WORD}1"
work_phone = "13800000001"
[security]
login = "secadmin"
name = "钱安全"
password = "{WORD}2"
[audit]
login = "auditor"
name = "孙审计"
password = "{WORD}3"
"""


@pytest.fixture
def founding(tmp_path):
    with closing(Store.open(f"sqlite:///{tmp_path / 'console.db'}")) as store:
        migrate.upgrade(store)
        yield Founding(Desk(store, CODES, SystemClock()), Rules(), ROOT / "resources" / "geo")


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "setup.toml"
    made.write_text(FILE, encoding="utf-8")
    made.chmod(0o600)
    return made


class Typist:
    """Somebody at a terminal whose answers are known beforehand; what was said is in `out`."""

    def __init__(self, *answers):
        self.answers, self.out = list(answers), io.StringIO()
        self.terminal = Terminal(Words.load(ROOT / "resources" / "i18n", "en"), self.out, self.answer, self.answer)

    def answer(self, question):
        print(question, file=self.out)
        if not self.answers:
            raise EOFError
        found = self.answers.pop(0)
        return found(self.out.getvalue()) if callable(found) else found


def person(login, word=WORD):
    return "Zhao", login, "", word, word, ""


def account(founding, login):
    with founding.desk.store.read() as unit:
        return accounts.account(unit, login)


def test_a_hall_is_asked_for_line_by_line(founding):
    def first_code(said):
        secret = next(line for line in said.splitlines() if len(line) == 32 and line.isalnum())
        return totp.code_now(secret, SystemClock().now())

    typist = Typist(
        "nlx", "什固", "2", "Zhao", "sysadmin", "13800000001", WORD, WORD, "000", first_code, *person("secadmin"), *person("auditor"), "y"
    )

    founded = set_up(founding, typist.terminal, None)

    said = typist.out.getvalue()
    assert "342 divisions fit: type more letters." in said
    assert founded.centre.name in said
    assert founded.recovery["sysadmin"][0] in said
    assert WORD not in said
    assert account(founding, "sysadmin").factor
    assert not account(founding, "auditor").factor


def test_what_is_wrong_is_asked_again(founding):
    wrong = ("Zhao", "sysadmin", "", WORD, "another"), ("Zhao", "sysadmin", "", "short", "short")
    people = (*person("sysadmin"), *person("sysadmin")[:-1], *person("secadmin"), *person("auditor"))
    typist = Typist("410923102204", *wrong[0], *wrong[1], *people, "y")

    set_up(founding, typist.terminal, None)

    said = typist.out.getvalue()
    assert "The two passwords differ." in said
    assert "three different logins" in said
    assert founding.is_open() is False


@pytest.mark.parametrize("answers", [("410923102204",), ("410923102204", *person("a1"), *person("a2"), *person("a3"), "n")])
def test_whoever_ends_or_says_no_leaves_nothing(founding, answers):
    with pytest.raises(Refused, match="stopped"):
        set_up(founding, Typist(*answers).terminal, None)
    assert founding.is_open()


def test_a_file_makes_the_hall_and_its_passwords_must_be_changed(founding, file):
    set_up(founding, Typist().terminal, file)
    assert [account(founding, login).must_change for login in ("sysadmin", "secadmin", "auditor")] == [True] * 3
    with pytest.raises(Refused, match="hall_exists"):
        set_up(founding, Typist().terminal, file)


def test_a_file_others_may_read_is_refused(file):
    file.chmod(0o640)
    with pytest.raises(Refused, match="setup_file_open"):
        read(file)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[audit]", "[auditors]", "auditors"), ('name = "孙审计"\n', "", "name"), ("[audit]", "[[audit]]", "[audit]"),
        ('login = "auditor"', 'login = "auditor"\nrole = "R22"', "[audit]"), ("division = ", "division ", "="),
        ('division = "410923102204"', "division = 410923102204", "division"),
    ],
)  # fmt: skip
def test_a_broken_file_is_said_with_its_place(file, old, new, problem):
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(ConsoleError) as refused:
        read(file)
    assert refused.value.code == "broken_file"
    assert problem in str(refused.value.facts["problem"])


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ConsoleError, match="no_such_file"):
        read(tmp_path / "none.toml")


def test_a_picture_is_drawn_two_rows_a_line():
    assert drawn(("10", "11", "00")) == ("\033[97;40m ▀\033[0m", "\033[97;40m██\033[0m")


def test_the_command_makes_a_hall_once(tmp_path, file):
    def setup():
        given = {**os.environ, "CONSOLE_LANGUAGE": "en"}
        command = [sys.executable, "-m", "console", "setup", "--data", str(tmp_path / "hall"), "--from", str(file)]
        return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False)

    first, again = setup(), setup()

    assert (first.returncode, first.stderr) == (0, "")
    assert "has begun: 4 centres" in first.stdout
    assert (again.returncode, again.stderr) == (2, "This database holds a hall already. Sign in; the system administrator adds users.\n")


def test_an_unused_database_opens_the_assistant_and_a_founded_one_the_sign_in(tmp_path, display, file):
    hall = tmp_path / "hall"
    with Stage(display, ["run", "--data", str(hall), "--port", "0"]) as stage:
        stage.until(lambda: stage.widgets("Assistant"), 60, what="the assistant")
        stage.until(lambda: any(one["text"] == "取消" for one in stage.widgets("QPushButton")), what="its way out")
        stage.click(next(one for one in stage.widgets("QPushButton") if one["text"] == "取消"))
        assert stage.process.wait(30) == 0
    with closing(Store.open(f"sqlite:///{hall / 'console.db'}")) as store:
        assert is_unused(store)
        set_up(Founding(Desk(store, CODES, SystemClock()), Rules(), ROOT / "resources" / "geo"), Typist().terminal, file)
    with Stage(display, ["run", "--data", str(hall), "--port", "0"]) as stage:
        stage.until(lambda: stage.widgets("SignIn"), 60, what="the sign-in")
        assert not stage.widgets("Assistant")
