"""The demo's recorder: a child process that keeps the last hour of its live cameras as files, and the register's word of it."""

import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.demo.cameras import SYSTEM_PYTHON
from console.demo.land import COUNTY_CODE
from console.domain.camera import Camera
from console.domain.plugin import Plugin
from console.store import plugins, register, tables
from console.store.register import Source
from console.store.store import Store
from console.store.unit import Unit

PLUGIN = "recorder_folder"
SEGMENT_S, KEPT_MIN, MOST_MB = 60, 60, 1_500
_SCRIPT = Path(__file__).resolve().parents[2] / "resources" / "demo" / "cameras" / "record.py"
# What is stated of the live cameras: most have all that is due, some lack something, one is the police's.
_LACKS: Mapping[int, Mapping[str, object]] = {
    2: {"storage_days": 15}, 5: {"notice_sign": "no"}, 7: {"owner": "police"}, 9: {"filing_no": None},
    12: {"room_type": "2", "basis": "县政法委批复〔2026〕3号", "approved_by": "主任"},
}  # fmt: skip


class DemoRecorder:
    """Records while the `with` block lasts; without GStreamer there are no recordings, and the demo goes on."""

    def __init__(self, folder: Path, cameras: Mapping[str, str]) -> None:
        """`cameras` are addresses by hall number."""
        self._folder, self._cameras = folder, cameras
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "DemoRecorder":
        self._folder.mkdir(parents=True, exist_ok=True)
        named = ",".join(f"{code}={address}" for code, address in self._cameras.items())
        limits = ["--seconds", str(SEGMENT_S), "--keep-min", str(KEPT_MIN), "--most-mb", str(MOST_MB)]
        command = ["nice", "-n", "10", SYSTEM_PYTHON, "-B", str(_SCRIPT), "--folder", str(self._folder), "--cameras", named, *limits]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        try:
            self._process.wait(3.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def tell_recorder(store: Store, folder: Path, codes: tuple[str, ...]) -> None:
    """Let the plugin that reads the folder run, and state what is due of the live cameras."""
    with store.write() as unit:
        _turn_on(unit, folder)
        cameras = unit.records(Camera, unit.rows(tables.camera.select().where(tables.camera.c.code.in_(codes))))
        told = [Source(one.id, "demo", one.code, attributes=_stated(codes.index(one.code) + 1)) for one in cameras]
        register.write(unit, cameras, told, [("", "")] * len(cameras))  # an empty address leaves what is kept


def _turn_on(unit: Unit, folder: Path) -> None:
    centre = int(str(unit.scalar(tables.centre.select().where(tables.centre.c.division == COUNTY_CODE))))
    by = int(str(unit.scalar(tables.user.select().where(tables.user.c.login == "admin"))))
    settings: dict[str, str | int | float | bool] = {"folder": str(folder), "clock": "utc", "names": ""}
    if plugins.named(unit, PLUGIN) is None:
        unit.add(tables.plugin, Plugin(0, PLUGIN, centre, True, settings, "", by, datetime.now(UTC)))
    else:
        unit.run(tables.plugin.update().where(tables.plugin.c.name == PLUGIN).values(settings=settings))


def _stated(number: int) -> dict[str, object]:
    since = (datetime.now(UTC) - timedelta(days=200)).date().isoformat()
    usual: dict[str, object] = {
        "room_type": "1", "storage_days": 30, "notice_sign": "yes", "filing_no": f"南公视备〔2026〕{number:03}号", "registered_on": since,
        "owner": "centre",
    }  # fmt: skip
    return {name: value for name, value in (usual | dict(_LACKS.get(number, {}))).items() if value is not None}
