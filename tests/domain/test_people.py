"""An actor's roles decide as sets: all of some, one of some."""

from console.domain.people import Actor, system_actor

DUTY = Actor(1, "值班员甲", 1, 2, "/1/2/", frozenset({"R06", "R07", "R08"}))


def test_an_actor_holds_roles_only_if_every_one_is_there():
    assert DUTY.holds("R06", "R08")
    assert not DUTY.holds("R06", "R16")


def test_one_of_several_roles_is_enough_where_one_is_asked():
    assert DUTY.holds_any(frozenset({"R16", "R07"}))
    assert not DUTY.holds_any(frozenset({"R16", "R17"}))


def test_the_program_itself_acts_at_the_root_and_is_nobody():
    sweep = system_actor("sweep")
    assert (sweep.user_id, sweep.centre_path, sweep.kind, sweep.seat) == (0, "/", "system", "sweep")
