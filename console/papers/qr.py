"""QR pictures as rows of dark and light squares; whoever shows them paints the squares."""

import segno

QUIET = 4  # light squares around the picture, as ISO 18004 wants


def squares(text: str) -> tuple[str, ...]:
    """The picture of a text, its quiet zone included, one string of "1" (dark) and "0" (light) a row."""
    picture = segno.make(text, error="m", micro=False)
    return tuple("".join("1" if dark else "0" for dark in row) for row in picture.matrix_iter(border=QUIET))
