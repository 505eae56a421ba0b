"""A wall panel on the screen, and what is painted of a camera."""

from PIL import Image
from PySide6.QtGui import QImage

from console.ui.wall.panel import WallPanel
from console.ui.wall.tile import picture_box


def shown(hall, qtbot, size=(1240, 760)):
    made = WallPanel(hall.seat)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    qtbot.waitUntil(lambda: len(made.list.cameras) == 5)
    return made


def picture_of(panel, code):
    """What is painted of a camera, as an image."""
    camera = next(camera for camera in panel.list.cameras if camera.code == code)
    box = picture_box(panel.tiles.boxes[panel.wall.place_of(camera.id)])
    grabbed = panel.tiles.grab(box).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    size, pixels = (grabbed.width(), grabbed.height()), bytes(grabbed.constBits())
    return Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", grabbed.bytesPerLine(), 1)


def is_live(panel, place=0):
    face = panel.tiles._faces.get(place)
    return face is not None and face.age.endswith("s") and face.veil is None
