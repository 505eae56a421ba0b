"""A town whose plugins really run: the service joined to the host as the program joins them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.domain.people import Actor
from console.net.vault import Vault
from console.plugin.host import Host
from console.service.plugins import Plugins
from tests.make import ROOT, Town

ADMIN = Actor(20, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}), "A1", "person", "admin", level=3)
CITY_ADMIN = Actor(18, "市管理员", 8, 1, "/1/", frozenset({"R22"}), "A9", "person", "cityadmin", level=2)


@contextmanager
def plugins_of(town: Town, folder: Path, root: Path = ROOT / "plugins", back_off_s: tuple[float, ...] = (60.0,)) -> Iterator[Plugins]:
    """The service with its host over a folder of plugins; all of them are stopped at the end."""
    service = Plugins(town.desk, lambda: town.ground, Vault.in_file(folder))
    host = Host(root, service.told, back_off_s=back_off_s)
    service.runner = host
    try:
        yield service
    finally:
        service.stop()
        host.stop_all()
