"""What was typed but not sent, by case: kept while other cases come between, and when the screens are built anew."""

from dataclasses import dataclass, field

from console.ui.case.moves import Answers
from console.ui.case.plan import Plan


@dataclass
class Drafts:
    """Unsent plans and form answers of one seat, in memory."""

    plans: dict[int, Plan] = field(default_factory=dict)
    answers: dict[tuple[int, str], Answers] = field(default_factory=dict)

    def forget(self, case_id: int, action: str) -> None:
        """An act was carried out: what was typed for it has been said."""
        if action == "send":
            self.plans.pop(case_id, None)
        self.answers.pop((case_id, action), None)
