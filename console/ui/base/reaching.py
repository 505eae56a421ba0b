"""How to reach a colleague, in words, with the number to dial on the clipboard."""

from PySide6.QtWidgets import QApplication

from console.domain.search import PersonHit
from console.ui.base.words import tr


def call_note(person: PersonHit) -> str:
    """How to reach a colleague: the unit's duty phone is copied, the own number stays masked."""
    facts = {"name": person.name, "unit": person.unit, "phone": person.masked_phone}
    if not person.unit_phone:
        return tr("{name}, {unit}, work phone {phone}", **facts)
    QApplication.clipboard().setText(person.unit_phone)
    return tr("{name}, {unit}, work phone {phone}; the unit's duty phone {duty} is copied", duty=person.unit_phone, **facts)
