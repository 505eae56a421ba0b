"""Pictures of a map service: led nowhere, bounded, and told apart by what is wrong."""

import pytest

from console.domain.errors import Unavailable
from console.net import pictures
from console.net.pictures import Pictures
from tests.tiles.hosts import colour, png, serving


@pytest.fixture
def host():
    with serving() as found:
        yield found


def test_a_picture_comes_with_its_mark_and_is_asked_after_by_it(host):
    asked = Pictures()
    first = asked.get(f"{host.base}/xyz/3/2/1.png")
    assert (first.content, first.etag, first.is_same) == (png(colour(3, 2, 1)), '"3-2-1"', False)
    again = asked.get(f"{host.base}/xyz/3/2/1.png", first.etag)
    assert (again.content, again.is_same) == (b"", True)
    asked.close()


def test_nothing_is_followed_elsewhere_and_no_proxy_of_the_desktop_is_used(host, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    host.wrong = (302, {"Location": f"{host.base}/xyz/3/2/1.png"}, b"")
    with pytest.raises(Unavailable) as said:
        Pictures().get(f"{host.base}/somewhere")
    assert (said.value.code, said.value.facts["status"], len(host.asked)) == ("map_status", 302, 1)


def test_an_answer_that_drips_is_ended(host, monkeypatch):
    monkeypatch.setattr(pictures, "WHOLE_S", -1.0)
    with pytest.raises(Unavailable) as said:
        Pictures().get(f"{host.base}/xyz/3/2/1.png")
    assert (said.value.code, said.value.facts["problem"]) == ("no_answer", "too slow")
