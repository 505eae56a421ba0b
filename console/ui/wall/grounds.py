"""Why a camera hangs on a case's wall, in words: how far and where, whether it covers the place, how it is, whether it turns."""

from console.domain.outlook import Health, Sight, Vantage
from console.ui.base.winds import wind, wind_letters
from console.ui.base.words import tr

_SIGHTS: dict[Sight, str] = {
    "covers": "covers the place", "turns": "can turn to it", "untold": "view not known", "beside": "looks beside it",
}  # fmt: skip
_LONG: dict[Sight, str] = {
    "covers": "Its view covers the place",
    "turns": "Its view does not cover the place; it can be turned there",
    "untold": "The register does not say which way it looks",
    "beside": "Its view does not cover the place",
}
_HEALTH: dict[Health, str] = {
    "live": "It was live when it was chosen", "untried": "Nobody here was looking through it when it was chosen",
    "down": "It gave no picture when it was chosen", "absent": "The register knows no address of it",
}  # fmt: skip


def metres(distance_m: float) -> str:
    """A distance for reading at a glance: tens of metres, from one kilometre on tenths of it."""
    if distance_m < 995:
        return tr("{n} m", n=10 * round(distance_m / 10) if distance_m >= 100 else round(distance_m))
    return tr("{n} km", n=f"{distance_m / 1_000:.1f}")


def on_band(one: Vantage) -> tuple[str, ...]:
    """What a tile's band says, longest first; whoever paints takes what fits."""
    far = metres(one.distance_m)
    sight = tr(_SIGHTS[one.sight])
    if one.bearing_deg is None:
        return tr("at the place, {sight}", sight=sight), sight, tr("at the place")
    placed = tr("{wind} {metres}", wind=wind_letters(one.bearing_deg), metres=far)
    return tr("{placed}, {sight}", placed=placed, sight=sight), tr("{placed}, {sight}", placed=far, sight=sight), placed, far


def in_full(one: Vantage) -> str:
    """Every factor of the ranking, line by line."""
    far = metres(one.distance_m)
    where = tr("Stands {metres} {wind} of the place", metres=far, wind=wind(one.bearing_deg)) if one.bearing_deg is not None else tr(
        "Stands at the place"
    )
    turns = tr("It can be turned") if one.can_turn else tr("It cannot be turned")
    return "\n".join((where, tr(_LONG[one.sight]), tr(_HEALTH[one.health]), turns))
