"""The windows; the only package that knows Qt."""

import sys

import PySide6.QtCore  # noqa: F401  which loads what is quietened here

_LOOKING_FOR_FEATURES = ("PySide6.support.feature", "shibokensupport.feature")


def _read_no_sources() -> None:
    """Keep PySide6 from reading the source of each module that is imported from now on.

    It looks for its own name there, to know in which modules its optional names may be switched on
    (``from __feature__ import …``), which nothing here does. `linecache` would hold what was read:
    80 MB once torch is imported, and a frozen application, which has no sources, does without.
    """
    for name in _LOOKING_FOR_FEATURES:
        if name in sys.modules:
            vars(sys.modules[name])["_mod_uses_pyside"] = lambda _module: False


_read_no_sources()
