"""Fuzz a reader, guided by the lines of ours that an input reaches, and keep what reached more.

Run by hand, where ``pip install -e '.[fuzz]'`` brought atheris:
``python tests/campaigns/fuzz.py READER [--seconds S] [--keep]``. It goes on after a finding: one
input for each kind of finding is kept in build/fuzz/READER/findings, and the exit status is 1. With
``--keep``, the smallest inputs that together reach all that was reached replace those in
tests/campaigns/corpus/READER; ``replay_corpus.py`` and the test suite read these without atheris.
"""

from __future__ import annotations

import argparse
import hashlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

try:
    import atheris
except ModuleNotFoundError:
    sys.exit("atheris is not installed: pip install -e '.[fuzz]'")

with atheris.instrument_imports(include=["sleepscorer", "model"]):
    from readers import READERS, Reader, prepare

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).with_name("corpus")
LONGEST_S = 20
MOST_MB = 3000


def main() -> int:
    """Fuzz, minimise, and say what was found."""
    options = _options()
    work = ROOT / "build" / "fuzz" / options.reader
    inputs, findings = work / "inputs", work / "findings"
    for folder in (inputs, findings):
        folder.mkdir(parents=True, exist_ok=True)
    if options.inside:
        _fuzz(options.reader, findings, options.inside)
    _write_seeds(READERS[options.reader], inputs)
    kept = CORPUS / options.reader
    for path in kept.glob("*"):
        shutil.copy(path, inputs)
    ended = _run(
        options.reader,
        *(f"-max_total_time={options.seconds}", f"-max_len={READERS[options.reader].most_bytes}"),
        *(
            f"-artifact_prefix={findings}/",
            "-print_final_stats=1",
            "-len_control=0",
            f"-seed={options.seed}",
        ),
        str(inputs),
    )
    if options.keep and ended == 0:
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        # Lines alone: how often each was run would keep five times as many inputs.
        arguments = ("-set_cover_merge=1", "-use_counters=0", str(kept), str(inputs))
        ended = _run(options.reader, *arguments)
    found = sorted(findings.iterdir())
    for path in found:
        print(f"FOUND {path}")
    return 1 if found or ended else 0


def _run(reader: str, *arguments: str) -> int:
    """Run libFuzzer in a process of its own, which it ends itself."""
    common = (f"-timeout={LONGEST_S}", f"-rss_limit_mb={MOST_MB}", "-verbosity=1")
    command = [sys.executable, __file__, reader, "--inside", *common, *arguments]
    return subprocess.run(command, check=False).returncode


def _fuzz(reader: str, findings: Path, arguments: list[str]) -> None:
    prepare()
    for hook in ("str", "RegEx"):
        atheris.enabled_hooks.add(hook)
    # In memory where there is such a folder: each input is a file.
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory))
    # libFuzzer starts itself anew for each part of minimising, by a shell.
    itself = shlex.join([sys.executable, __file__, reader, "--inside"])
    atheris.Setup([itself, *arguments], _one(READERS[reader], folder, findings))
    atheris.Fuzz()


def _one(reader: Reader, folder: Path, findings: Path) -> Callable[[bytes], None]:
    seen: set[str] = set()

    def one(data: bytes) -> None:
        try:
            reader.reads(folder, data)
        except Exception as error:
            kind = _kind_of(error)
            if kind not in seen:
                seen.add(kind)
                name = f"{type(error).__name__}-{hashlib.sha256(kind.encode()).hexdigest()[:8]}"
                (findings / name).write_bytes(data)
                (findings / f"{name}.txt").write_text(traceback.format_exc(), "utf-8")
        finally:
            for path in folder.iterdir():
                path.unlink()

    return one


def _kind_of(error: Exception) -> str:
    """Where an error was raised: the same for all inputs that find the same."""
    places = traceback.extract_tb(error.__traceback__)
    ours = [one for one in places if str(ROOT) in one.filename]
    return f"{type(error).__name__} {ours[-1].filename}:{ours[-1].lineno}"


def _write_seeds(reader: Reader, inputs: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for content in reader.seeds(Path(folder)):
            (inputs / hashlib.sha1(content).hexdigest()).write_bytes(content)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", choices=list(READERS))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="replace the corpus by the least of it")
    parser.add_argument("--inside", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
