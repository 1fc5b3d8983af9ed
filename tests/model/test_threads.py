"""Threads that wait leave the processor to others."""

import os
import subprocess
import sys

from model.threads import sleep_while_waiting


def test_that_what_somebody_chose_stays():
    environment = {"OMP_WAIT_POLICY": "ACTIVE"}
    sleep_while_waiting(environment)
    assert environment == {"OMP_WAIT_POLICY": "ACTIVE"}


def test_that_the_application_says_so_before_torch_is_loaded():
    code = (
        "import os, sys\n"
        "os.environ.pop('OMP_WAIT_POLICY', None)\n"
        "class Seen:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'torch':\n"
        "            print(os.environ.get('OMP_WAIT_POLICY'))\n"
        "            sys.exit(0)\n"
        "sys.meta_path.insert(0, Seen())\n"
        "from sleepscorer.__main__ import main\n"
        "main(['score', 'nothing.edf', '--out', 'nowhere'])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=False
    )
    assert ended.stdout.strip() == "PASSIVE", ended.stderr
