"""Texts on their way out: what files, pages and labels can hold of a text that was read.

Whatever could be read can be saved, drawn and exported. Names of files need not be UTF-8, labels
hold control letters, comments begin like a formula: each way out has one function here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from html import escape

_NUL_SHOWN = "\u2400"
_UNKNOWN = "\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")
# Letters that neither XML nor HTML may hold, however they are written.
_NOT_IN_MARKUP = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # the others stand for bytes, see PEP 383
_NOT_IN_NAMES = re.compile('[\x00-\x1f/\\\\:*?"<>|]')
_RESERVED_NAMES = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\..*)?", re.IGNORECASE)
_MOST_NAME_BYTES = 250
"""Fewer than the 255 that file systems have: a side file may have a longer suffix."""


def storable(text: str) -> str:
    """Text that UTF-8 and HDF5 can hold: NUL is shown as ␀, what is no letter as �."""
    return _SURROGATE.sub(_UNKNOWN, text).replace("\x00", _NUL_SHOWN)


def json_text(document: object) -> str:
    """JSON for other programs' eyes and people's, with what UTF-8 can hold of the texts in it."""
    return storable(json.dumps(document, indent=1, ensure_ascii=False)) + "\n"


def storable_name(name: str) -> bytes:
    """Name of a file as its bytes, which need not be UTF-8."""
    return (
        _NO_BYTE.sub(_UNKNOWN, name).replace("\x00", _NUL_SHOWN).encode("utf-8", "surrogateescape")
    )


def one_line(text: str) -> str:
    """Text for a message: control letters and line breaks are blanks."""
    return _CONTROL.sub(" ", text).strip()


def markup(text: str) -> str:
    """Text as it stands in HTML, SVG and XML."""
    return escape(markup_letters(text))


def markup_letters(text: str) -> str:
    """Text of letters that HTML, SVG and XML can hold, for what escapes them itself."""
    return _NOT_IN_MARKUP.sub(_UNKNOWN, text)


def cell(text: str) -> str:
    """Text of a cell in CSV or TSV that no spreadsheet takes for a formula; see `cell_text`.

    Source: https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def cell_text(written: str) -> str:
    """Text that `cell` was given."""
    return written[1:] if written.startswith("'") and _FORMULA.match(written) else written


def file_name(stem: str, ending: str) -> str:
    """Name of a file that every file system takes, e.g. ``"night-hypnogram.edf"``.

    A stem that is too long is cut off and gets a hash, so that two of them stay apart.

    Parameters
    ----------
    stem
        Name of what the file is made of, without suffix.
    ending
        What follows it, with the suffix.
    """
    stem = _NO_BYTE.sub(_UNKNOWN, _NOT_IN_NAMES.sub("_", stem))
    if _RESERVED_NAMES.fullmatch(stem):
        stem = f"{stem}_"
    room = _MOST_NAME_BYTES - len(os.fsencode(ending))
    encoded = os.fsencode(stem)
    if len(encoded) <= room:
        return f"{stem}{ending}"
    mark = f"~{hashlib.sha256(encoded).hexdigest()[:8]}"
    while len(os.fsencode(stem)) > room - len(mark):
        stem = stem[:-1]
    return f"{stem}{mark}{ending}"
