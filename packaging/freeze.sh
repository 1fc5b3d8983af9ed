#!/bin/sh
# Freeze SleepScorer into dist/SleepScorer and test what came out.
# Usage: sh packaging/freeze.sh [--relock]. It installs what packaging/requirements.lock pins; with
# --relock, what pyproject.toml allows now, and pins that.
# Needs binutils and the system libraries that packaging/install.sh installs: Qt's go into the bundle.
set -eu
cd "$(dirname "$0")/.."

python=""
for candidate in .venv/bin/python python3 python3.11 python3.12 python3.13; do
    if command -v "$candidate" >/dev/null &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        python="$candidate"
        break
    fi
done
if [ -z "$python" ]; then
    echo "SleepScorer needs Python 3.11 or newer." >&2
    exit 1
fi
tools=""
[ "$(uname -s)" != Linux ] || tools="objcopy objdump strip"
for tool in $tools; do
    if ! command -v "$tool" >/dev/null; then
        echo "$tool is missing; on Debian or Ubuntu: apt-get install binutils" >&2
        exit 1
    fi
done

rm -rf build/venv build/pyinstaller dist/SleepScorer
"$python" -m venv build/venv
bin=build/venv/bin
[ -d "$bin" ] || bin=build/venv/Scripts # on Windows
# The same bytecode and archives for the same sources, whoever freezes them and when.
export PYTHONHASHSEED=0
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}"
lock=packaging/requirements.lock
if [ "${1:-}" = --relock ]; then
    "$bin/python" -m pip install --quiet ".[freeze]"
    # What other systems need besides, which is not installed here, stays.
    sed -n '/^#/p; /; sys_platform == /p' "$lock" >build/requirements.lock
    "$bin/python" -m pip freeze --all --exclude pip --exclude sleepscorer |
        sed 's/^torch==.*+cpu$/&; sys_platform != "darwin"/' >>build/requirements.lock
    mv build/requirements.lock "$lock"
else
    "$bin/python" -m pip install --quiet --no-deps --requirement "$lock"
    # Not editable: the bundle holds what the package holds, not what lies about in the checkout.
    "$bin/python" -m pip install --quiet --no-deps .
    "$bin/python" -m pip check
fi

# The log is long and its warnings are about other systems: it is shown when freezing failed.
mkdir -p build/pyinstaller
log=build/pyinstaller/log.txt
if ! "$bin/pyinstaller" --noconfirm --workpath build/pyinstaller --distpath dist \
    packaging/sleepscorer.spec >"$log" 2>&1; then
    tail -n 50 "$log" >&2
    exit 1
fi
if [ "$(uname -s)" = Linux ]; then
    "$python" packaging/smoke_test_frozen.py
else # the smoke test asks Linux what is loaded; the application checks itself everywhere
    dist/SleepScorer/sleepscorer-console --selftest
fi
