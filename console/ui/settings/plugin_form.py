"""The form of a plugin's settings: one field for each, made from its manifest."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from console.domain.plugin import SETTING_MAX, Manifest, Setting, lacking
from console.ui.base.line import LineEdit
from console.ui.base.words import language, tr
from console.ui.case.note import Note
from console.ui.settings.staff import button, choice, form, line, named


class PluginForm(QWidget):
    """Shows the settings of one plugin; `values` is what is typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it for no plugin yet."""
        super().__init__(parent)
        self.fields: dict[str, QWidget] = {}
        self._rows: QFormLayout = form()
        self._manifest: Manifest | None = None
        self._has_secrets = False
        self.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, 0, 0)

    def show_plugin(self, manifest: Manifest | None, values: Mapping[str, object], *, has_secrets: bool) -> None:
        """Show another plugin's fields with what is set; secrets stay empty and say whether there is one."""
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self.fields = {}
        self._manifest, self._has_secrets = manifest, has_secrets
        for setting in manifest.settings if manifest is not None else ():
            field = self._field(setting, values.get(setting.name, setting.default))
            self.fields[setting.name] = field
            label = named(setting.label.named(language()) + (" *" if setting.is_needed else ""))
            label.setWordWrap(True)
            self._rows.addRow(label, self._beside(setting, field))

    @property
    def values(self) -> dict[str, object]:
        """What is typed and chosen."""
        return {name: _value(field) for name, field in self.fields.items()}

    @property
    def lacks(self) -> str:
        """The needed fields that are empty, by their names."""
        if self._manifest is None:
            return ""
        empty = [one for one in lacking(self._manifest, self.values) if not (one.kind == "secret" and self._has_secrets)]
        return tr(", ").join(one.label.named(language()) for one in empty)

    def _field(self, setting: Setting, value: object) -> QWidget:
        label = setting.label.named(language())
        if setting.kind == "flag":
            box = QCheckBox()
            box.setAccessibleName(label)
            box.setChecked(bool(value))
            box.toggled.connect(self.changed)
            return box
        if setting.kind == "choice":
            made = choice(label, tuple((code, one.named(language())) for code, one in setting.choices))
            made.setCurrentIndex(max(0, made.findData(str(value))))
            made.currentIndexChanged.connect(self.changed)
            return made
        if setting.kind == "lines":
            note = Note("", lines=3)
            note.setAccessibleName(label)
            note.write(str(value))
            note.textChanged.connect(self.changed)
            return note
        return self._line(setting, label, value)

    def _line(self, setting: Setting, label: str, value: object) -> LineEdit:
        hint = tr("kept; type to replace it") if setting.kind == "secret" and self._has_secrets else ""
        field = line(label, longest=SETTING_MAX, hint=hint)
        if setting.kind == "secret":
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setText(str(value))
        field.textChanged.connect(self.changed)
        return field

    def _beside(self, setting: Setting, field: QWidget) -> QWidget:
        if setting.kind != "file" or not isinstance(field, LineEdit):
            return field
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field, 1)
        row.addWidget(button(tr("Choose a file …"), lambda: self._choose(field)))
        return room

    def _choose(self, field: LineEdit) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose a file"), "", "CSV, GeoJSON (*.csv *.txt *.json *.geojson)")
        if path:
            field.setText(path)


def _value(field: QWidget) -> object:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentData()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    assert isinstance(field, LineEdit)
    return field.text()
