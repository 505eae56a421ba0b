"""The process a plugin runs in: lines of JSON on stdin and stdout, the plugin's `run` between them.

It ends when it is told to, when the console is gone (stdin closes, or falls silent), and
when `run` returns. What a plugin prints goes to stderr, so that it cannot break a line.
"""

import importlib.util
import json
import os
import resource
import sys
import threading
import types
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, TextIO

from console.plugin.api import Failure, Host

MEMORY = 1 << 30
FILES = 256
ANSWERERS = 4
LAST_S = 1.5  # what a plugin has to put things back when it is to end
SILENCE_S = 15.0  # the console speaks every two seconds


class Line:
    """The way out: one JSON object a line, whole, whoever writes."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lock = threading.Lock()

    def send(self, message: Mapping[str, object]) -> None:
        """Write a line; a console that is gone is no longer written to."""
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=str)
        with self._lock:
            try:
                self._out.write(text + "\n")
                self._out.flush()
            except (BrokenPipeError, ValueError):
                os._exit(0)


class Listener:
    """Hears the console: questions are answered beside `run`, a stop or silence ends it."""

    def __init__(self, host: Host, line: Line, source: BinaryIO) -> None:
        self._host, self._line, self._source = host, line, source
        self._pool = ThreadPoolExecutor(ANSWERERS, thread_name_prefix="answer")
        self._heard = threading.Event()

    def start(self) -> None:
        """Listen, and watch that there is something to hear."""
        threading.Thread(target=self._listen, name="listen", daemon=True).start()
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def _listen(self) -> None:
        for text in self._source:
            self._heard.set()
            try:
                message = json.loads(text)
            except ValueError:
                continue
            if not isinstance(message, dict):
                continue
            if "ask" in message:
                self._pool.submit(self._answer, message)
            elif message.get("say") == "stop":
                break
            elif message.get("say") == "beat":
                self._line.send({"say": "beat"})
        self._end()

    def _watch(self) -> None:
        while self._heard.wait(SILENCE_S):
            self._heard.clear()
        self._end()

    def _end(self) -> None:
        self._host.stop()
        if not threading.Event().wait(LAST_S):
            os._exit(3)

    def _answer(self, message: Mapping[str, object]) -> None:
        number, arguments = message["ask"], message.get("with")
        function = self._host.answers.get(str(message.get("method")))
        try:
            if function is None:
                raise Failure("unknown_method", method=str(message.get("method"))[:40])
            value = function(**arguments) if isinstance(arguments, dict) else function()
        except Failure as said:
            self._line.send({"answer": number, "error": said.code, "facts": said.facts})
        except Exception as wrong:  # noqa: BLE001 - whatever a plugin raises is an answer, not an end
            self._line.send({"answer": number, "error": "plugin_error", "facts": {"problem": f"{type(wrong).__name__}: {wrong}"[:300]}})
        else:
            self._line.send({"answer": number, "value": value})


def load(folder: Path) -> types.ModuleType:
    """The plugin's module, as `plugins.NAME`, wherever its folder lies."""
    family = types.ModuleType("plugins")
    family.__path__ = [str(folder.parent)]
    sys.modules["plugins"] = family
    name = f"plugins.{folder.name}"
    spec = importlib.util.spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise ImportError(f"no module in {folder.name}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def main(folder: Path) -> int:
    """Run the plugin of a folder until it ends; the exit code of the process."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    line, source = Line(out), sys.stdin.buffer
    first = json.loads(source.readline() or b"{}")
    host = Host(first.get("settings", {}), line.send)
    Listener(host, line, source).start()
    try:
        module = load(folder)
        line.send({"say": "running"})
        module.run(host)
    except Failure as said:
        line.send({"say": "failed", "error": said.code, "facts": said.facts})
        return 2
    except BaseException as wrong:
        line.send({"say": "failed", "error": "plugin_error", "facts": {"problem": f"{type(wrong).__name__}: {wrong}"[:300]}})
        raise
    line.send({"say": "done"})
    return 0


if __name__ == "__main__":
    code = main(Path(sys.argv[1]))
    sys.stderr.flush()
    os._exit(code)  # threads of a plugin do not keep its process
