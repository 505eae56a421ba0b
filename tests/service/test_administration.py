"""The questions of the administration: pages cut in SQL, filters that join, a tree that is asked for branch by branch."""

import pytest

from console.domain.errors import Denied, Missing
from console.domain.people import Actor, User
from console.service.administration import Administration, Wanted
from console.store import tables

ADMIN = Actor(90, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}), "A1", "person", "admin", level=3)


@pytest.fixture
def admin(town):
    many = [User(1_000 + n, f"w{n:04d}", f"网格员{n}", f"138{n:08d}", 7, 5, ("R01",), "active" if n % 2 else "blocked") for n in range(450)]
    with town.store.write() as unit:
        unit.add_many(tables.user, many)
    return Administration(town.desk)


def test_a_page_holds_two_hundred_and_tells_how_many_there_are(admin):
    pages = [admin.people(ADMIN, Wanted("网格员"), start) for start in (0, 200, 400)]

    assert [(len(page.rows), page.total) for page in pages] == [(200, 452), (200, 452), (52, 452)]
    logins = [row.user.login for page in pages for row in page.rows]
    assert logins == sorted(logins)
    assert len(set(logins)) == 452


@pytest.mark.parametrize(
    ("wanted", "total"),
    [(Wanted("w0007"), 1), (Wanted("网格员 w0007"), 1), (Wanted("%"), 0), (Wanted("00000007"), 2), (Wanted(role="R06"), 4),
     (Wanted(role="R0"), 0), (Wanted("网格员", status="blocked"), 225), (Wanted(org_id=2), 2), (Wanted(centre_id=5), 453),
     (Wanted(employment="contract"), 0), (Wanted("stranger"), 0)],
)  # fmt: skip
def test_words_and_filters_join(admin, wanted, total):
    assert admin.people(ADMIN, wanted).total == total


def test_one_person_a_unit_by_code_and_a_stranger(admin):
    row = admin.person(ADMIN, 6)

    assert (row.user.login, row.unit_code, row.unit, row.centre, row.has_password) == (
        "d10", "410923-D10", "南乐县住房和城乡建设局", "南乐县综治中心", False,
    )  # fmt: skip
    assert admin.unit(ADMIN, "410923-D10").id == 2
    with pytest.raises(Missing):
        admin.person(ADMIN, 10)
    with pytest.raises(Missing):
        admin.unit(ADMIN, "410922-D10")


def test_the_tree_is_asked_for_branch_by_branch(admin):
    assert [one.id for one in admin.centres(ADMIN)] == [2]
    assert [one.id for one in admin.centres(ADMIN, 2)] == [4]
    assert [one.id for one in admin.centres(ADMIN, 4)] == [5]
    assert admin.centres(ADMIN, 3) == ()
    assert [(row.unit.id, row.people) for row in admin.offices(ADMIN, 5)] == [(7, 228)]
    assert admin.offices(ADMIN, 3) == ()


def test_ones_own_sessions_are_seen_and_ended(town, admin):
    town.people.set_password(6, "correct horse battery")
    session = town.people.sign_in("d10", "correct horse battery", seat="D10-1", kind="desk")
    d10 = town.actor("d10")
    (listed,) = admin.own_sessions(d10)
    assert (listed.seat, listed.kind) == ("D10-1", "desk")
    assert [one.name for one in admin.sessions(ADMIN, 6)] == [listed.name]
    with pytest.raises(Missing):
        admin.end_own(town.actor("d30"), listed.name)

    admin.end_own(d10, listed.name)

    with pytest.raises(Denied):
        town.people.session(session.token)


def test_what_waits_and_what_one_may(town, admin):
    admin.accounts.set_roles(ADMIN, 1, 1, ("R06", "R15"))

    assert [wish.login for wish in admin.wishes(town.actor("director"))] == ["duty"]
    assert admin.wishes(town.actor("duty")) == ()
    assert admin.may(ADMIN, "edit")
    assert not admin.may(town.actor("duty"), "read")
    assert admin.now() == town.clock.now()
