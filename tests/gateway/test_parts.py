"""What a gateway takes from everything that was joined."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from console.gateway.parts import Parts
from tests.gateway.hall import WEB, Hall


@pytest.mark.parametrize(
    ("host", "names"),
    [("127.0.0.1", ("localhost", "127.0.0.1")), ("0.0.0.0", ("localhost",)), ("hall.example", ("localhost", "hall.example"))],
)
def test_the_address_it_listens_on_is_a_name_of_its_own(door: Hall, host, names):
    joined = SimpleNamespace(config=SimpleNamespace(folder=Path("data"), gateway_host=host), **vars(door.parts))
    parts = Parts.of(joined, WEB)
    assert (parts.hosts, parts.web, parts.people) == (names, WEB, door.parts.people)
