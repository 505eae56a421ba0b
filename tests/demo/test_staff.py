"""The demo's people: 18,000 grid workers, every grid with one, units and desks for every department."""

from collections import Counter

from console.domain.place import COUNTY
from tests.make import CODES


def workers_of(city):
    return [user for user in city.users if "R01" in user.roles]


def test_the_city_has_18_000_grid_workers_and_none_of_its_grids_is_without(whole_city):
    workers = workers_of(whole_city)
    assert len(workers) == 18_000
    per_grid = Counter(user.grid for user in workers)
    assert set(per_grid) == {grid.code for grid in whole_city.grids}
    assert max(per_grid.values()) == 2


def test_the_grids_of_a_village_have_one_leader(whole_city):
    leaders = Counter(user.grid[:12] for user in workers_of(whole_city) if "R02" in user.roles)
    assert set(leaders.values()) == {1}
    assert len(leaders) == 3_197


def test_people_belong_to_units_and_have_invented_numbers(whole_city, county):
    for city in (whole_city, county):
        orgs, grids = {org.id: org for org in city.orgs}, {grid.code: grid for grid in city.grids}
        assert len({user.login for user in city.users}) == len(city.users)
        assert len({org.code for org in city.orgs}) == len(city.orgs)
        assert [user.id for user in city.users] == list(range(1, len(city.users) + 1))
        for user in city.users:
            assert user.centre_id == orgs[user.org_id].centre_id
            assert user.work_phone.startswith("1380000")
            assert all(role in CODES.roles for role in user.roles)
            assert not user.grid or grids[user.grid].division == orgs[user.org_id].division
        assert all(org.duty_phone.startswith("1380000") for org in city.orgs)


def test_each_county_and_the_city_have_every_department_with_a_desk_and_a_head(whole_city):
    halls = [centre for centre in whole_city.centres if centre.level in (2, COUNTY)]
    roles = {org.id: set() for org in whole_city.orgs}
    for user in whole_city.users:
        roles[user.org_id] |= set(user.roles)
    for hall in halls:
        here = [org for org in whole_city.orgs if org.centre_id == hall.id and org.department]
        assert {org.department for org in here} == set(CODES.departments)
        assert all({"R09", "R10"} <= roles[org.id] for org in here)


def test_halls_towns_and_villages_have_their_people(whole_city):
    logins = {user.login: user for user in whole_city.users}
    for tail in ("", "-qf", "-hl", "-fx", "-tq", "-py", "-jk", "-city"):
        assert logins[f"duty{tail}"].roles == ("R06", "R07", "R08")
        assert logins[f"director{tail}"].roles == ("R17",)
        assert logins[f"d10{tail}"].roles == ("R09",)
    assert logins["clerk-410923102"].roles == ("R04",)
    assert logins["v410923102204"].roles == ("R05",)
    assert logins["grid001"].grid.startswith("410923")


def test_the_county_has_one_worker_a_village(county):
    workers = workers_of(county)
    assert len(workers) == 329
    assert len({user.grid[:12] for user in workers}) == 329
    assert [user.login for user in workers] == [f"grid{number:03d}" for number in range(1, 330)]


def test_the_short_logins_are_the_same_people_at_both_sizes(whole_city, county):
    def grids(city):
        return {user.login: user.grid for user in city.users if user.login.startswith("grid")}

    assert grids(whole_city) == grids(county)


def test_units_are_named_as_people_there_say(whole_city):
    names = {org.code: org.name for org in whole_city.orgs}
    assert names["410923-D10"] == "南乐县住房和城乡建设局"
    assert names["410923-D04"] == "南乐县人民法院"
    assert names["410900-D02"] == "濮阳市公安局"
    assert not [name for name in names.values() if "/" in name or "(" in name]
