"""Every asset says where it comes from."""

import re
from pathlib import PurePosixPath

from tests.make import ROOT

RESOURCES = ROOT / "resources"
NOT_ASSETS = {"LICENSES.md", "geo/README.md"}


def listed():
    table = (RESOURCES / "LICENSES.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    return [pattern for row in rows for pattern in re.findall(r"`([^`]+)`", row)]


def assets():
    files = (path.relative_to(RESOURCES) for path in RESOURCES.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path.as_posix() for path in files if path.as_posix() not in NOT_ASSETS)


def fits(asset, pattern):
    folder, star, ending = pattern.partition("**")
    if star:
        return asset.startswith(folder) and PurePosixPath(asset).match(ending.removeprefix("/") or "*")
    return PurePosixPath(asset).match(pattern) and asset.count("/") == pattern.count("/")


def test_every_asset_is_listed():
    assert [asset for asset in assets() if not any(fits(asset, pattern) for pattern in listed())] == []


def test_nothing_is_listed_that_is_not_there():
    assert [pattern for pattern in listed() if not any(fits(asset, pattern) for asset in assets())] == []
