"""Key sites (重点部位): what is inspected, and what is due. They stand on no screen yet but are asked like everything else."""

from console.domain.people import Actor
from console.domain.site import KeySite
from console.store.find import sites
from console.store.scope import Scope
from console.store.store import Store


class Sites:
    """Questions about key sites, each inside the actor's scope."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def listed(self, actor: Actor, kind: str = "") -> tuple[KeySite, ...]:
        """Key sites of the actor's area, of one CT-20 kind or all, the longest due for inspection first."""
        with self._store.read() as unit:
            return sites.key_sites(unit, Scope(actor), kind)
