import pytest
import torch
from torch import nn

from training.engine.config import SelectionConfig
from training.engine.selection import Selection, measure


def measured(accuracy: float, cross_entropy: float = 1.0) -> dict[str, float]:
    return {"accuracy": accuracy, "kappa": accuracy, "cross_entropy": cross_entropy}


def offer(selection: Selection, module: nn.Module, value: float, **figures: float) -> None:
    nn.init.constant_(module.weight, value)
    selection.offer(measured(**figures))


def kept(selection: Selection, module: nn.Linear) -> float:
    selection.keep_best()
    return module.weight.item()


def test_that_the_best_parameters_are_kept():
    module = nn.Linear(1, 1)
    selection = Selection(module, SelectionConfig("accuracy"))
    for value, accuracy in ((1.0, 0.5), (2.0, 0.7), (3.0, 0.6)):
        offer(selection, module, value, accuracy=accuracy)
    assert kept(selection, module) == 2.0


def test_that_equals_are_told_apart_by_the_lower_loss():
    module = nn.Linear(1, 1)
    selection = Selection(module, SelectionConfig("accuracy"))
    for value, loss in ((1.0, 1.0), (2.0, 0.5), (3.0, 0.8)):
        offer(selection, module, value, accuracy=0.5, cross_entropy=loss)
    assert kept(selection, module) == 2.0


def test_that_the_loss_can_be_the_criterion():
    module = nn.Linear(1, 1)
    selection = Selection(module, SelectionConfig("cross_entropy"))
    offer(selection, module, 1.0, accuracy=0.5, cross_entropy=0.4)
    offer(selection, module, 2.0, accuracy=0.9, cross_entropy=0.6)
    assert kept(selection, module) == 1.0


def test_that_a_figure_that_is_not_defined_loses_to_any_other():
    module = nn.Linear(1, 1)
    selection = Selection(module, SelectionConfig("kappa"))
    offer(selection, module, 1.0, accuracy=float("nan"))
    offer(selection, module, 2.0, accuracy=0.1)
    offer(selection, module, 3.0, accuracy=float("nan"))
    assert kept(selection, module) == 2.0


@pytest.mark.parametrize(("patience", "exhausted"), [(0, False), (2, True), (3, False)])
def test_that_patience_ends_after_validations_without_gain(patience, exhausted):
    module = nn.Linear(1, 1)
    selection = Selection(module, SelectionConfig("accuracy", patience))
    for accuracy in (0.5, 0.4, 0.5):
        offer(selection, module, 0.0, accuracy=accuracy)
    assert selection.is_exhausted is exhausted


def test_that_a_selection_goes_on_from_its_state():
    module = nn.Linear(1, 1)
    first, second = (Selection(module, SelectionConfig("accuracy", 1)) for _ in range(2))
    offer(first, module, 1.0, accuracy=0.9)
    second.restore(first.state())
    offer(second, module, 2.0, accuracy=0.8)
    assert second.is_exhausted
    assert kept(second, module) == 1.0


def test_that_unscored_epochs_are_left_out_of_what_is_measured():
    log_probabilities = torch.eye(5).log_softmax(dim=-1)
    figures = measure(log_probabilities, torch.tensor([0, 1, -1, 3, 0]))
    assert figures["accuracy"] == 0.75
