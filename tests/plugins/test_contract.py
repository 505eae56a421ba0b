"""One script for every folder in plugins/: a valid manifest, imports, words, README, start, report, garbage, stop, no process left."""

import ast
import sys
import time
from pathlib import Path

import pytest

from console.domain.errors import Unavailable
from console.domain.plugin import check_values
from console.plugin.host import Host
from console.plugin.manifest import found_in, read
from tests.make import ROOT
from tests.plugin.processes import Ear, group
from tests.waiting import until

PLUGINS = ROOT / "plugins"
FOLDERS = sorted(path.parent for path in PLUGINS.glob("*/plugin.toml"))
OUTSIDE = {"av", "defusedxml", "requests"}  # what a connector may need beyond the standard library

every_plugin = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_every_folder_is_a_plugin():
    assert [path.name for path in sorted(PLUGINS.iterdir()) if path.is_dir() and path.name != "__pycache__"] == [f.name for f in FOLDERS]
    assert {"camera_list"} <= {folder.name for folder in FOLDERS}


@every_plugin
def test_its_manifest_says_who_it_is_in_both_languages(folder):
    manifest = read(folder)

    assert (manifest.id, manifest.api) == (folder.name, 1)
    assert check_values(manifest, {}) == {setting.name: setting.default for setting in manifest.settings}
    for setting in manifest.settings:
        assert setting.label.zh != setting.label.en
        assert setting.kind != "secret" or setting.default == "", "no secret is shipped"


@every_plugin
def test_its_readme_says_what_was_tried_and_what_was_not(folder):
    text = (folder / "README.md").read_text(encoding="utf-8")

    for words in ("**Tried against**", "**Not tried**", "**Without a device**", "silent"):
        assert words in text, words


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


@every_plugin
def test_it_imports_the_api_itself_and_what_it_may(folder):
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for name in imported(node):
                root = name.partition(".")[0]
                own = name == "console.plugin.api" or name.startswith(f"plugins.{folder.name}")
                assert own or root in sys.stdlib_module_names or root in OUTSIDE, f"{file.name} imports {name}"
                assert not name.startswith(("xml.etree", "xml.dom", "xml.parsers")), f"{file.name}: outside XML is read with defusedxml"


@every_plugin
def test_what_it_says_has_words(folder):
    """Every code it notes, warns or fails with stands in its manifest, with the facts the words need."""
    words = read(folder).words
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called, code = getattr(node.func, "attr", getattr(node.func, "id", "")), node.args[0].value
            if called in ("Failure", "note", "warn"):
                assert code in words, f"{file.name}:{node.lineno} {code}"
                facts = {word.arg: "x" for word in node.keywords}
                assert words[code].zh.format(**facts) and words[code].en.format(**facts)


def settings_of(folder: Path, tmp_path: Path) -> dict[str, object]:
    """The settings a plugin is shipped with; a file it needs is there, and a place in the net is one where nobody answers."""
    file = tmp_path / "list.csv"
    file.write_text("名称,经度,纬度,坐标系\n一号,115.2,36.1,wgs84\n", encoding="utf-8")
    given: dict[str, object] = {}
    for setting in read(folder).settings:
        if setting.kind == "file":
            given[setting.name] = str(file)
        elif setting.name == "folder":
            given[setting.name] = str(tmp_path)
        elif setting.name in ("address", "devices", "interface"):
            given[setting.name] = {"address": "http://127.0.0.1:9", "devices": "127.0.0.1:9", "interface": "127.0.0.1"}[setting.name]
    return check_values(read(folder), given)


@every_plugin
def test_it_starts_reports_survives_garbage_and_stops(folder, tmp_path):
    ear = Ear()
    host = Host(PLUGINS, ear, back_off_s=(60.0,))
    once = read(folder).life == "once"
    try:
        host.start(folder.name, settings_of(folder, tmp_path))
        until(lambda: host.health(folder.name).state in (("running", "off") if once else ("running",)), 10)
        until(lambda: ear.heard, 15, what="it reports something, if only that nobody answers")
        pid = host.pid(folder.name)
        if not once:
            _garbage(host, folder.name)
            assert host.health(folder.name).state == "running"
            with pytest.raises(Unavailable) as refused:
                host.ask(folder.name, "no_such_method", {}, 2.0)
            assert refused.value.code == "unknown_method"
    finally:
        begun = time.monotonic()
        host.stop_all()
    assert time.monotonic() - begun < 2.5
    until(lambda: pid == 0 or group(pid) == [], 0.5)


def _garbage(host: Host, name: str) -> None:
    """Lines a console would never send."""
    way = host._running[name]._process._child.stdin
    way.write(b"{\n[]\nnull\n\xff\xfe\n" + b'{"ask": 1}\n{"ask": [], "method": {}, "with": 3}\n{"say": "nonsense"}\n')
    way.flush()


def test_a_list_of_all_plugins_is_read_without_running_one():
    assert [one.id for one in found_in(PLUGINS)] == [folder.name for folder in FOLDERS]
    assert all(one.manifest is not None for one in found_in(PLUGINS))
