"""The engine psgscoring (BSD-3-Clause, an extra) for breathing; all else by plain rules.

It runs in a process of its own with a bound of memory, and gets only the channels of breathing and
oxygen at 64 Hz: given everything at its own rate, it asks for gigabytes. Limb movements are left to
the plain rules, since its list of them ends at 200 and needs faster legs. So are arousals: of clear
planted ones in NREM its networks (EEG, EOG and chin; onnxruntime) have an F1 of 0.55 and 0.57 where
the rules have 0.93, of faint ones 0.27 and 0 where they have 0.69; they learnt on patients, which
the simulated nights are not.

Measured on simulated nights with planted events alone (``tests/benchmarks/benchmark_events.py``,
two hours, difficulty “usual”, 13, 33 and 75 planted apneas and hypopneas): F1 0.74, 0.99 and 0.98,
where the plain rules have 1.00, 1.00 and 0.97. But it calls most apneas hypopneas there: 15–26 % of
the kinds are right, where the plain rules have 92–100 %. It takes 10–12 s of work and 400 MB, the
plain rules 1 s. So it is not what is chosen by default. How both do on patients was not measured.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Model
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import NightSignals, Proposal, Proposals
from sleepscorer.events.oximetry import each_second
from sleepscorer.events.plain_engine import Search
from sleepscorer.events.roles import FLOWS, Role, RoleError, in_per_cent
from sleepscorer.events.rules import Rule
from sleepscorer.io.apart import Apart, ApartError

VERSION = "0.37.0"
PROFILE = "aasm_v3_breath_dual"
"""Profile that events are looked for by. Of two hours with 36 planted events, it found all 36, with
none false on an easy night and eight on a usual one; ``aasm_v3_rec``, the default of psgscoring,
found none and four."""

_HZ = 64.0
_LIMIT_S = 900.0
_MOST_BYTES = 2 * 2**30
_Float32 = npt.NDArray[np.float32]

_CHANNELS: Mapping[Role, str] = {
    Role.THERMISTOR: "flow_thermistor",
    Role.NASAL_PRESSURE: "flow_pressure",
    Role.PAP_FLOW: "flow",
    Role.THORAX: "thorax",
    Role.ABDOMEN: "abdomen",
    Role.SPO2: "spo2",
}
_KINDS: Mapping[str, EventKind] = {
    "obstructive": EventKind.OBSTRUCTIVE_APNEA,
    "central": EventKind.CENTRAL_APNEA,
    "mixed": EventKind.MIXED_APNEA,
    "hypopnea_obstructive": EventKind.OBSTRUCTIVE_HYPOPNEA,
    "hypopnea_central": EventKind.CENTRAL_HYPOPNEA,
}


class EngineError(SleepScorerError):
    """An engine did not come to an end."""


def is_installed() -> bool:
    """Whether psgscoring is there."""
    return importlib.util.find_spec("psgscoring") is not None


class PsgscoringEngine:
    """Finds apneas and hypopneas by psgscoring, desaturations and movements by plain rules."""

    @property
    def model(self) -> Model:
        """What its breathing events have for a source."""
        return Model(f"psgscoring {VERSION} {PROFILE}")

    def propose(
        self,
        signals: NightSignals,
        stages: Sequence[Stage],
        rule: Rule,
        marked: Sequence[ScoredEvent],
        *,
        rejected: Sequence[ScoredEvent],
        progress: Callable[[float], None],
    ) -> Proposals:
        """See `EventEngine`; what a fall of less than 3 % would make is not looked for.

        Raises
        ------
        EngineError
            psgscoring is not installed, crashed, or took too long.
        """
        if not is_installed():
            raise EngineError(
                "psgscoring is not installed: pip install 'sleepscorer[events]', or let the plain "
                "rules suggest events."
            )
        search = Search(signals, stages, rule, marked, rejected)

        def breathing(falls: Sequence[Proposal]) -> Iterator[Proposal]:
            usable = signals.usable()
            flow = usable.roles.first_of(FLOWS)
            if flow is None:
                search.remarks.append(
                    Phrase(
                        "No channel is known as airflow: apneas and hypopneas were not looked for."
                    )
                )
                return iter(())
            label = usable.roles[flow].label
            found = _run(usable, stages, search.arousals)
            events = (
                (self._event(one, label), _reason(one))
                for one in found
                if search.is_asleep(one.onset_s, one.onset_s + one.duration_s)
            )
            return search.judged(events, falls)

        return search.proposals(breathing, progress)

    def _event(self, found: _Found, channel: str) -> ScoredEvent:
        is_hypopnea = found.kind.startswith("hypopnea")
        kind = _KINDS.get(found.kind, EventKind.HYPOPNEA if is_hypopnea else EventKind.APNEA)
        return ScoredEvent(kind, found.onset_s, found.duration_s, channel, source=self.model)


@dataclass(frozen=True, slots=True)
class _Found:
    """An event as psgscoring tells it; its confidence goes from 0 to 1."""

    kind: str
    onset_s: float
    duration_s: float
    confidence: float | None


def _reason(found: _Found) -> Phrase:
    if found.confidence is None:
        return Phrase("psgscoring found it.")
    return Phrase(
        "psgscoring found it with a confidence of {confidence:.0%}.", confidence=found.confidence
    )


def _run(
    signals: NightSignals, stages: Sequence[Stage], arousals: Sequence[ScoredEvent]
) -> Sequence[_Found]:
    content = {}
    for role, word in _CHANNELS.items():
        if role not in signals.roles:
            continue
        values, sfreq = signals.read(role)
        if role is Role.SPO2:
            try:
                values, _ = in_per_cent(signals.roles[role], values)
            except RoleError:  # the search has said so
                continue
        content[word] = _at_64_hz(role, values, sfreq)
    apart = Apart(_LIMIT_S, _MOST_BYTES)
    try:
        return apart.do(
            _found_there,
            content,
            [stage.label or "W" for stage in stages],
            [(one.onset_s, one.duration_s) for one in arousals],
        )
    except ApartError as error:
        raise EngineError(
            "psgscoring did not come to an end ({reason}); let the plain rules suggest events.",
            reason=error,
        ) from error
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as e:
        raise EngineError(
            "psgscoring failed on this night ({reason}); let the plain rules suggest events.",
            reason=e,
        ) from e
    finally:
        apart.end()


def _at_64_hz(role: Role, values: _Float32, sfreq: float) -> _Float32:
    """Bring a channel to the rate that all share; shape (n_times,)."""
    n_times = int(values.size / sfreq * _HZ)
    values = np.nan_to_num(values)
    if role is Role.SPO2:
        seconds = each_second(values, sfreq).astype(np.float32)
        places = np.minimum((np.arange(n_times) / _HZ).astype(np.int64), seconds.size - 1)
        return seconds[places]
    # Straight lines between samples have corners, which its second derivatives take for breath.
    up, down = round(_HZ * 100), round(sfreq * 100)
    common = np.gcd(up, down)
    resampled = scipy.signal.resample_poly(values, up // common, down // common)
    return np.asarray(resampled[:n_times], np.float32)


def _found_there(
    content: Mapping[str, _Float32],
    stages: Sequence[str],
    arousals: Sequence[tuple[float, float]],
) -> Sequence[_Found]:
    """Run psgscoring, in the other process: it prints, and warns in Dutch."""
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        import mne
        import psgscoring

        n_times = min(one.size for one in content.values())
        raw = mne.io.RawArray(
            np.array([one[:n_times] for one in content.values()], np.float64),
            mne.create_info(list(content), _HZ, "misc"),
            verbose="ERROR",
        )
        told = psgscoring.run_pneumo_analysis(
            raw,
            list(stages),
            {word: word for word in content},
            scoring_profile=PROFILE,
            arousal_events=[
                {"onset_s": onset_s, "duration_s": duration_s} for onset_s, duration_s in arousals
            ]
            or None,
        )
    return [
        _Found(
            str(one["type"]),
            round(float(one["onset_s"]), 3),
            round(float(one["duration_s"]), 3),
            None if one.get("confidence") is None else float(one["confidence"]),
        )
        for one in told["respiratory"]["events"]
    ]
