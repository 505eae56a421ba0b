"""Cutting a file to the time that may be seen: packets are copied unchanged from the first key frame inside it on."""

from datetime import datetime, timedelta
from pathlib import Path

import av

from plugins.recorder_folder.segments import Segment


def cut(segment: Segment, start: datetime, end: datetime, target: Path) -> Segment | None:
    """What a file shows between two instants, as a file of its own; None when no key frame lies between them. Raises OSError.

    Nothing from before the start gets into it: a picture needs its key frame, so up to one group of pictures is left out.
    """
    first: float | None = None
    last = 0.0
    with av.open(str(segment.path), options={"protocol_whitelist": "file"}) as source:
        stream = source.streams.video[0]
        zero = float((stream.start_time or 0) * stream.time_base)
        since, until = (start - segment.starts_at).total_seconds(), (end - segment.starts_at).total_seconds()
        with av.open(str(target), "w", format=_format(segment.path)) as sink:
            copy = sink.add_stream_from_template(stream)
            for packet in source.demux(stream):
                if packet.pts is None or packet.dts is None:
                    continue
                at = float(packet.pts * stream.time_base) - zero
                if at >= until:
                    break
                if first is None and (at < since or not packet.is_keyframe):
                    continue
                if first is None:
                    first, base = at, packet.dts
                last = max(last, at + float((packet.duration or 0) * stream.time_base))
                packet.pts -= base
                packet.dts -= base
                packet.stream = copy
                sink.mux(packet)
    if first is None:
        target.unlink(missing_ok=True)
        return None
    return Segment(target, segment.starts_at + timedelta(seconds=first), segment.starts_at + timedelta(seconds=last))


def _format(path: Path) -> str:
    return {".ts": "mpegts", ".mkv": "matroska"}.get(path.suffix.lower(), "mp4")
