"""The demo's county and city, built once for all tests that look at them."""

import pytest

from console.demo.city import City, build_city
from tests.make import CODES, ROOT

SEED = 7


@pytest.fixture(scope="session")
def county() -> City:
    """南乐县 alone."""
    return build_city(ROOT / "resources", CODES, SEED, "county")


@pytest.fixture(scope="session")
def whole_city() -> City:
    """All of Puyang."""
    return build_city(ROOT / "resources", CODES, SEED, "city")
