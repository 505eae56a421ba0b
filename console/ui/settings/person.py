"""The form of one person: who, where, which roles, until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.account import EMPLOYMENTS
from console.domain.codes import Codes
from console.domain.limits import CHINA
from console.domain.people_file import day_end
from console.service.accounts import Person
from console.service.administration import UserRow
from console.ui.base import theme
from console.ui.base.text import label_text, tip
from console.ui.base.words import language, tr
from console.ui.settings.staff import choice, form, line, named


@dataclass(frozen=True)
class Filled:
    """What stands in the form: the unit by its code, the roles, and the rest."""

    login: str
    unit_code: str
    person: Person
    roles: tuple[str, ...]


class PersonForm(QScrollArea):
    """Fields of a person; `filled` reads them, raising Invalid for a date that is none."""

    sent = Signal()  # Ctrl+Enter

    def __init__(self, codes: Codes, parent: QWidget | None = None) -> None:
        """Make the empty form."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.login = line(tr("Login"), longest=40, hint=tr("small letters and digits"))
        self.name = line(tr("Name"), longest=40)
        self.phone = line(tr("Work phone"), longest=30)
        self.unit = line(tr("Unit code"), longest=24)
        self.grid = line(tr("Grid code"), longest=15)
        self.employment = choice(tr("Employment"), tuple((code, employment_words(code)) for code in EMPLOYMENTS))
        self.valid_to = line(tr("Valid to"), longest=10, hint="2027-12-31")
        self.trained = line(tr("Last training"), longest=10, hint="2026-11-01")
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        fields = form()
        for words, field in (
            (tr("Login"), self.login), (tr("Name"), self.name), (tr("Work phone"), self.phone), (tr("Unit code"), self.unit),
            (tr("Grid code"), self.grid), (tr("Employment"), self.employment), (tr("Valid to"), self.valid_to),
            (tr("Last training"), self.trained),
        ):  # fmt: skip
            fields.addRow(named(words), field)
        column.addLayout(fields)
        column.addWidget(named(tr("Roles")))
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(2))
        self.roles: dict[str, QCheckBox] = {}
        for at, (code, role) in enumerate(codes.roles.items()):
            box = QCheckBox(label_text(f"{code} {role.named(language())}"))
            tip(box, role.named(language()))
            self.roles[code] = box
            grid.addWidget(box, at // 2, at % 2)
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(room)

    def show_person(self, row: UserRow | None) -> None:
        """Show a person, or an empty form for a new one."""
        user = row.user if row is not None else None
        self.login.setReadOnly(user is not None)
        texts = (
            (self.login, user.login if user else ""), (self.name, user.name if user else ""), (self.phone, user.work_phone if user else ""),
            (self.unit, row.unit_code if row else self.unit.text()), (self.grid, user.grid if user else ""),
            (self.valid_to, last_day(user.valid_to) if user else ""), (self.trained, last_day(user.trained_at) if user else ""),
        )  # fmt: skip
        for field, text in texts:
            field.setText(text)
        self.employment.setCurrentIndex(max(0, self.employment.findData(user.employment if user else "")))
        for code, box in self.roles.items():
            box.setChecked(user is not None and code in user.roles)

    def set_open(self, is_open: bool) -> None:
        """Let the fields be written, or only read."""
        self.widget().setEnabled(is_open)

    def filled(self, org_id: int = 0) -> Filled:
        """What stands in the form. Raises Invalid("bad_date")."""
        person = Person(
            self.name.text().strip(), self.phone.text().strip(), org_id, self.grid.text().strip(), str(self.employment.currentData()),
            day_end(self.valid_to.text().strip()), day_end(self.trained.text().strip()),
        )  # fmt: skip
        wanted = tuple(code for code, box in self.roles.items() if box.isChecked())
        return Filled(self.login.text().strip(), self.unit.text().strip(), person, wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
            return
        super().keyPressEvent(event)


def employment_words(code: str) -> str:
    """What an employment is called."""
    return {
        "": tr("not said"), "civil": tr("civil servant"), "public": tr("public institution"), "contract": tr("bought service"),
        "parttime": tr("part time"), "volunteer": tr("volunteer"),
    }[code]  # fmt: skip


def last_day(until: datetime | None) -> str:
    """The last day before an instant, as people write it."""
    return (until.astimezone(CHINA) - timedelta(seconds=1)).strftime("%Y-%m-%d") if until is not None else ""
