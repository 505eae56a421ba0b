"""Phones for the intake benchmark, as a process of its own: each keeps one connection and sends its next report when answered.

Told by a line of JSON on stdin; one line of JSON comes back. Everything is written to bytes before the clock starts,
so that the phones take as little as possible of the machine they share with what is measured.
"""

import asyncio
import json
import sys
import time
import uuid

TEXT = "路口线路垂落，离地不到两米，已拉警戒线，请尽快派人处理。" * 22


def request(host: str, token: str, key: str, place: int) -> bytes:
    """A report of about 2 KB."""
    body = {
        "key": key, "category": ("0602", "0502", "0506", "0508", "0601")[place % 5], "text": TEXT, "address": f"仓颉路{place % 400}号旁",
        "lon": 115.134 + place % 97 / 10_000, "lat": 36.149 + place % 89 / 10_000, "datum": "wgs84", "accuracy_m": 8.5,
    }  # fmt: skip
    said = json.dumps(body, ensure_ascii=False).encode()
    head = f"POST /api/reports HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(said)}\r\n\r\n".encode() + said


async def answered(reader: asyncio.StreamReader) -> int:
    """Read one answer; its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    await reader.readexactly(length)
    return int(head[9:12])


async def phone(host: str, port: int, token: str, *, until: float) -> tuple[list[float], list[int]]:
    """Send until the time is over; how long each acknowledgement took, and every status that was none."""
    reader, writer = await asyncio.open_connection(host, port)
    took, wrong, place = [], [], hash(token) % 1000
    while (began := time.monotonic()) < until:
        place += 1
        writer.write(request(f"{host}:{port}", token, str(uuid.uuid4()), place))
        status = await answered(reader)
        if status == 201:
            took.append(time.monotonic() - began)
        else:
            wrong.append(status)
    writer.close()
    return took, wrong


async def every(wish: dict) -> dict:
    """Let all phones send at once."""
    until = time.monotonic() + wish["seconds"]
    told = await asyncio.gather(*(phone(wish["host"], wish["port"], token, until=until) for token in wish["tokens"]))
    return {"took": [one for took, _ in told for one in took], "wrong": [one for _, wrong in told for one in wrong]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(every(json.loads(sys.stdin.readline())))), flush=True)
