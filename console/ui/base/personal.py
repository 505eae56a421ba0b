"""The prompt before personal numbers are stored: an identity, card, phone or plate number in free words (handbook G12).

A form asks `clears(fields)` before it sends. When something was found the prompt
stands there, and the officer masks the numbers or keeps them; masking is the first choice.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from console.domain.masking import FindingKind, mask_text, personal_numbers
from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr


class PersonalPrompt(QFrame):
    """Says what was found in the fields and waits for one of two answers."""

    answered = Signal()  # the fields are as they shall be stored: send again

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self._fields: tuple[QPlainTextEdit, ...] = ()
        self._kept = ""
        self.words = PlainLabel(wrap=True)
        self.words.set_badge("amber")
        self.mask = QPushButton(label_text(tr("Mask them and go on")))
        self.mask.setProperty("primary", True)
        self.keep = QPushButton(label_text(tr("They are needed, keep them")))
        row = QHBoxLayout()
        row.setSpacing(theme.px(theme.GUTTER))
        row.addWidget(self.mask, 2)
        row.addWidget(self.keep, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.words)
        column.addLayout(row)
        self.mask.clicked.connect(self._mask)
        self.keep.clicked.connect(self._keep)
        self.hide()

    def clears(self, *fields: QPlainTextEdit) -> bool:
        """Whether nothing personal stands in these fields, or just this was kept on purpose; else the prompt asks."""
        self._fields = fields
        typed = self._typed()
        kinds = dict.fromkeys(finding.kind for text in typed for finding in personal_numbers(text))
        if not kinds or "\0".join(typed) == self._kept:
            self.hide()
            return True
        named = tr(", ").join(_kind_words(kind) for kind in kinds)
        self.words.setText(tr("Your words hold {kinds}; they would be stored, and read by all who may see the case.", kinds=named))
        self.show()
        self.mask.setFocus()
        return False

    def _typed(self) -> list[str]:
        return [field.toPlainText() for field in self._fields]

    def _mask(self) -> None:
        for field in self._fields:
            masked = mask_text(field.toPlainText())
            if masked != field.toPlainText():
                field.setPlainText(masked)
        self._answer()

    def _keep(self) -> None:
        self._kept = "\0".join(self._typed())
        self._answer()

    def _answer(self) -> None:
        self.hide()
        self.answered.emit()


def _kind_words(kind: FindingKind) -> str:
    return {
        "identity": tr("an identity number"), "card": tr("a bank card number"),
        "phone": tr("a phone number"), "plate": tr("a number plate"),
    }[kind]  # fmt: skip
