"""What each annotation of a file is: a stage, an event, lights off or on.

One word means two things. "R" is a stage in one file and a mark in another; "Artefact", "Movement",
"Unknown" and "-" stand for an epoch without a stage where epochs are listed, and for something that
happened where events are. No list of words can tell; the file can. It has one way to write stages,
the words of which are stages wherever they stand. Any other word for a stage is one only where it
takes the place of an epoch: where none of the file's own stages lies.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.stages import Stage
from sleepscorer.io.codes import (
    is_lights_off,
    is_lights_on,
    kind_of_text,
    stage_of_text,
    stage_wording,
)

_TOLERANCE_S = 1e-3
_LEAST_STAGE_S = 5.0
"""No program scores shorter epochs: what is shorter and lies in a stage is a mark."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The annotations of a file by what they are.

    Attributes
    ----------
    stages
        In order of time, each with the duration that it is meant to have.
    events
        Indices of those that are neither stage nor lights.
    offs_s, ons_s
        When the light went off and on, in seconds.
    """

    stages: tuple[Annotation, ...]
    events: tuple[int, ...]
    offs_s: tuple[float, ...]
    ons_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Stages that one scorer gave, or that are written in one way.

    Attributes
    ----------
    author
        Who made the annotations; empty when the file does not say.
    wording
        How their stages are written.
    indices
        Of the annotations.
    """

    author: str
    wording: str
    indices: tuple[int, ...]


def rivals(annotations: Sequence[Annotation]) -> tuple[Voice, ...]:
    """Find the scorings of a list where it has several of the same time; none where it has one.

    Stages of several authors that never contradict each other are one scoring: files spread what
    they hold over several places.
    """
    scorings = [voice for voice in _voices(annotations) if _is_scoring(annotations, voice)]
    first = [annotations[index] for index in scorings[0].indices] if scorings else []
    found = [
        voice
        for voice in scorings[1:]
        if _contradicts(first, [annotations[index] for index in voice.indices])
    ]
    return (scorings[0], *found) if found else ()


def without_rivals(
    annotations: Sequence[Annotation], wanted: Voice, others: Sequence[Voice]
) -> tuple[int, ...]:
    """Indices of the annotations that belong to one scoring and of those that belong to nobody."""
    unwanted = {index for voice in others for index in voice.indices if voice != wanted}
    authors = {voice.author for voice in others if voice.author != wanted.author}
    return tuple(
        index
        for index, one in enumerate(annotations)
        if index not in unwanted and one.author not in authors
    )


def roles_of(annotations: Sequence[Annotation]) -> Roles:
    """Tell stages, events and lights apart in a list that holds one scoring."""
    offs_s, ons_s = [], []
    lights = set()
    for index, one in enumerate(annotations):
        if is_lights_off(one.description):
            offs_s.append(one.onset_s)
        elif is_lights_on(one.description):
            ons_s.append(one.onset_s)
        else:
            continue
        lights.add(index)
    stages, repeated = _stages(annotations)
    events = tuple(
        index
        for index, one in enumerate(annotations)
        if index not in lights
        and index not in stages
        and index not in repeated
        and one.description.strip()
    )
    return Roles(
        tuple(_with_durations([annotations[index] for index in stages])),
        events,
        tuple(offs_s),
        tuple(ons_s),
    )


def _stages(annotations: Sequence[Annotation]) -> tuple[frozenset[int], frozenset[int]]:
    """Indices of the stages, and of what only says again what one of them says."""
    voices = _voices(annotations)
    if not voices:
        return frozenset(), frozenset()
    own = list(set(voices[0].indices) - _marks(annotations, voices[0]))
    for voice in voices[1:]:  # of other authors, in the same words
        if voice.wording == voices[0].wording:
            own += voice.indices
    own.sort(key=lambda index: annotations[index].onset_s)
    kept, repeated = [], set()
    seen = set()
    for index in own:
        one = annotations[index]
        what = (one.onset_s, one.duration_s, stage_of_text(one.description))
        if what in seen:
            repeated.add(index)
        else:
            seen.add(what)
            kept.append(index)
    taken = set(own)
    others = [
        index
        for index, one in enumerate(annotations)
        if index not in taken and stage_of_text(one.description) is not None
    ]
    own_spans = _Spans([annotations[index] for index in kept])
    stages = set(kept)
    following_s: float | None = None
    for index in sorted(others, key=lambda index: annotations[index].onset_s, reverse=True):
        one = annotations[index]
        if own_spans.has_place_for(one, following_s):
            stages.add(index)
            following_s = one.onset_s
        elif own_spans.says(one):
            repeated.add(index)
    return frozenset(sorted(stages)), frozenset(repeated)


class _Spans:
    """The file's own stages, to be asked what lies where."""

    def __init__(self, stages: Sequence[Annotation]) -> None:
        self._stages = stages
        self._onsets_s = [one.onset_s for one in stages]
        steps_s = (later - earlier for earlier, later in itertools.pairwise(self._onsets_s))
        self._least_step_s = min((step for step in steps_s if step > 0), default=EPOCH_S)

    def has_place_for(self, one: Annotation, following_s: float | None) -> bool:
        """Whether an annotation stands where an epoch is missing.

        Parameters
        ----------
        one
            The annotation.
        following_s
            Onset of the next one that was found to stand in such a place.
        """
        place = bisect.bisect_right(self._onsets_s, one.onset_s + _TOLERANCE_S)
        before = self._stages[place - 1] if place else None
        after_s = self._onsets_s[place] if place < len(self._stages) else None
        next_s = min((time for time in (after_s, following_s) if time is not None), default=None)
        if before is not None and before.duration_s <= 0:
            # Stages without durations last until the next: only what an epoch follows is one.
            lasts_s = 0.0 if next_s is None else next_s - one.onset_s
            return any(
                abs(lasts_s - epoch_s) <= _TOLERANCE_S
                and one.onset_s - before.onset_s >= epoch_s - _TOLERANCE_S
                for epoch_s in (EPOCH_S, self._least_step_s)
            )
        if one.duration_s < _LEAST_STAGE_S:
            return False
        if before is not None and before.onset_s + before.duration_s > one.onset_s + _TOLERANCE_S:
            return False
        if before is not None and next_s is None and not self._is_of_epochs(one.duration_s):
            return False  # after the last stage, where the night may end, not all is an epoch
        return after_s is None or after_s >= one.onset_s + one.duration_s - _TOLERANCE_S

    def _is_of_epochs(self, duration_s: float) -> bool:
        """Whether something lasts as long as some epochs do."""
        return any(
            abs(duration_s - epoch_s * round(duration_s / epoch_s)) <= _TOLERANCE_S
            for epoch_s in (EPOCH_S, self._least_step_s)
        )

    def says(self, one: Annotation) -> bool:
        """Whether the file's own stages say the same from the same moment on.

        What is also the word for an event says more than that there is no stage.
        """
        if kind_of_text(one.description) is not None:
            return False
        place = bisect.bisect_left(self._onsets_s, one.onset_s - _TOLERANCE_S)
        if place == len(self._stages) or one.duration_s < _LEAST_STAGE_S:
            return False
        own = self._stages[place]
        return abs(own.onset_s - one.onset_s) <= _TOLERANCE_S and stage_of_text(
            own.description
        ) == stage_of_text(one.description)


def _voices(annotations: Sequence[Annotation]) -> list[Voice]:
    """Everybody who speaks of stages in words that are no others', the fullest scoring first."""
    indices: dict[tuple[str, str], list[int]] = {}
    for index, one in enumerate(annotations):
        wording = stage_wording(one.description)
        if wording:
            indices.setdefault((one.author, wording), []).append(index)
    voices = [Voice(*who, tuple(some)) for who, some in indices.items()]
    return sorted(voices, key=lambda voice: _weight(annotations, voice), reverse=True)


def _weight(annotations: Sequence[Annotation], voice: Voice) -> tuple[int, float, int]:
    own = [annotations[index] for index in voice.indices]
    stages = {stage_of_text(one.description) for one in own} - {Stage.UNSCORED}
    return len(stages), sum(max(one.duration_s, 0.0) for one in own), len(own)


def _is_scoring(annotations: Sequence[Annotation], voice: Voice) -> bool:
    n_stages, duration_s, n_annotations = _weight(annotations, voice)
    return n_stages > 1 or duration_s >= n_annotations * EPOCH_S / 2 > 0


def _marks(annotations: Sequence[Annotation], voice: Voice) -> set[int]:
    """Indices of words for stages that are moments in a stage, in a file of longer ones."""
    own = sorted(voice.indices, key=lambda index: annotations[index].onset_s)
    longer = [annotations[index] for index in own]
    longer = [one for one in longer if one.duration_s >= 2 * _LEAST_STAGE_S]
    if 2 * len(longer) < len(own) and len({one.description for one in longer}) < 2:
        return set()
    onsets_s = [one.onset_s for one in longer]
    marks = set()
    for index in own:
        one = annotations[index]
        place = bisect.bisect_left(onsets_s, one.onset_s - _TOLERANCE_S)
        if one.duration_s < _LEAST_STAGE_S and place:
            around = longer[place - 1]
            if one.onset_s < around.onset_s + around.duration_s - _TOLERANCE_S:
                marks.add(index)
    return marks


def _contradicts(first: Sequence[Annotation], second: Sequence[Annotation]) -> bool:
    """Whether two scorings give a moment two stages."""
    one, other = (_with_durations(sorted(some)) for some in (first, second))
    ours, theirs = next(one, None), next(other, None)
    while ours is not None and theirs is not None:
        ours_stop_s = ours.onset_s + ours.duration_s
        theirs_stop_s = theirs.onset_s + theirs.duration_s
        both_s = min(ours_stop_s, theirs_stop_s) - max(ours.onset_s, theirs.onset_s)
        if both_s > _TOLERANCE_S and stage_of_text(ours.description) != stage_of_text(
            theirs.description
        ):
            return True
        if ours_stop_s <= theirs_stop_s:
            ours = next(one, None)
        else:
            theirs = next(other, None)
    return False


def _with_durations(stages: Sequence[Annotation]) -> Iterator[Annotation]:
    """Give stages without a duration one: until the next, the last one an epoch."""
    ordered = sorted(stages, key=lambda one: one.onset_s)
    for one, following in itertools.zip_longest(ordered, ordered[1:]):
        if one.duration_s > 0:
            yield one
        else:
            until_s = one.onset_s + EPOCH_S if following is None else following.onset_s
            yield replace(one, duration_s=until_s - one.onset_s)
