"""The process of a plugin, spoken to by hand through its pipes."""

import json
import subprocess
import sys

from tests.make import ROOT
from tests.plugin.processes import plugin


def talk(folder, *lines: object) -> list[dict]:
    """What the child answers to these lines and the end of its input."""
    said = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    command = [sys.executable, "-m", "console.plugin.child", str(folder)]
    done = subprocess.run(command, cwd=ROOT, input=said.encode(), capture_output=True, timeout=30, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_it_gets_its_settings_runs_and_says_that_it_is_done(tmp_path):
    folder = plugin(tmp_path, "trial", "def run(host):\n    host.note('got', value=host.settings['a'])\n")

    assert talk(folder, {"settings": {"a": 7}}) == [
        {"say": "running"}, {"say": "note", "code": "got", "facts": {"value": 7}}, {"say": "done"},
    ]  # fmt: skip


def test_the_end_of_its_input_ends_it(tmp_path):
    folder = plugin(tmp_path, "trial", "def run(host):\n    host.note('ended', waited=host.wait(600))\n")

    assert talk(folder, {})[1:] == [{"say": "note", "code": "ended", "facts": {"waited": True}}, {"say": "done"}]


def test_a_module_beside_it_is_imported_by_the_plugins_own_name(tmp_path):
    folder = plugin(tmp_path, "trial", "from plugins.trial.more import NUMBER\ndef run(host):\n    host.note('n', n=NUMBER)\n")
    (folder / "more.py").write_text("NUMBER = 5\n")

    assert talk(folder, {})[1]["facts"] == {"n": 5}


def test_what_it_raises_is_told_before_it_ends(tmp_path):
    folder = plugin(tmp_path, "trial", "def run(host):\n    raise KeyError('x')\n")

    assert talk(folder, {})[-1] == {"say": "failed", "error": "plugin_error", "facts": {"problem": "KeyError: 'x'"}}
