"""The sound of the enlarged camera: libvlc plays it in a process of its own, sound and picture together, as it plays recordings.

The tile's own stream goes on beneath, so that the picture is there at once when the sound ends
or cannot be had. The look that is open already answers for it: one camera at a time, only while
it is enlarged.
"""

from PySide6.QtCore import QObject, Signal, Slot

from console.domain.errors import Invalid
from console.ui.base.words import refusal, tr
from console.ui.wall.host import Host
from console.ui.wall.looks import Look
from console.ui.wall.tiles import Tiles
from console.video.player import HOPELESS, Player, Playing
from console.video.source import Address, parse, parse_footage
from console.video.wall import chosen_camera


class Hearing(QObject):
    """Lets one camera of a wall be heard."""

    _moved = Signal()  # out of the player's thread

    def __init__(self, host: Host, tiles: Tiles) -> None:
        """Make it for a panel; nothing is heard."""
        super().__init__(tiles)
        self._host, self._tiles = host, tiles
        self._look: Look | None = None
        self._player: Player | None = None
        self._said = ""
        self._moved.connect(self._follow)

    @property
    def playing(self) -> Playing | None:
        """How the player is; None while nothing is heard."""
        return self._player.playing if self._player is not None else None

    def mark(self, camera_id: int) -> str:
        """What the tile of a camera says about being heard."""
        if self._look is None or self._player is None or self._look.camera.id != camera_id:
            return ""
        return tr("sound") if self._player.playing.sound == "heard" else tr("sound …")

    def toggle(self) -> None:
        """Hear the chosen tile's camera, enlarged, or no more."""
        if self._player is not None:
            self.end()
            return
        look = self._host.looks.get(chosen_camera(self._host.wall) or 0)
        if look is None or look.view is None:
            self._host.seat.said.emit(tr("Choose a tile with a picture first"))
            return
        try:
            address = _address(look)
        except Invalid as wrong:
            self._host.seat.said.emit(refusal(wrong))
            return
        if address is None:
            self._host.seat.said.emit(tr("No sound of {code}: only cameras reached by HTTP can be heard", code=look.camera.code))
            return
        if not self._host.wall.is_maximised:
            self._host.hang(self._host.wall.toggle_maximised())
        self._begin(look, address)

    @Slot()
    def keep(self) -> None:
        """The wall hangs otherwise: a camera that is not enlarged any more is not heard."""
        if self._look is not None and not (self._host.wall.is_maximised and self._look.camera.id in self._host.wall.seen):
            self.end()
        elif self._player is not None:
            self._player.resize(*self._size())

    @Slot()
    def end(self) -> None:
        """Hear nothing; the picture is the tile's own again."""
        player, look = self._player, self._look
        self._player = self._look = None
        if player is not None and look is not None:
            self._host.looks.heard.pop(look.camera.id, None)
            player.close()
            self._tiles.tick()

    def _begin(self, look: Look, address: Address) -> None:
        self._look, self._said = look, ""
        self._player = player = Player(self._moved.emit)
        self._host.looks.heard[look.camera.id] = player
        player.resize(*self._size())
        player.sound(True)
        player.open(address)
        self._host.seat.said.emit(tr("Sound of {code} …", code=look.camera.code))
        self._tiles.tick()

    def _size(self) -> tuple[int, int]:
        ratio, box = self._tiles.devicePixelRatioF(), self._tiles.boxes[self._host.wall.chosen]
        return round(box.width * ratio), round(box.height * ratio)

    @Slot()
    def _follow(self) -> None:
        look, playing = self._look, self.playing
        if look is None or playing is None:
            return
        words = _trouble(playing)
        if words and words != self._said:
            self._host.seat.said.emit(tr("No sound of {code}: {why}", code=look.camera.code, why=words))
        self._said = words
        if playing.phase == "ended" or playing.sound == "none" or playing.reason in HOPELESS:
            self.end()
        else:
            self._tiles.tick()


def _address(look: Look) -> Address | None:
    """What libvlc may play of a camera: the better of its streams that come by HTTP. Raises Invalid for an address no player may have."""
    assert look.view is not None
    for text in filter(None, (look.view.main_address, look.view.sub_address)):
        if parse(text).scheme in ("http", "https"):
            return parse_footage(text)
    return None


def _trouble(playing: Playing) -> str:
    """Why nothing is heard, "" when nothing is wrong."""
    if playing.phase == "ended":
        return tr("the camera has ended it")
    if playing.phase == "failed":
        return tr("the camera refuses the player") if playing.reason == "unauthorised" else tr("the camera does not answer the player")
    if playing.sound == "none":
        return tr("it sends none")
    return tr("nothing at this seat can play it") if playing.sound == "no_output" else ""
