#!/bin/sh
# Install SleepScorer into .venv of this folder, with the system libraries that Qt needs on Debian
# and Ubuntu. Usage: sh packaging/install.sh [EXTRA], where EXTRA is one of pyproject.toml, e.g. dev.
set -eu
cd "$(dirname "$0")/.."

libraries="libgl1 libegl1 libxkbcommon0 libdbus-1-3 libglib2.0-0 libfontconfig1 fonts-dejavu-core
libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-image0
libxcb-render-util0 libxcb-xkb1 libxcb-xinerama0 python3-venv"
if command -v dpkg-query >/dev/null; then
    missing=""
    for library in $libraries; do
        # The 64-bit time transition renamed some packages on newer systems; either name will do.
        dpkg-query -W -f='${Status}\n' "$library" "${library}t64" 2>/dev/null \
            | grep -q "install ok installed" || missing="$missing $library"
    done
    if [ -n "$missing" ]; then
        as_root=""
        [ "$(id -u)" = 0 ] || as_root="sudo"
        echo "Installing system libraries:$missing"
        if [ -n "$as_root" ] && ! command -v sudo >/dev/null; then
            echo "Ask an administrator to run: apt-get install$missing" >&2
            exit 1
        fi
        $as_root apt-get update -q
        # shellcheck disable=SC2086 # a list of packages
        $as_root apt-get install -q -y --no-install-recommends $missing
    fi
else
    echo "Not Debian or Ubuntu: if the window does not open, install Qt's xcb libraries." >&2
fi

python=""
for candidate in python3 python3.11 python3.12 python3.13; do
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
[ -x .venv/bin/python ] || "$python" -m venv .venv
extra="${1:-}"
.venv/bin/python -m pip install --quiet --editable ".${extra:+[$extra]}"
# At once, for every later start: Python may not be allowed to keep what it compiles.
.venv/bin/python -m compileall -q model resources sleepscorer training
