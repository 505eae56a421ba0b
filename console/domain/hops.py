"""Hop codes (handbook 2.1): one short word for who passed a case to whom, over how many levels."""

UP, DOWN, FLOW = "R", "S", "F"
VILLAGE_LEVEL, GRID_LEVEL = 5, 6


def hop(source: int, target: int, *, to: str = "U") -> str:
    """`U6R1U5`: level 6 reports one level up; `U5S1U6` sends down; `U4F0D4` flows to a department (`to="D"`) of the same level."""
    steps = abs(source - target)
    way = FLOW if to == "D" or not steps else UP if target < source else DOWN
    return f"U{source}{way}{steps}{to}{target}"
