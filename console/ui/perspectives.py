"""Which panels stand where: the seven screens of the seat as plain trees, without Qt.

A tree names panels; panels that are not built yet simply leave their room to the others.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Split:
    """Panels side by side (`is_row`) or one above the other, sharing the room by weights."""

    is_row: bool
    parts: tuple["Split | str", ...]
    weights: tuple[int, ...]


Tree = Split | str


@dataclass(frozen=True)
class Perspective:
    """One screen of the seat: its number key, its English source name, the panel it cannot do without."""

    number: int
    name: str
    needs: str
    tree: Tree


PERSPECTIVES = (
    Perspective(
        1, "Duty", "inbox",
        Split(True, (
            Split(False, ("inbox", "board"), (72, 28)), Split(False, ("map", "wall"), (72, 28)), "case",
        ), (295, 490, 210)),
    ),
    Perspective(2, "Cases", "case", Split(True, ("inbox", "case"), (40, 60))),
    Perspective(3, "Dispatch board", "board", Split(True, ("board", Split(False, ("case", "map"), (60, 40))), (62, 38))),
    Perspective(4, "Video", "wall", Split(True, ("wall", Split(False, ("case", "map"), (55, 45))), (72, 28))),
    Perspective(5, "Log", "log", Split(True, ("log", "case"), (65, 35))),
    Perspective(6, "Figures", "figures", "figures"),
    Perspective(7, "Administration", "admin", "admin"),
)  # fmt: skip


def prune(tree: Tree, known: frozenset[str]) -> Tree | None:
    """The tree with only the panels that exist; None when none of them does."""
    if isinstance(tree, str):
        return tree if tree in known else None
    kept = [(part, weight) for one, weight in zip(tree.parts, tree.weights, strict=True) if (part := prune(one, known))]
    if len(kept) <= 1:
        return kept[0][0] if kept else None
    return Split(tree.is_row, tuple(part for part, _ in kept), tuple(weight for _, weight in kept))


def leaves(tree: Tree | None) -> tuple[str, ...]:
    """The panels of a tree, from the upper left."""
    if tree is None or isinstance(tree, str):
        return (tree,) if tree else ()
    return tuple(name for part in tree.parts for name in leaves(part))
