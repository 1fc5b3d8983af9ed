"""Whether a display answers: where none does, Qt would abort the process with a text of its own."""

from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path

from sleepscorer.file_questions import files_in

_ANSWER_S = 2.0
_X_DISPLAY = re.compile(r"(?P<host>.*?)(?:/unix)?:(?P<number>\d{1,5})(?:\.\d+)?")
_X_PORT = 6000
_PLUGIN_PREFIX = "libq"


def has_display() -> bool:
    """Whether Qt will find a display to show a window on; only on Linux there may be none."""
    if sys.platform != "linux":
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform:
        return _is_known(platform)
    x_display, wayland = (os.environ.get(name, "") for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return bool(x_display and _x_answers(x_display)) or bool(wayland and _wayland_answers(wayland))


def _is_known(platform: str) -> bool:
    """Whether Qt came with a plugin for one of the platforms that are asked for."""
    try:
        from PySide6.QtCore import QLibraryInfo
    except ImportError:  # said when the window is imported
        return True
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    known = tuple(path.stem.removeprefix(_PLUGIN_PREFIX) for path in files_in(folder, ".so"))
    wanted = [one.partition(":")[0].strip() for one in platform.split(";")]
    return not known or any(one.startswith(known) for one in wanted)


def _x_answers(display: str) -> bool:
    parts = _X_DISPLAY.fullmatch(display)
    if parts is None:
        return False
    host, number = parts["host"], int(parts["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  where X servers have it
        if _socket_answers(path) or _socket_answers(f"\0{path}"):
            return True
    try:
        address = (host.strip("[]") or "localhost", _X_PORT + number)
        socket.create_connection(address, timeout=_ANSWER_S).close()
    except (OSError, OverflowError, UnicodeError):
        return False
    return True


def _wayland_answers(display: str) -> bool:
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return _socket_answers(str(Path(folder) / display))


def _socket_answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.settimeout(_ANSWER_S)
        try:
            asking.connect(path)
        except (OSError, ValueError):
            return False
    return True
