import pytest

from training.paper.cost import measure_cost


@pytest.mark.parametrize(("kind", "name"), [("pretrain", "pre-training"), ("sequence", "kept")])
def test_that_time_and_memory_of_a_step_are_measured(kind, name):
    cost = measure_cost(kind, 1, 1, "float32")
    assert name in cost.text()
    assert 0 < cost.fastest_s <= cost.median_s
    assert cost.peak_gib > 0
