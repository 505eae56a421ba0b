"""What was typed but not sent, by case: kept while other cases come between, and written down for the case that the program dies.

One file per person, readable by the owner of the data folder alone, as the database is; it holds no more than the forms do,
and is gone as soon as nothing waits. Two programs of one person are no case for it: the later one's words stay.
"""

import json
import logging
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from console.ui.case.moves import Answers
from console.ui.case.plan import Plan

log = logging.getLogger(__name__)
KEPT_S = 7 * 86_400


@dataclass
class Drafts:
    """Unsent plans and form answers of one person; without a file they last as long as the program."""

    plans: dict[int, Plan] = field(default_factory=dict)
    answers: dict[tuple[int, str], Answers] = field(default_factory=dict)
    file: Path | None = None
    _written: str = field(default="", repr=False)

    @staticmethod
    def of(file: Path) -> "Drafts":
        """What a person had typed when the program ended, unless it is a week old or cannot be read."""
        try:
            is_old = file.stat().st_mtime < time.time() - KEPT_S
            text = "" if is_old else file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return Drafts(file=file)
        except (OSError, UnicodeDecodeError) as fault:
            log.warning("drafts cannot be read: %s", fault)
            return Drafts(file=file)
        try:
            return _read(text, file)
        except (ValueError, TypeError, KeyError, AttributeError) as broken:
            log.warning("drafts cannot be understood: %s", type(broken).__name__)  # its words may be somebody's
            return Drafts(file=file)

    def forget(self, case_id: int, action: str) -> None:
        """An act was carried out: what was typed for it has been said."""
        if action == "send":
            self.plans.pop(case_id, None)
        self.answers.pop((case_id, action), None)
        self.write()

    def write(self) -> None:
        """Write down what has changed since it was last written; whole or not at all."""
        text = self._text()
        if self.file is None or text == self._written:
            return
        try:
            if text:
                self._replace(self.file, text)
            else:
                self.file.unlink(missing_ok=True)
        except OSError as fault:
            log.warning("drafts cannot be written: %s", fault)
        self._written = text

    def _text(self) -> str:
        if not self.plans and not self.answers:
            return ""
        answers = [[case_id, action, asdict(one)] for (case_id, action), one in self.answers.items()]
        return json.dumps({"plans": {str(key): asdict(plan) for key, plan in self.plans.items()}, "answers": answers}, ensure_ascii=False)

    def _replace(self, file: Path, text: str) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(text, encoding="utf-8")
        os.replace(new, file)


def _read(text: str, file: Path) -> Drafts:
    found = json.loads(text) if text else {"plans": {}, "answers": []}
    plans = {int(key): Plan(**{**plan, "parts": tuple(map(tuple, plan["parts"]))}) for key, plan in found["plans"].items()}
    return Drafts(plans, {(case_id, action): Answers(**one) for case_id, action, one in found["answers"]}, file, text)
