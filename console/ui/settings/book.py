"""What the pages of the book have in common: its centre, and beside what is chosen the form of a row or the sheet of a file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from console.domain.place import Centre
from console.ui.base import theme
from console.ui.base.text import label_text
from console.ui.base.words import tr
from console.ui.case.pick import Pick
from console.ui.seat import CodeDesk, Seat
from console.ui.settings.editor import RowEditor
from console.ui.settings.page import Page
from console.ui.settings.sheets import SheetCard


class CentrePick(Pick):
    """Chooses the centre whose tables are edited; hidden while there is only one."""

    def __init__(self) -> None:
        """Make it with no centre."""
        super().__init__(tr("Centre"), ())
        self.setMinimumContentsLength(12)
        self.hide()

    def offer(self, centres: tuple[Centre, ...], chosen: int) -> None:
        """Offer these centres."""
        known = tuple((str(one.id), one.name) for one in centres)
        if known != tuple((str(self.itemData(n)), self.itemText(n)) for n in range(self.count())):
            self.blockSignals(True)
            self.clear()
            for code, name in known:
                self.addItem(name, code)
            self.choose(str(chosen))
            self.blockSignals(False)
        self.setVisible(len(centres) > 1)


class BookPage(Page):
    """A page whose rows are changed in the form beside it; `chooser` is where one comes back to from there."""

    kinds = frozenset({"code_change"})

    def __init__(self, seat: Seat, desk: CodeDesk, chooser: QWidget, parent: QWidget | None = None) -> None:
        """Make form and sheet of a seat; the subclass lays them out with what it shows."""
        super().__init__(parent)
        self._seat, self._chooser = seat, chooser
        self._centre_id = seat.actor.centre_id
        self.centre = CentrePick()
        self.sheet_button = QToolButton()
        self.sheet_button.setText(label_text(tr("Sheets …")))
        self.sheet_button.setFont(theme.font())
        self.editor = RowEditor(seat, desk)
        self.sheet = SheetCard(seat, desk)
        self.side = QStackedWidget()
        for card in (self.editor, self.sheet):
            self.side.addWidget(card)
            card.left.connect(self._leave_form)
            card.proposed.connect(self.refresh)
        self.sheet_button.clicked.connect(self._open_sheet)
        self.centre.currentIndexChanged.connect(self._turn_centre)
        self.setFocusProxy(chooser)

    def submit(self) -> bool:
        """Propose what is in the form or the sheet."""
        return self.sheet.submit() if self.side.currentWidget() is self.sheet else self.editor.submit()

    def stand(self, top: QLayout, left: QLayout, edge: int = 0) -> None:
        """Put the line on top, and what is chosen from beside the form; `edge` is the space left of it."""
        middle = QHBoxLayout()
        middle.setContentsMargins(theme.px(edge), 0, 0, 0)
        middle.setSpacing(theme.px(theme.GUTTER))
        middle.addLayout(left, 68)
        middle.addWidget(self.side, 32)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(middle, 1)

    def _open_sheet(self) -> None:
        self.side.setCurrentWidget(self.sheet)
        self.sheet.take_focus()

    def _turn_centre(self) -> None:
        if self.centre.code:
            self._centre_id = int(self.centre.code)
            self.refresh()

    def _leave_form(self) -> None:
        self.side.setCurrentWidget(self.editor)
        self._chooser.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self.answered.emit()
        self._seat.work.failed.emit(error)
