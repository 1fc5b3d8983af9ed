#!/bin/sh
# Ask the Python Packaging Advisory Database about every package of packaging/requirements.lock.
# It fails for a package that the index does not know, so that no answer is no all-clear.
# Usage: sh packaging/audit.sh, where an index is reached and `pip install '.[supply]'` was done.
set -eu
cd "$(dirname "$0")/.."
python=python3
[ -x .venv/bin/python ] && python=.venv/bin/python
mkdir -p build
# Advisories name versions without the build: torch 2.13.0, not 2.13.0+cpu.
sed 's/+cpu//' packaging/requirements.lock >build/audited.txt
"$python" -m pip_audit --requirement build/audited.txt --no-deps --disable-pip --strict
