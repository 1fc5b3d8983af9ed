"""Numbers in the window have the decimal sign of its language; files have a point."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from sleepscorer import ui
from sleepscorer.ui.base.language import ENGLISH, number, speak

_WITH_DECIMALS = re.compile(r"[+ 0-9]*(\.[1-9]\d*[feg%]|\.?\d*g|[feg])")


def bare_decimals(path: Path) -> list[str]:
    """Parts of f-strings that write decimals with a point in any language."""
    tree = ast.parse(path.read_text("utf-8"))
    return [
        f"{path.name}:{node.lineno}: {ast.unparse(node.value)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue)
        and isinstance(node.format_spec, ast.JoinedStr)
        and _WITH_DECIMALS.fullmatch(
            "".join(str(one.value) for one in node.format_spec.values if hasattr(one, "value"))
        )
    ]


def test_that_no_text_of_the_window_writes_decimals_by_itself() -> None:
    found = [one for path in Path(ui.__path__[0]).rglob("*.py") for one in bare_decimals(path)]
    assert found == []


def test_that_such_a_text_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('a = f"{x:.1f}"\nb = f"{x:g}"\nc = f"{x:.0f} {y:02d}"\n')
    assert bare_decimals(module) == ["module.py:1: x", "module.py:2: x"]


@pytest.mark.parametrize(
    ("language", "expected"), [(ENGLISH, "0.25 -1.5 3"), ("de", "0,25 -1,5 3")]
)
def test_that_a_number_has_the_decimal_sign_of_the_language(
    qapp: QApplication, language: str, expected: str
) -> None:
    former = QLocale()
    speak(qapp, language)
    try:
        written = " ".join((number(0.25, ".2f"), number(-1.5, "g"), number(3.0, "g")))
        assert written == expected
    finally:
        speak(qapp, ENGLISH)
        QLocale.setDefault(former)
