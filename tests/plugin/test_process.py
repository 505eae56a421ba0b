"""One process and its lines: questions that are answered, refused, lost; whatever it says wrong is counted, never raised."""

import pytest

from console.domain.errors import Unavailable
from console.plugin.process import Process, failure_of
from tests.plugin.processes import group, plugin
from tests.waiting import until


def test_a_question_is_answered_refused_or_failed_by_the_end(tmp_path):
    body = ("import os\nfrom console.plugin.api import Failure\ndef no(): raise Failure('not_here', place='x')\n"
            "def run(host):\n    host.answer('no', no)\n    host.answer('die', lambda: os._exit(9))\n"
            "    host.answer('bad', lambda: 1 / 0)\n    host.note('ready')\n    host.wait(600)\n")  # fmt: skip
    heard = []
    process = Process(plugin(tmp_path, "trial", body), {}, heard.append)
    until(lambda: len(heard) == 2)

    for method, code in (("no", "not_here"), ("bad", "plugin_error"), ("die", "plugin_off")):
        with pytest.raises(Unavailable) as refused:
            process.ask(method, {}, 5.0)
        assert refused.value.code == code
    assert process.ended(5.0)
    assert (process.failure.code, process.failure.facts) == ("plugin_crashed", {"status": 9})
    process.stop()
    until(lambda: group(process.pid) == [], 0.5)


def test_a_message_that_cannot_be_taken_is_garbage(tmp_path):
    def refuse(message):
        if message["say"] == "note":
            raise KeyError("facts")

    process = Process(plugin(tmp_path, "trial", "def run(host):\n    host.note('x')\n    host.wait(600)\n"), {}, refuse)

    until(lambda: process.garbage == 1)
    assert not process.ended(0.0)
    process.stop()


def test_facts_of_a_failure_are_plain_values():
    found = failure_of({"error": "x", "facts": {"a": 1, "b": [2], "code": "y", "field": "z", "c": "d"}})

    assert (found.code, found.facts) == ("x", {"a": 1, "c": "d"})
    assert failure_of({}).code == "None"
