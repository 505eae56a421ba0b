"""The gateway's socket: a free port is taken, and what cannot be listened on is refused with its reason."""

import socket

import pytest

from console.domain.errors import Invalid, Unavailable
from console.gateway.listening import listen


def test_port_zero_takes_a_free_one():
    with listen("127.0.0.1", 0) as first, listen("127.0.0.1", 0) as second:
        assert 0 < first.getsockname()[1] != second.getsockname()[1] > 0


def test_a_taken_port_is_refused_with_its_reason():
    with listen("127.0.0.1", 0) as taken, pytest.raises(Unavailable) as refused:
        listen("127.0.0.1", taken.getsockname()[1])

    assert refused.value.code == "port_taken"


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(Invalid):
        listen("127.0.0.1", port)


def test_it_really_listens():
    with listen("127.0.0.1", 0) as open_one, socket.create_connection(open_one.getsockname(), 5):
        assert open_one.accept()[0] is not None
