from contextlib import closing
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.loop.collection import LeftEpochs, Library, collect
from sleepscorer.loop.listing import write_training
from sleepscorer.loop.patients import LibraryError
from sleepscorer.signals.simulation import SimulatedChannel
from training.corpora import listed
from training.corpora.preparation import prepare_all
from training.data.dataset import read_dataset
from training.mc2sleepnet.config import read_config

N_EPOCHS = 24


@pytest.fixture(scope="module")
def nights(tmp_path_factory, tiny_model):
    """Nights of two patients to learn from and of one that is held out, in files."""
    folder = tmp_path_factory.mktemp("nights")
    library, wanted = Library(folder / "library"), {False: 2, True: 1}
    rng = np.random.default_rng(0)
    for number in range(60):
        path = folder / f"night{number}.edf"
        samples = rng.normal(0, 20, N_EPOCHS * 3000).astype(np.float32)
        channel = SimulatedChannel("EEG Fpz-Cz", "uV", 100.0, samples, (-500.0, 500.0))
        write_edf(path, [channel], start=datetime(2026, 1, 1, 22), patient_code=f"P{number}")
        scores = [EpochScore(Stage(epoch % 5), Person("Ana")) for epoch in range(N_EPOCHS)]
        signed = SignOff("Ana", datetime(2026, 2, 1).astimezone())
        scoring = Scoring(N_EPOCHS, scores=scores, sign_off=signed)
        with closing(open_recording(path)) as recording:
            subject, _ = library.subject_of(recording)
            is_held_out = int(subject[:8], 16) / 2**32 < 1 / 3
            if wanted[is_held_out]:
                wanted[is_held_out] -= 1
                collect(library, recording, scoring, tiny_model, Derivation("EEG Fpz-Cz"))
    return library.nights()


def test_that_the_training_program_reads_what_was_written_and_no_held_out_night(nights, tmp_path):
    names, config = write_training(nights, LeftEpochs.LEFT_OUT, tmp_path / "full", "Net", "5-lab1")
    sources = listed.find_sources(names)
    assert prepare_all(sources, listed.RULES, listed.CORPUS, tmp_path / "n.h5", print) == 2
    prepared = read_dataset(tmp_path / "n.h5")
    learnt = {night.subject for night in nights if not night.is_held_out}
    assert {night.subject for night in prepared} == learnt
    for night in prepared:
        assert night.stages.tolist() == [epoch % 5 for epoch in range(N_EPOCHS)]
    read = read_config(config)
    assert (read.name, read.version) == ("Net", "5-lab1")
    assert set(read.split.validation_subjects) < learnt
    assert read.pretraining.contrastive_weight > 0
    assert read.pretraining.mask_ratio > 0


def test_that_a_night_that_was_multiplied_is_refused(nights, tmp_path):
    changed = [replace(night, gain=-1.0) for night in nights]
    with pytest.raises(LibraryError, match="multiplied by -1"):
        write_training(changed, LeftEpochs.COUNT, tmp_path, "Net", "1")
