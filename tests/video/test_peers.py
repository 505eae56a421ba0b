"""The kernel's list of our connections, read right: on IPv4, on IPv6 and on both at once."""

import socket

import pytest

from console.video.peers import Peers, addresses_of, connections, plain


@pytest.mark.parametrize(
    ("here", "asked", "told"), [("127.0.0.7", "127.0.0.7", "127.0.0.7"), ("::1", "::1", "::1"), ("::", "::ffff:127.0.0.9", "127.0.0.9")]
)
def test_a_connection_stands_with_its_other_end_while_it_lasts(here, asked, told):
    family = socket.AF_INET6 if ":" in here else socket.AF_INET
    before = set(connections())
    with socket.create_server((here, 0), family=family, dualstack_ipv6=here == "::") as server, socket.socket(family) as line:
        line.connect((asked, server.getsockname()[1]))
        found = connections()
        assert told in [found[inode] for inode in set(found) - before]
    assert set(connections()) <= before


def test_a_host_s_addresses_are_all_of_them_and_none_when_nobody_knows_it():
    assert addresses_of("10.1.2.3") == {"10.1.2.3"}
    assert "127.0.0.1" in addresses_of("localhost")
    assert addresses_of("no-such-host.invalid") == frozenset()


def test_one_address_has_one_spelling():
    assert [plain(text) for text in ("::ffff:10.1.2.3", "FE80::1%eth0", "10.1.2.3")] == ["10.1.2.3", "fe80::1", "10.1.2.3"]


def test_who_is_no_stream_s_host_is_a_stranger():
    peers = Peers()
    with socket.create_server(("127.0.0.7", 0)) as server:
        place = server.getsockname()
        with peers.allow("127.0.0.8") as has_stranger, socket.create_connection(place):
            assert has_stranger()
        with peers.allow("127.0.0.7") as has_stranger, socket.create_connection(place):
            assert not has_stranger()
        with socket.create_connection(place), peers.allow("127.0.0.8") as has_stranger:
            assert not has_stranger()  # it was called before
        with peers.allow("127.0.0.8") as has_stranger, peers.allow("127.0.0.7"), socket.create_connection(place):
            assert not has_stranger()  # another stream's
