"""What the demo's people write: read from `resources/demo/texts.toml`, drawn with a seeded hand."""

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import Invalid


@dataclass(frozen=True)
class Texts:
    """Sentences by category and by answer; none names a living person."""

    reports: dict[str, tuple[str, ...]]
    weights: dict[str, int]
    answers: dict[str, tuple[str, ...]]
    roads: tuple[str, ...]
    town_spots: tuple[str, ...]
    village_spots: tuple[str, ...]
    photos: dict[str, str]
    done_photos: dict[str, str]
    months: dict[str, tuple[int, ...]]
    closings: dict[str, tuple[str, ...]]

    @staticmethod
    def load(path: Path) -> "Texts":
        """Read the file. Raises Invalid naming it when it is broken."""
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
            reports = {code: tuple(row["texts"]) for code, row in found["reports"].items()}
            weights = {code: int(row["weight"]) for code, row in found["reports"].items()}
            answers = {action: tuple(texts) for action, texts in found["answers"].items()}
            places = {name: tuple(spots) for name, spots in found["places"].items()}
            return Texts(
                reports, weights, answers, places["roads"], places["town"], places["village"], dict(found["photos"]),
                dict(found["done_photos"]), {code: tuple(row["months"]) for code, row in found["reports"].items() if "months" in row},
                {kind: tuple(texts) for kind, texts in found["closings"].items()},
            )  # fmt: skip
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as broken:
            raise Invalid(path.name, "broken_file", problem=str(broken)) from broken

    def category(self, hand: random.Random) -> str:
        """A category, as often as its weight says."""
        return hand.choices(list(self.weights), list(self.weights.values()))[0]

    def weights_in(self, month: int) -> dict[str, float]:
        """How often each category comes in a month: what has a season comes a tenth as often outside it."""
        return {code: weight * (0.1 if month not in self.months.get(code, (month,)) else 1.0) for code, weight in self.weights.items()}

    def place(self, hand: random.Random, area: str) -> str:
        """A made-up spot in a village or a town's community."""
        if area.endswith("社区"):
            return area + hand.choice(self.roads) + hand.choice(self.town_spots)
        return area + hand.choice(self.village_spots)

    def report(self, hand: random.Random, category: str, place: str) -> str:
        """What a grid worker writes."""
        return hand.choice(self.reports[category]).format(place=place)

    def photo(self, category: str, *, done: bool = False) -> str:
        """The drawn photo that goes with a category, or with its being done; empty for none."""
        return self.done_photos.get(category, self.done_photos["any"]) if done else self.photos.get(category, "")

    def answer(self, hand: random.Random, action: str) -> str:
        """What a department writes."""
        return hand.choice(self.answers.get(action, ("",)))
