import os
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.second_opinion import fused_opinions
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.second_opinion import CommandStager, YasaStager, stager_of
from sleepscorer.signals.simulation import simulate_night

C4 = Derivation("EEG C4-M1")


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    path = tmp_path_factory.mktemp("night") / "a night; with 'odd' $(letters) {out}.edf"
    (eeg,) = (one for one in simulate_night(1, 20).channels if one.label == C4.anode)
    write_edf(path, [eeg], start=None)
    with closing(open_recording(path)) as recording:
        yield recording


def program(tmp_path: Path, text: str, *words: str) -> CommandStager:
    path = tmp_path / "staging-of-ours.py"
    path.write_text(f"import os, subprocess, sys, time\n{text}\n", encoding="utf-8")
    return CommandStager((sys.executable, str(path), *words))


# Any command


def test_that_what_a_program_writes_is_its_scoring(night, tmp_path):
    stager = program(
        tmp_path,
        "recording, channel, out = sys.argv[1:]\n"
        "assert os.path.isfile(recording) and channel == 'C4-M1'\n"
        "open(out, 'w').write('\\n'.join(['W'] * 8 + ['N2'] * 12))",
        "{recording}",
        "{channel}",
        "{out}",
    )
    scoring = stager.stage(night, C4)
    assert [score.stage for score in scoring.scores] == [Stage.W] * 8 + [Stage.N2] * 12
    assert not any(score.is_human for score in scoring.scores)
    assert scoring.scorer == stager.title


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("sys.exit('no licence left')", "failed with status 1: no licence left"),
        ("pass", "ended without writing a scoring"),
        ("open(sys.argv[1], 'w').write('Dear colleague')", "wrote of .* can't be read"),
        ("open(sys.argv[1], 'w').close()", "wrote of .* can't be read"),
    ],
)
def test_that_a_program_that_gives_nothing_is_named_with_the_reason(
    night, tmp_path, text, sentence
):
    with pytest.raises(AutoscoringError, match=sentence):
        program(tmp_path, text, "{out}").stage(night, C4)


def test_that_a_program_that_does_not_end_is_ended_with_all_that_it_started(night, tmp_path):
    stager = program(
        tmp_path,
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "open(sys.argv[2], 'w').write(str(child.pid))\n"
        "time.sleep(60)",
        "{out}",
        str(tmp_path / "child"),
    )
    begun = time.monotonic()
    with pytest.raises(AutoscoringError, match="was ended after 5 s without a scoring"):
        CommandStager(stager.words, longest_s=5).stage(night, C4)
    assert time.monotonic() - begun < 40
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 10  # a killed process ends when it is its turn
    while sys.platform == "linux" and is_alive(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process runs or waits; one that only its parent has to let go of does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_that_no_shell_reads_the_command(night, tmp_path):
    stager = CommandStager.of(f"{sys.executable} -c pass {{recording}} {{out}} ; touch shell")
    with pytest.raises(AutoscoringError, match="without writing"):
        stager.stage(night, C4)
    assert not os.path.exists("shell")  # noqa: PTH110


def test_that_a_scoring_that_does_not_fit_says_so(night, tmp_path):
    text = "open(sys.argv[1], 'w').write('\\n'.join(['N2'] * 12))"
    scoring = program(tmp_path, text, "{out}").stage(night, C4)
    assert scoring.remarks[0].comment
    assert [score.stage for score in scoring.scores[12:]] == [Stage.UNSCORED] * 8


@pytest.mark.parametrize("text", ["", "gssc", "mine {recording}", "mine {out}", "mine 'a {out}"])
def test_that_what_is_no_command_is_refused(text):
    with pytest.raises(AutoscoringError, match=r"no command|neither"):
        stager_of(text)


def test_that_a_program_that_is_not_there_is_named(night):
    stager = stager_of("no-such-program {recording} {out}")
    with pytest.raises(AutoscoringError, match="no-such-program can't be started: No such file"):
        stager.stage(night, C4)


# YASA


@pytest.mark.timeout(600)  # it compiles itself when first used
def test_that_yasa_stages_every_epoch_with_probabilities(night):
    pytest.importorskip("yasa")
    stager = stager_of("yasa")
    scoring = stager.stage(night, C4)
    assert scoring.scorer == stager.title
    assert scoring.hypnodensity is not None
    assert np.isfinite(scoring.hypnodensity.probabilities).all()
    assert all(score.stage is not Stage.UNSCORED for score in scoring.scores)
    assert not any(score.is_human for score in scoring.scores)


def test_that_yasa_is_asked_for_where_it_is_not_installed(monkeypatch):
    monkeypatch.setattr("sleepscorer.second_opinion.YASA", "no-such-distribution")
    with pytest.raises(AutoscoringError, match=r"pip install 'sleepscorer\[yasa\]'"):
        YasaStager()


# Together


def test_that_two_opinions_are_fused_and_abstentions_of_the_first_stay():
    first = np.full((3, 5), 0.05, np.float32)
    second = first.copy()
    first[:, 2], second[:, 2] = 0.45, 0.05
    first[:, 0], second[:, 0] = 0.4, 0.8
    first[1], second[2] = np.nan, np.nan
    together = fused_opinions(
        Hypnodensity(first, "Net 1", "ab", "C4-M1"), Hypnodensity(second, "YASA", "", "C4-M1")
    )
    assert [together.stage(epoch) for epoch in range(3)] == [Stage.W, Stage.UNSCORED, Stage.N2]
    assert together.model == "Net 1 + YASA"
