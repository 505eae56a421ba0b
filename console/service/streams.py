"""Addresses that are asked for when somebody looks: platforms make one only then, and only for who has his access row."""

from dataclasses import replace

from console.domain.camera import LiveView
from console.domain.errors import ConsoleError, Missing, Refused, Unavailable
from console.domain.people import Actor
from console.service.desk import Desk
from console.service.plugins import Plugins
from console.store import register, video
from console.store.find import places
from console.store.scope import Scope
from console.video.source import parse

WAIT_S = 12.0  # a platform wakes the camera first


class Streams:
    """Finds the way to a camera through its plugin. Ask in a reading thread: it may take seconds."""

    def __init__(self, desk: Desk, plugins: Plugins) -> None:
        self._desk = desk
        self._plugins = plugins

    def stream_address(self, actor: Actor, view: LiveView) -> LiveView:
        """A look with its addresses: those of the register, else those its plugin gives now.

        Raises Missing for a camera outside the actor's area, Refused("look_over") for a look
        that has ended or is another's, Unavailable when there is no address.
        """
        if view.sub_address or view.main_address:
            return view
        with self._desk.store.read() as unit:
            places.camera_by_id(unit, Scope(actor), view.camera.id)
            if not video.is_open(unit, view.access_id, actor.user_id, view.camera.id):
                raise Refused("look_over")
            source = register.source_of(unit, view.camera.id)
        if source is None:
            raise Unavailable("no_live_address")
        found = self._plugins.ask(source.plugin, "stream", {"ref": source.ref}, WAIT_S)
        told = found if isinstance(found, dict) else {}
        main, sub = (_address(told.get(name)) for name in ("main", "sub"))
        if not (main or sub):
            raise Unavailable("no_live_address")
        low = sub or main
        return replace(view, sub_address=low, main_address=main if main != low else "")  # one stream is not opened twice

    def is_lazy(self, actor: Actor, camera_id: int) -> bool:
        """Whether a camera without an address may have one when it is asked for."""
        with self._desk.store.read() as unit:
            try:
                places.camera_by_id(unit, Scope(actor), camera_id)
            except Missing:
                return False
            return register.source_of(unit, camera_id) is not None


def _address(told: object) -> str:
    if not isinstance(told, str) or not told:
        return ""
    try:
        return parse(told).for_player()
    except ConsoleError as wrong:
        raise Unavailable("no_live_address") from wrong
