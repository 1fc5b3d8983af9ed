"""Where the frozen application begins: one program under several names.

``sleepscorer`` and ``sleepscorer-console`` are the application, on Windows and macOS without and
with a console; ``sleepscorer-training`` is ``python -m training``, which the application starts.
"""

import multiprocessing
import os
import sys
from pathlib import Path

_LIBRARIES = "LD_LIBRARY_PATH"


def give_back_library_path() -> None:
    """Let other programs, as a viewer or a laboratory's own stager, load their own libraries.

    The bootloader has the system look for libraries in the bundle first and keeps what was said
    before under another name. This process was told at its start; its workers are told anew.
    """
    before = os.environ.pop(f"{_LIBRARIES}_ORIG", None)
    os.environ.pop(_LIBRARIES, None)
    if before is not None:
        os.environ[_LIBRARIES] = before


def main() -> int:
    """Run what the name of the executable asks for."""
    multiprocessing.freeze_support()  # workers of either begin here
    give_back_library_path()
    if Path(sys.argv[0]).stem == "sleepscorer-training":
        from training.__main__ import main as run
    else:
        from sleepscorer.__main__ import main as run
    return run()


if __name__ == "__main__":
    sys.exit(main())
