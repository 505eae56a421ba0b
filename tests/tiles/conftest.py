"""A tile service for each test that asks for one."""

import pytest

from tests.tiles.hosts import serving


@pytest.fixture
def host():
    with serving() as found:
        yield found
