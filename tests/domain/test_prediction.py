import numpy as np
import pytest

from sleepscorer.domain.prediction import STAGES, Prediction
from sleepscorer.domain.stages import SCORED_STAGES, Stage

NAMES = tuple(stage.label for stage in SCORED_STAGES)


def prediction(rows: list[list[float]], task: str = STAGES, classes=NAMES) -> Prediction:
    return Prediction(task, classes, np.array(rows, np.float32), "Net 1", "ab" * 32, "C4-M1")


def test_that_stages_are_seen_as_a_hypnodensity():
    seen = prediction([[0.1, 0.1, 0.6, 0.1, 0.1], [np.nan] * 5]).hypnodensity()
    assert (seen.stage(0), seen.stage(1)) == (Stage.N2, Stage.UNSCORED)
    assert (seen.model, seen.weights_sha256, seen.derivation) == ("Net 1", "ab" * 32, "C4-M1")


def test_that_another_task_has_its_own_classes_and_is_no_hypnodensity():
    apnea = prediction([[0.9, 0.1]], "apnea", ("none", "apnea"))
    assert len(apnea) == 1
    with pytest.raises(ValueError, match="the task is apnea"):
        apnea.hypnodensity()


def test_that_predictions_are_equal_where_all_of_them_is():
    rows = [[0.9, 0.1], [np.nan, np.nan]]
    one = prediction(rows, "apnea", ("none", "apnea"))
    assert one == prediction(rows, "apnea", ("none", "apnea"))
    assert one != prediction(rows, "hypopnea", ("none", "apnea"))
    assert one != prediction([[0.8, 0.2], rows[1]], "apnea", ("none", "apnea"))


@pytest.mark.parametrize("rows", [[[0.5, 0.4]], [[1.5, -0.5]], [[np.nan, 0.5]]])
def test_that_rows_that_are_no_distribution_are_refused(rows):
    with pytest.raises(ValueError, match="row 0 is not a probability distribution"):
        prediction(rows, "apnea", ("none", "apnea"))


def test_that_as_many_columns_as_classes_are_wanted():
    with pytest.raises(ValueError, match=r"shape \(1, 2\), not \(n, 5\)"):
        prediction([[0.5, 0.5]])


def test_that_probabilities_do_not_change_later():
    with pytest.raises(ValueError, match="read-only"):
        prediction([[0.5, 0.5]], "apnea", ("none", "apnea")).probabilities[0, 0] = 1
