from dataclasses import replace

import pytest

from model.neuronet import config as neuronet
from model.neuronet.config import NeuroNetConfig
from model.shared.frame_encoder import EncoderConfig
from model.synthsleepnet import config as presets
from training.paper.modal_cost import WORKS, measure_modal_cost

ENCODER = EncoderConfig(stem=4, widths=(4, 4, 4, 4), gated=False, d_model=8, n_blocks=1, n_heads=2)


@pytest.mark.parametrize("kind", WORKS)
def test_that_a_step_is_measured_and_the_papers_training_told(kind, monkeypatch):
    small = replace(presets.TINY, encoder=ENCODER, channels=presets.CHANNELS[:2], context_length=2)
    alone = NeuroNetConfig(encoder=ENCODER, d_decoder=8, n_decoder_blocks=1, d_projection=(8, 8))
    monkeypatch.setitem(presets.PRESETS, "tiny", small)
    monkeypatch.setitem(neuronet.PRESETS, "tiny", alone)
    found = measure_modal_cost(kind, "tiny", 2, 1, "float32")
    assert found.cost.median_s > 0
    in_all_s = found.cost.median_s / 2 * found.work.n_items
    assert found.paper_days == pytest.approx(in_all_s / 86_400)
    assert f"tiny: {WORKS[kind].name}, B = 2" in found.text()
    assert "days at this pace" in found.text()
