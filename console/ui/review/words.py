"""What a camera of a review says when it has no picture: what is wrong, and what to do."""

from console.ui.base.words import tr
from console.ui.review.deck import Reel
from console.ui.wall.faces import Veil

_REASONS = {
    "not_found": ("The recorder no longer has this recording", "Ask for another time"),
    "unauthorised": ("The recorder refuses", "Ask the system administrator for the recorder's password"),
    "refused": ("The recorder does not answer", "Tries again by itself"),
    "timeout": ("The recorder does not answer", "Tries again by itself"),
    "lost": ("The connection to the recorder broke", "Tries again by itself"),
    "hangs": ("The player stopped answering", "It is being started again"),
    "empty": ("The recording is empty", "Ask for another time"),
    "not_video": ("The recording cannot be read as pictures", "Ask for another time"),
    "bad_playlist": ("The recording leads to other addresses and is not opened", "Tell the system administrator"),
    "redirected": ("The recording leads to other addresses and is not opened", "Tell the system administrator"),
    "bad_address": ("The recording's address is not allowed", "Tell the system administrator"),
}


def trouble(reel: Reel) -> Veil | None:
    """What covers a camera's picture, or None while it shows what it should."""
    playing = reel.playing
    if reel.piece is None:
        return Veil(tr("No pictures at this time"))
    if reel.fault or playing.phase == "failed":
        words, step = _REASONS.get(reel.fault or playing.reason, _REASONS["lost"])
        return Veil(tr(words), next_step=tr(step))
    if playing.phase == "stalled":
        return Veil(tr("The recorder sends nothing"), next_step=tr("Tries again by itself"))
    if playing.phase == "ended":
        return Veil(tr("The recording ends here"))
    if playing.phase in ("none", "opening") and not playing.pictures:
        return Veil(tr("Opening"))
    return None
