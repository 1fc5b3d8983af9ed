"""Draw the program's icon in the formats that systems ask for, from resources/icon/sleepscorer.svg.

Usage: python packaging/icons.py [FOLDER], with the Python of a developer's environment; without a
folder, the icons there are replaced.
"""

import argparse
import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parents[1] / "resources" / "icon"
NAME = "sleepscorer"
SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
LARGEST_PX = 1024


def main() -> None:
    """Write PNG, ICO and ICNS."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    drawn = {size_px: drawing(size_px) for size_px in (*SIZES_PX, 512, LARGEST_PX)}
    drawn[256].save(folder / f"{NAME}.png", optimize=True)
    # Each size drawn from the lines: made smaller from one picture, they blur.
    small = [drawn[size_px] for size_px in SIZES_PX]
    small[-1].save(
        folder / f"{NAME}.ico", sizes=[one.size for one in small], append_images=small[:-1]
    )
    drawn[LARGEST_PX].save(
        folder / f"{NAME}.icns", append_images=[drawn[size_px] for size_px in (32, 64, 128, 256)]
    )


def drawing(size_px: int) -> Image.Image:
    """Return the icon in a size."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(FOLDER / f"{NAME}.svg")).render(painter)
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(buffer.data().data()))


if __name__ == "__main__":
    main()
