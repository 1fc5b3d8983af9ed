from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.consensus import (
    Comparison,
    consensus_scoring,
    second_scoring,
    undecided,
)
from sleepscorer.domain.event_decisions import EventDecisions, EventLink, ordered_pair
from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Imported, Joint, Model, Person, Provenance
from sleepscorer.domain.scoring import (
    EpochScore,
    Lights,
    Remark,
    Scoring,
    stage_edit,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics

MODEL = Model("Net 1", "00")
W, N1, N2, NONE = Stage.W, Stage.N1, Stage.N2, Stage.UNSCORED


def scored_by(source: str | Provenance, *stages: Stage, **parts) -> Scoring:
    by = Person(source) if isinstance(source, str) else source
    scores = [EpochScore(stage, by) for stage in stages]
    return Scoring(len(stages), scores=scores, **parts)


def test_that_a_comparison_tells_what_differs_and_what_only_one_has_scored():
    comparison = Comparison.of(
        scored_by("Jana", W, N1, N2, NONE, N2, NONE), scored_by("Li", W, N2, N2, N1, NONE, NONE)
    )
    assert comparison.differing.tolist() == [1]
    assert comparison.only_first.tolist() == [4]
    assert comparison.only_second.tolist() == [3]
    assert comparison.to_adjudicate.tolist() == [1, 3, 4]
    assert comparison.agreement.n_epochs == 3
    assert comparison.agreement.confusion[N1, N2] == 1


def test_that_scorings_of_different_nights_are_refused():
    for act in (Comparison.of, lambda first, second: consensus_scoring(first, second, "Ana")):
        with pytest.raises(ValueError, match="3 epochs for 2"):
            act(Scoring(2), Scoring(3))


def test_that_the_second_scorer_sees_nothing_but_the_lights():
    first = scored_by("Jana", W, N1, lights=Lights(5, 50), remarks={0: Remark("sweat")})
    blank = second_scoring(first)
    assert blank.stages == (NONE, NONE)
    assert blank.lights == Lights(5, 50)
    assert (blank.hypnodensity, blank.events, dict(blank.remarks), blank.scorer) == (
        None,
        (),
        {},
        "",
    )


def test_that_agreed_epochs_are_taken_over_with_both_names():
    consensus = consensus_scoring(scored_by("Jana", W, N1), scored_by("Li", W, N2), "Ana")
    assert consensus.scores == (EpochScore(W, Joint((Person("Jana"), Person("Li")))), EpochScore())
    assert consensus.scorer == "Ana"


def test_that_one_and_the_same_source_is_named_once():
    for source in (Person("Jana"), MODEL):
        consensus = consensus_scoring(scored_by(source, N2), scored_by(source, N2), "Ana")
        assert consensus[0] == EpochScore(N2, source)


def test_that_a_stage_that_a_person_confirmed_is_no_longer_the_models():
    for other in (MODEL, Imported("other_program.csv")):
        for pair in ((other, "Li"), ("Li", other)):
            consensus = consensus_scoring(*(scored_by(one, N2) for one in pair), "Ana")
            assert consensus[0] == EpochScore(N2, Person("Li"))
    consensus = consensus_scoring(scored_by(MODEL, N2), scored_by(Imported("a.csv"), N2), "Ana")
    assert not consensus[0].is_human


def test_that_an_event_that_both_marked_is_there_once_and_both_their_own():
    arousal = ScoredEvent(EventKind.AROUSAL, 3, 5)
    first, second = (
        scored_by(name, W, events=[replace(arousal, source=Person(name))])
        for name in ("Jana", "Li")
    )
    consensus = consensus_scoring(first, second, "Ana")
    assert consensus.events == (replace(arousal, source=Joint((Person("Jana"), Person("Li")))),)


def test_that_an_event_that_two_hands_marked_a_little_apart_is_one_and_stays_linked():
    jana, li = Person("Jana"), Person("Li")
    kinds = (EventKind.OBSTRUCTIVE_APNEA, EventKind.DESATURATION)
    of_first = [ScoredEvent(kind, 60.0, 20.0, "Flow", source=jana) for kind in kinds]
    of_second = [ScoredEvent(kind, 61.2, 19.0, "Pressure", source=li) for kind in kinds]
    alone = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 100.0, 12.0, source=li)
    other_kind = ScoredEvent(EventKind.HYPOPNEA, 62.0, 18.0, source=li)
    suggested = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 99.0, 12.0, source=MODEL)
    first = scored_by("Jana", *[N2] * 5, events=[*of_first, suggested])
    second = scored_by(
        *("Li", *[N2] * 5),
        events=[*of_second, alone, other_kind],
        decisions=EventDecisions(links=(EventLink(of_second[0], of_second[1], holds=True),)),
    )
    consensus = consensus_scoring(first, second, "Ana")
    both = [replace(one, source=Joint((jana, li))) for one in of_first]
    assert consensus.events == in_order((*both, alone, other_kind, suggested))
    (link,) = consensus.decisions.links
    assert (link.first, link.second) == ordered_pair(*of_first)
    assert sleep_statistics(consensus, 150.0)["ahi"].value == pytest.approx(3 / (2.5 / 60))


def test_that_the_rest_comes_from_the_first_and_events_from_both():
    arousal, apnea = ScoredEvent(EventKind.AROUSAL, 3, 5), ScoredEvent(EventKind.APNEA, 9, 12)
    density = Hypnodensity(np.full((1, 5), 0.2, np.float32), "Net 1", "00", "C4-M1")
    first = scored_by(
        "Jana", W, hypnodensity=density, events=[arousal], remarks={0: Remark("sweat")}
    )
    consensus = consensus_scoring(first, scored_by("Li", N1, events=[apnea, arousal]), "Ana")
    assert consensus.events == (arousal, apnea)
    assert consensus.hypnodensity is density
    assert consensus.remarks == {0: Remark("sweat")}


def test_that_decisions_of_the_adjudicator_close_epochs_and_keep_their_name():
    first, second = scored_by("Jana", W, N1, N1), scored_by("Li", W, N2, N2)
    comparison = Comparison.of(first, second)
    consensus = consensus_scoring(first, second, "Ana")
    assert undecided(consensus, comparison).tolist() == [1, 2]
    consensus.apply(stage_edit([2], N2, Person("Ana")))
    assert undecided(consensus, comparison).tolist() == [1]
    assert consensus[2] == EpochScore(N2, Person("Ana"))


@given(st.lists(st.tuples(st.sampled_from(Stage), st.sampled_from(Stage)), max_size=30))
def test_that_every_epoch_is_agreed_on_or_left_to_decide(pairs):
    first = scored_by("Jana", *(stage for stage, _ in pairs))
    second = scored_by("Li", *(stage for _, stage in pairs))
    comparison = Comparison.of(first, second)
    consensus = consensus_scoring(first, second, "Ana")
    to_decide = set(undecided(consensus, comparison).tolist())
    for epoch, (stage, other) in enumerate(pairs):
        assert (epoch in to_decide) == (stage is not other)
        if stage is other:
            assert consensus[epoch].stage is stage
