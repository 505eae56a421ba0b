"""QR pictures: square, framed by light, with the three corners a reader looks for (ISO 18004)."""

from console.papers.qr import QUIET, squares

CORNER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def test_a_picture_has_its_quiet_zone_and_its_three_corners():
    rows = squares("otpauth://totp/console:director?secret=GEZDGNBVGY3TQOJQ&issuer=console")

    side = len(rows)
    assert (side - 2 * QUIET - 17) % 4 == 0, "17 + 4 squares a version"
    assert {len(row) for row in rows} == {side}
    assert {*rows[:QUIET], *rows[-QUIET:]} == {"0" * side}
    inside = [row[QUIET:-QUIET] for row in rows[QUIET:-QUIET]]
    assert tuple(row[:7] for row in inside[:7]) == CORNER
    assert tuple(row[-7:] for row in inside[:7]) == CORNER
    assert tuple(row[:7] for row in inside[-7:]) == CORNER


def test_another_text_is_another_picture():
    assert squares("a" * 30) != squares("b" * 30)
