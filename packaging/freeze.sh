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
for tool in objcopy objdump strip; do
    if ! command -v "$tool" >/dev/null; then
        echo "$tool is missing; on Debian or Ubuntu: apt-get install binutils" >&2
        exit 1
    fi
done

rm -rf build/venv build/pyinstaller dist/SleepScorer
"$python" -m venv build/venv
lock=packaging/requirements.lock
if [ "${1:-}" = --relock ]; then
    build/venv/bin/python -m pip install --quiet ".[freeze]"
    sed -n '/^#/p' "$lock" >build/requirements.lock
    build/venv/bin/python -m pip freeze --all --exclude pip --exclude sleepscorer \
        >>build/requirements.lock
    mv build/requirements.lock "$lock"
else
    build/venv/bin/python -m pip install --quiet --no-deps --requirement "$lock"
    # Not editable: the bundle holds what the package holds, not what lies about in the checkout.
    build/venv/bin/python -m pip install --quiet --no-deps .
    build/venv/bin/python -m pip check
fi

# The log is long and its warnings are about other systems: it is shown when freezing failed.
mkdir -p build/pyinstaller
log=build/pyinstaller/log.txt
if ! build/venv/bin/pyinstaller --noconfirm --workpath build/pyinstaller --distpath dist \
    packaging/sleepscorer.spec >"$log" 2>&1; then
    tail -n 50 "$log" >&2
    exit 1
fi
"$python" packaging/smoke_test_frozen.py
