"""Importing people: ten thousand at once or nobody, every mistake named by line and field, a stop that leaves nothing."""

import csv
import io

import pytest
from sqlalchemy import func, select

from console.domain.errors import Denied, Refused
from console.domain.people import Actor
from console.domain.words import Words
from console.service.accounts import Accounts, Person
from console.service.credentials import Proof
from console.service.people_import import Imports, Stopped
from console.store import imports, tables
from tests.make import ROOT

ADMIN = Actor(90, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}), "A1", "person", "admin", level=3)
HEAD = "账号,姓名,单位编码,角色,工作电话,网格编码,用工性质,有效期至\n"
WORDS = {language: Words.load(ROOT / "resources" / "i18n", language) for language in ("zh_CN", "en")}


def rows(count: int) -> list[list[str]]:
    return [[f"w{number:05d}", f"网格员{number}", "410923102204-ZZ", "网格员", "13800000000", "410923102204001", "政府购买", "2027-12-31"]
            for number in range(count)]  # fmt: skip


def file(lines: list[list[str]]) -> bytes:
    return (HEAD + "".join(",".join(line) + "\n" for line in lines)).encode()


def people(town) -> int:
    with town.store.read() as unit:
        return int(unit.scalar(select(func.count()).select_from(tables.user)))


def staged(town) -> tuple[int, int]:
    with town.store.read() as unit:
        return imports.staged_count(unit), int(unit.scalar(select(func.count()).select_from(tables.user_import)))


def test_ten_thousand_lines_with_37_mistakes_are_37_named_lines_and_nobody(sqlite_town):
    lines = rows(10_000)
    wrong = [(0, "BAD LOGIN", "login"), (1, "", "name"), (2, "NOWHERE", "unit"), (3, "R99", "roles"), (4, "电话", "work_phone"),
             (5, "12", "grid"), (6, "富裕", "employment"), (7, "昨天", "valid_to")]  # fmt: skip
    places = {"login": 0, "name": 1, "unit": 2, "roles": 3, "work_phone": 4, "grid": 5, "employment": 6, "valid_to": 7}
    want = []
    for number in range(37):
        _, value, field = wrong[number % 8]
        at = 100 + number * 250
        lines[at][places[field]] = value
        want.append((at + 2, field))
    ops, before = Imports(sqlite_town.desk), people(sqlite_town)

    found = ops.preview(ADMIN, file(lines))

    assert [(problem.line, problem.field) for problem in found.problems] == want
    assert (found.total, len(found.first)) == (10_000, 50)
    with pytest.raises(Refused) as refused:
        ops.take(ADMIN, file(lines))
    assert (refused.value.code, refused.value.facts) == ("import_broken", {"count": 37})
    assert (people(sqlite_town), staged(sqlite_town)) == (before, (0, 0))


def test_the_report_of_mistakes_says_line_field_value_and_remedy_and_runs_nowhere(sqlite_town):
    lines = rows(3)
    lines[1][0] = "=cmd|calc"
    ops = Imports(sqlite_town.desk)
    found = ops.preview(ADMIN, file(lines))

    for language, remedy in (("zh_CN", "用小写字母"), ("en", "small letters")):
        report = ops.report(found.problems, WORDS[language].of, ("行", "列", "内容", "问题"))
        head, row = csv.reader(io.StringIO(report.decode("utf-8-sig")))
        assert head == ["行", "列", "内容", "问题"]
        assert row[:3] == ["3", "login", "'=cmd|calc"]
        assert remedy in row[3]


def test_ten_thousand_right_lines_come_in_at_once_with_their_start_words(sqlite_town):
    ops, before, told = Imports(sqlite_town.desk), people(sqlite_town), []

    done = ops.take(ADMIN, file(rows(10_000)), lambda count, total: told.append((count, total)) is None)

    assert (done.count, people(sqlite_town) - before) == (10_000, 10_000)
    assert (told[0], told[-1], len(told)) == ((500, 10_000), (10_000, 10_000), 20)
    assert staged(sqlite_town) == (0, 1), "the staging is empty, that there was an import is kept"
    login, name, word = done.words[7]
    assert (login, name) == ("w00007", "网格员7")
    sqlite_town.people.credentials.change_password(Proof(login, word), "three old locust trees")
    actor = sqlite_town.people.sign_in(login, "three old locust trees").actor
    assert (actor.roles, actor.centre_id, actor.grid) == (frozenset({"R01"}), 5, "410923102204001")
    with sqlite_town.store.read() as unit:
        j = tables.journal.c
        assert unit.rows(select(j.op, j.kind, j.facts).where(j.op == "import")) == [("import", "user", {"people": 10_000})]


def test_a_stopped_import_leaves_nothing(town):
    ops, before = Imports(town.desk), people(town)

    with pytest.raises(Stopped):
        ops.take(ADMIN, file(rows(1_200)), lambda done, _total: done < 1_000)

    assert (people(town), staged(town)) == (before, (0, 0))


def test_a_login_taken_between_preview_and_switch_stops_all(town):
    ops, before = Imports(town.desk), people(town)

    def meanwhile(_done: int, _total: int) -> bool:
        Accounts(town.desk).add(ADMIN, "w00003", Person("别人", "", 1), ("R06",))
        return True

    with pytest.raises(Refused) as refused:
        ops.take(ADMIN, file(rows(5)), meanwhile)
    assert refused.value.code == "import_changed"
    assert (people(town), staged(town)) == (before + 1, (0, 0))


def test_both_engines_take_the_same_people(town):
    done = Imports(town.desk).take(ADMIN, file(rows(3)))

    assert done.count == 3
    with pytest.raises(Exception, match="must_change_password"):
        town.people.sign_in("w00001", done.words[1][2])


@pytest.mark.parametrize(
    ("change", "want"),
    [
        ({0: "duty"}, [("login", "login_taken")]), ({3: ""}, [("roles", "needs_text")]), ({3: "R17"}, [("roles", "import_guarded")]),
        ({2: "410922-ZZ"}, [("unit", "no_such_unit")]), ({2: " "}, [("unit", "needs_text")]), ({3: "R06"}, [("roles", "role_level")]),
        ({0: "X", 1: "", 7: "?"}, [("valid_to", "bad_date"), ("login", "bad_login"), ("name", "needs_text")]),
    ],
)  # fmt: skip
def test_every_wrong_field_of_a_line_is_named(sqlite_town, change, want):
    (line,) = rows(1)
    for place, value in change.items():
        line[place] = value

    found = Imports(sqlite_town.desk).preview(ADMIN, file([line]))

    assert [(problem.field, problem.refusal.code) for problem in found.problems] == want


def test_a_login_twice_in_one_file_names_the_other_line(sqlite_town):
    (line,) = rows(1)
    (problem,) = Imports(sqlite_town.desk).preview(ADMIN, file([line, line])).problems

    assert (problem.line, problem.refusal.code, problem.refusal.facts["line"]) == (3, "login_twice", 2)


def test_only_the_system_administrator_imports(sqlite_town):
    for login in ("duty", "leader", "director"):
        with pytest.raises(Denied):
            Imports(sqlite_town.desk).preview(sqlite_town.actor(login), file(rows(1)))
