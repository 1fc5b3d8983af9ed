"""Nothing is written but by `io/atomic.py` and the journal; each way around it is found here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "sleepscorer"
WRITER = ROOT / "io" / "atomic.py"

# Names of calls that write a file whatever their arguments are.
_WRITING_CALLS = {
    *("touch", "QSaveFile", "QSvgGenerator", "QPrinter", "QImageWriter", "QPdfWriter"),
    *("mkstemp", "NamedTemporaryFile", "savez", "savez_compressed", "savetxt", "tofile", "to_csv"),
    *("memmap", "copyfile", "copy2", "copytree", "symlink_to", "hardlink_to", "save_file"),
}
_OPENING_CALLS = {"open", "fdopen", "File", "ZipFile", "FileIO", "QFile"}
_WRITING_MODES = set("wax+")
_MOVERS = ("os", "shutil", "path", "temporary")
# Why each is allowed.
_ALLOWED = {
    ("io/journal.py", "FileIO"): "journals are appended to, line by line",
    ("io/journal_folder.py", "open"): "a journal gets a last line",
    ("io/private_files.py", "FileIO"): "makes journals",
    ("io/montages.py", "rename"): "puts a damaged file aside, under a free name",
    ("ui/night/report_pdf.py", "QPdfWriter"): "writes into memory",
    ("ui/night/report_word.py", "open"): "writes a picture into memory",
    ("ui/night/report_word.py", "save"): "writes a picture into memory",
    ("ui/dialogs/shortcut_sheet.py", "QPrinter"): "prints; Qt asks before it replaces a PDF",
    ("io/appended_lines.py", "open"): "what was done is only ever added to",
    ("io/matlab_process.py", "save"): "MNE writes into a temporary folder of the process",
    ("io/other_recordings.py", "write_bytes"): "an unpacked copy in a temporary folder",
    ("selftest.py", "save"): "MNE writes into the self-test's temporary folder",
}


def writing_calls(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        texts = [one.value for one in arguments if isinstance(one, ast.Constant)]
        modes = [one for one in texts if isinstance(one, str) and 0 < len(one) <= 3]
        if (
            name in _WRITING_CALLS
            or (name in _OPENING_CALLS and any(_WRITING_MODES & set(mode) for mode in modes))
            or (name in ("write_text", "write_bytes") and isinstance(node.func, ast.Attribute))
            or (name == "save" and name_of(node.func) in ("np", "raw", "image", "pixmap"))
            or (name in ("rename", "replace", "move") and name_of(node.func) in _MOVERS)
        ):
            yield node.lineno, name


def calls_of(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}


def name_of(function: ast.expr) -> str:
    value = getattr(function, "value", None)
    return getattr(value, "id", "")


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_that_files_are_written_by_the_one_writer_only(path):
    place = path.relative_to(ROOT).as_posix()
    found = [
        f"{place}:{line}: {name}"
        for line, name in writing_calls(path.read_text("utf-8"))
        if path != WRITER and (place, name) not in _ALLOWED
    ]
    assert not found, "write with sleepscorer.io.atomic: it is whole, checked and asked for"


@pytest.mark.parametrize(
    "code",
    [
        "path.write_text(text)",
        'path.open("w")',
        'open(path, mode="ab")',
        'path.open("r+b")',
        'h5py.File(path, "w")',
        "QPdfWriter(str(path))",
        "QSaveFile(name)",
        "np.save(path, values)",
        "os.replace(a, b)",
        "values.tofile(path)",
    ],
)
def test_that_each_way_around_the_writer_is_seen(code):
    assert list(writing_calls(code))


@pytest.mark.parametrize(
    "code",
    ["path.open('rb')", "h5py.File(path, 'r')", "text.replace('a', 'w')", "document.save(p)"],
)
def test_that_reading_is_no_writing(code):
    assert not list(writing_calls(code))


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_that_tables_are_written_where_formulas_are_guarded(path):
    is_the_one_place = path == ROOT / "io" / "text_files.py"
    assert is_the_one_place or "csv.writer" not in path.read_text("utf-8"), "use csv_text"


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(ROOT.rglob("*.py")) if "refuse_existing" in calls_of(path)],
    ids=lambda path: path.name,
)
def test_that_who_looks_before_writing_leaves_it_to_the_writer_too(path: Path) -> None:
    # A night takes minutes to stage: another batch may have written its result meanwhile.
    assert "replaces" in calls_of(path)
