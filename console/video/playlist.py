"""What an HLS playlist says (RFC 8216), read strictly: its streams and parts lie on the playlist's own host, or it is refused."""

from dataclasses import dataclass, replace
from urllib.parse import urljoin

from console.domain.errors import Invalid
from console.video.fetch import Failed, replace_login
from console.video.source import Address, parse

MARK = b"#EXTM3U"
MAX_BYTES = 512 * 1024
MAX_PARTS = 5_000
FROM_END = 3  # a live list is begun so many parts before its end (RFC 8216, 6.3.3)
TARGET_S = (1.0, 30.0)


@dataclass(frozen=True)
class Playlist:
    """Either other playlists to choose from, or the parts of one stream."""

    variants: tuple[Address, ...] = ()
    parts: tuple[Address, ...] = ()
    first: int = 0
    head: Address | None = None
    target_s: float = 5.0
    is_over: bool = False

    @property
    def last(self) -> int:
        """The number of the newest part."""
        return self.first + len(self.parts) - 1

    def begin(self) -> int:
        """The number of the part to begin with."""
        return self.first if self.is_over else max(self.first, self.last + 1 - FROM_END)


def is_playlist(content: bytes) -> bool:
    """Whether an answer that begins so is a playlist."""
    return content.removeprefix(b"\xef\xbb\xbf").startswith(MARK)


def read(content: bytes, at: Address) -> Playlist:
    """A playlist that was found at an address.

    Raises Failed("elsewhere") for anything outside the host, of whatever scheme, and
    Failed("wrong_codec") for what is encrypted, cut by bytes, too long or nothing of the kind.
    """
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    if not is_playlist(content) or len(content) > MAX_BYTES or len(lines) > 8 * MAX_PARTS:
        raise Failed("wrong_codec")
    found, is_master = Playlist(), False
    listed: list[Address] = []
    for line in lines:
        if line and not line.startswith("#"):
            listed.append(beside(at, line))
        tag, _, value = line.partition(":")
        match tag:
            case "#EXT-X-STREAM-INF":
                is_master = True
            case "#EXT-X-TARGETDURATION":
                found = replace(found, target_s=min(max(_number(value), TARGET_S[0]), TARGET_S[1]))
            case "#EXT-X-MEDIA-SEQUENCE":
                found = replace(found, first=int(_number(value)))
            case "#EXT-X-MAP":
                found = replace(found, head=_head(at, value, found.head))
            case "#EXT-X-ENDLIST":
                found = replace(found, is_over=True)
            case "#EXT-X-BYTERANGE":
                raise Failed("wrong_codec")
            case "#EXT-X-KEY" if "METHOD=NONE" not in value:
                raise Failed("wrong_codec")
    if (not listed and is_master) or len(listed) > MAX_PARTS:
        raise Failed("wrong_codec")
    return replace(found, variants=tuple(listed)) if is_master else replace(found, parts=tuple(listed))


def beside(at: Address, told: str) -> Address:
    """What a playlist names, with the playlist's own login. Raises Failed("elsewhere") unless it lies on the same host."""
    try:
        found = parse(urljoin(replace_login(at), told), hosts=frozenset({at.host}))
    except (Invalid, ValueError) as outside:
        raise Failed("elsewhere") from outside
    if found.scheme not in ("http", "https"):
        raise Failed("elsewhere")
    return replace(found, user=at.user, password=at.password)


def _head(at: Address, value: str, before: Address | None) -> Address:
    uri = value.partition('URI="')[2].partition('"')[0]
    head = beside(at, uri)
    if not uri or "BYTERANGE" in value or (before is not None and before != head):
        raise Failed("wrong_codec")
    return head


def _number(value: str) -> float:
    try:
        number = float(value)
    except ValueError as wrong:
        raise Failed("wrong_codec") from wrong
    if not 0 <= number < 2**63:
        raise Failed("wrong_codec")
    return number
