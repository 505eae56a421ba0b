"""A town with a camera that turns, behind a plugin that notes what it is told."""

from contextlib import contextmanager
from dataclasses import replace

from console.store import register
from console.store.register import Source
from tests.make import CAMERAS
from tests.plugin.processes import plugin
from tests.plugins.halls import ADMIN, plugins_of
from tests.waiting import until

BODY = '''
def run(host):
    def noted(method):
        def answer(ref, **values):
            with open(host.settings["log"], "a") as log:
                print(method, ref, *values.values(), file=log)
            return [{"id": "1", "name": "门口"}] if method == "presets" else None
        return answer
    for method in ("move", "stop", "presets", "goto_preset", "home"):
        host.answer(method, noted(method))
    host.answer("stream", lambda ref: {"main": "http://127.0.0.1/" + ref + ".ts"} if ref == "a" else {"main": "file:///etc/passwd"})
    host.note("ready")
    host.wait(600)
'''
MORE = '[settings.log]\nlabel = {zh = "记录", en = "Log"}\ntype = "text"\n'


@contextmanager
def turning(town, folder):
    """The plugins of a town with one running, its cameras C301 (ref a, turns), C303 (ref b, turns not) and C304 (ref c), and its log."""
    log = folder / "told.txt"
    log.touch()
    root = folder / "plugins"
    plugin(root, "trial", BODY, more=MORE)
    fresh = replace(CAMERAS[0], id=0)
    with town.store.write() as unit:
        register.write(
            unit, [CAMERAS[0], replace(fresh, code="C303"), replace(fresh, code="C304")],
            [Source(1, "trial", "a", True), Source(0, "trial", "b", False), Source(0, "trial", "c", True)], [("", "")] * 3,
        )  # fmt: skip
    with plugins_of(town, folder, root) as service:
        version = service.save(ADMIN, "trial", 0, {"log": str(log)}).version
        service.turn_on(ADMIN, "trial", version)
        service.sync()
        until(lambda: service.listed(ADMIN)[0].notes)
        yield service, lambda: log.read_text().splitlines()
