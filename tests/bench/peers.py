"""The same pictures by other programs: bare FFmpeg as the floor, mpv in windows, libvlc in windows and in memory.

Each gets 40 s to begin and is then measured like the console: processor seconds of its processes over the time,
so 1.0 is one core kept busy.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.frame import family
from tests.servers import Display, free_port, stop
from tests.stage import ROOT

Size = tuple[int, int]
BEGIN_S = 40.0
TICK = os.sysconf("SC_CLK_TCK")
COLUMNS = 4
QUICK = ("-rtsp_transport", "tcp", "-fflags", "nobuffer", "-probesize", "32", "-analyzeduration", "0", "-fpsprobesize", "0")


def cpu_s(pids: Sequence[int]) -> float:
    """Processor seconds some processes have used until now."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def load_of(pids: Sequence[int], seconds: float) -> float:
    """How many cores some processes keep busy for a while."""
    before, began = cpu_s(pids), time.monotonic()
    time.sleep(seconds)
    return (cpu_s(pids) - before) / (time.monotonic() - began)


def measure(addresses: Sequence[str], size: Size, seconds: float, display: Display) -> dict[str, float | None]:
    """Cores each peer keeps busy with these cameras at this size; None for one that is not installed."""
    peers: dict[str, tuple[str, Callable[[], float]]] = {
        "peer_ffmpeg_cpu": ("ffmpeg", lambda: _ffmpeg(addresses, size, seconds)),
        "peer_mpv_cpu": ("mpv", lambda: _mpv(addresses, size, seconds, display)),
        "peer_vlc_window_cpu": ("ffmpeg", lambda: _vlc("window", addresses, size, seconds, display)),
        "peer_vlc_vmem_cpu": ("ffmpeg", lambda: _vlc("vmem", addresses, size, seconds, display)),
    }
    return {f"{name}_{len(addresses)}": round(work(), 3) if shutil.which(needs) else None for name, (needs, work) in peers.items()}


def _ffmpeg(addresses: Sequence[str], size: Size, seconds: float) -> float:
    command = ["ffmpeg", "-nostdin", "-v", "quiet"]
    for address in addresses:
        command += [*QUICK, "-threads", "1", "-i", address]
    for number in range(len(addresses)):
        command += ["-map", f"{number}:v", "-vf", f"scale={size[0]}:{size[1]}:flags=fast_bilinear", "-pix_fmt", "bgra", "-f", "null", "-"]
    with _running([command]) as pids:
        return load_of(pids, seconds)


def _mpv(addresses: Sequence[str], size: Size, seconds: float, display: Display) -> float:
    wanted = ("--no-config", "--profile=low-latency", "--vo=x11", "--no-audio", "--no-border", "--no-osc", "--rtsp-transport=tcp")
    places = [f"--geometry={size[0]}x{size[1]}+{at % COLUMNS * size[0]}+{at // COLUMNS * size[1]}" for at in range(len(addresses))]
    commands = [["mpv", *wanted, place, address] for place, address in zip(places, addresses, strict=True)]
    with _running(commands, display) as pids:
        return load_of(pids, seconds)


def _vlc(way: str, addresses: Sequence[str], size: Size, seconds: float, display: Display) -> float:
    """Debian's libvlc has no RTSP: it reads the same pictures as HTTP-TS from a relay that only copies, and is not counted."""
    ports = [free_port() for _ in addresses]
    relays = [
        ["ffmpeg", "-nostdin", "-v", "quiet", *QUICK, "-i", address, "-c", "copy", "-f", "mpegts", "-listen", "1",
         f"http://127.0.0.1:{port}/"]
        for address, port in zip(addresses, ports, strict=True)
    ]  # fmt: skip
    shown = [sys.executable, "-m", "tests.bench.vlc_tiles", way, str(size[0]), str(size[1]), *map(str, ports)]
    with _running(relays), _running([shown], display) as pids:
        return load_of(pids, seconds)


@contextmanager
def _running(commands: Sequence[Sequence[str]], display: Display | None = None) -> Iterator[list[int]]:
    """Some programs while the block lasts; their processes once they have begun."""
    environment = {**os.environ, **(display.environment() if display is not None else {})}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ExitStack() as stack:
        started = [subprocess.Popen(command, cwd=ROOT, env=environment, **quiet) for command in commands]  # type: ignore[call-overload]
        for process in started:
            stack.callback(stop, process)
        time.sleep(BEGIN_S)
        yield [pid for process in started for pid in family(process.pid)]
