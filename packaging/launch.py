"""Where the frozen application begins: one program under several names.

``sleepscorer`` and ``sleepscorer-console`` are the application, on Windows and macOS without and
with a console; ``sleepscorer-training`` is ``python -m training``, which the application starts.
"""

import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Run what the name of the executable asks for."""
    multiprocessing.freeze_support()  # workers of either begin here
    if Path(sys.argv[0]).stem == "sleepscorer-training":
        from training.__main__ import main as run
    else:
        from sleepscorer.__main__ import main as run
    return run()


if __name__ == "__main__":
    sys.exit(main())
