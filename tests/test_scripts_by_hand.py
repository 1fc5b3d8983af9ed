"""That benchmarks and campaigns, which run by hand and seldom, still find what they import."""

import ast
import importlib
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SCRIPTS = sorted(
    path for folder in ("benchmarks", "campaigns") for path in (TESTS / folder).glob("*.py")
)
OURS = {"sleepscorer", "model", "training", "resources"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_that_every_imported_name_is_there(script):
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in OURS:
            module = importlib.import_module(node.module)
            for alias in node.names:
                if not hasattr(module, alias.name):
                    importlib.import_module(f"{node.module}.{alias.name}")
