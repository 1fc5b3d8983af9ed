"""What all campaigns share: trials from a seed, a limit of time for each, and a count of endings.

A trial says in a few words how it ended; a word in capitals is a failure.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

Trial = Callable[[random.Random, int, Path], Iterable[str]]

_NUMBERS = (b"1e99", b"-999", b"nan ", b"99999999", b"0.000001", b"0       ")
_LETTERS = (b"\x00\xff<&", b"=1+1", "ü\u202e".encode(), b'"', b"\t", b"\r", b"\n\n", b"{[(")


def run(trial: Trial, *, n_trials: int, longest_s: int = 20) -> None:
    """Run a trial as often as the command line asks, each in an empty folder; exit with 1 for one
    that failed.

    Parameters
    ----------
    trial
        Gets the source of chance, the number of the trial and its folder; says how it ended.
    n_trials
        How often where nobody says.
    longest_s
        Seconds after which a trial counts as one that hangs.
    """
    options = _options(n_trials)
    rng = random.Random(options.seed)
    signal.signal(signal.SIGALRM, _overdue)
    totals: Counter[str] = Counter()
    slowest_s = 0.0
    for number in range(options.n):
        folder = Path(tempfile.mkdtemp(prefix="campaign-"))
        begun_s = time.monotonic()
        signal.alarm(longest_s)
        try:
            found = tuple(trial(rng, number, folder))
        except TimeoutError:
            traceback.print_exc(file=sys.stdout)
            found = ("HANG",)
        except Exception:
            traceback.print_exc(file=sys.stdout)
            found = ("TRACEBACK",)
        signal.alarm(0)
        slowest_s = max(slowest_s, time.monotonic() - begun_s)
        if any(map(is_failure, found)):
            print(f"trial {number}: {', '.join(found)}", flush=True)
        totals.update(found)
        shutil.rmtree(folder, ignore_errors=True)
    report(totals)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"longest {slowest_s:.1f} s, peak {peak_mb:.0f} MB")
    raise SystemExit(any(map(is_failure, totals)))


def report(totals: Counter[str]) -> None:
    """Print how many trials ended how."""
    for what, count in sorted(totals.items()):
        print(f"{count:6d}  {what}")


def is_failure(what: str) -> bool:
    """Whether an ending is one that must not be; its last part is in capitals then."""
    return what.rpartition(": ")[2].isupper()


def said(error: Exception, *names: str) -> str:
    """Ending of a trial with an error: whether it is one clear sentence that names a file."""
    sentence = str(error)
    is_clear = "\n" not in sentence and sentence.rstrip("”").endswith((".", "?"))
    if is_clear and any(name in sentence for name in names):
        return "refused"
    print(f"unclear: {sentence}")
    return "UNCLEAR SENTENCE"


def damaged(rng: random.Random, content: bytes, *, n_head: int = 1200) -> bytes:
    """Damage a file in one or several places, mostly in its head, as disks and editors do."""
    mutant = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 20))):
        # Headers are short beside samples, and most of what can go wrong is in them.
        end = min(len(mutant), n_head) if rng.random() < 0.7 else len(mutant)
        place = rng.randrange(max(end, 1))
        kind = rng.randrange(8)
        if kind == 0 and rng.random() < 0.3:
            del mutant[place:]
        elif kind == 1:
            mutant[place : place + 1] = bytes([rng.randrange(256)])
        elif kind == 2:
            del mutant[place : place + rng.randrange(1, 60)]
        elif kind == 3:
            mutant[place:place] = mutant[place : place + rng.randrange(1, 200)]
        elif kind == 4:
            word = rng.choice((*_NUMBERS, *_LETTERS))
            mutant[place : place + len(word)] = word
        elif kind == 5:
            mutant[place : place + 512] = bytes(len(mutant[place : place + 512]))
        elif kind == 6:
            mutant[place:place] = rng.choice(_LETTERS)
        else:
            digits = [at for at in range(end) if chr(mutant[at]).isdigit()]
            if digits:
                mutant[rng.choice(digits)] = rng.choice(b"0123456789-.")
    return bytes(mutant)


def _options(n_trials: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--n", type=int, default=n_trials)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _overdue(*_: object) -> None:
    raise TimeoutError
