"""What is known of a night of a list, read from header and sessions, and kept until they change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Generic, TypeVar

from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.errors import NoSignalsError
from sleepscorer.domain.phrases import Phrase, phrase_of
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.file_questions import size_and_time
from sleepscorer.io.edf_identity import Patient, patient_of
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.session import SessionState, read_session_state
from sleepscorer.studies.nights import Night
from sleepscorer.terminal import sentence_of

Value = TypeVar("Value")


class Status(Enum):
    """How far a night is; in this order."""

    NEW = Phrase("new")
    STAGED = Phrase("staged")
    IN_REVIEW = Phrase("in review")
    SIGNED_OFF = Phrase("signed off")
    SCORED_TWICE = Phrase("scored twice")

    @property
    def rank(self) -> int:
        """Its place in the order, from 0."""
        return list(Status).index(self)

    @property
    def is_done(self) -> bool:
        """Whether somebody answers for the whole night."""
        return self in (Status.SIGNED_OFF, Status.SCORED_TWICE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a night.

    Attributes
    ----------
    status
        How far it is; None where that can't be told.
    session
        What to open to go on; None for the recording itself.
    patient
        Whose it is by the header.
    start
        When it begins; None where neither date nor time of day are known.
    duration_s
        How long it is; None where that can't be told.
    scorers
        Who signed it off, or works on it.
    n_corrected
        How many stages of people are others than the network's; None where that is not known.
    problem
        Why it can't be opened, or its session can't; empty where nothing is wrong.
    is_recording
        Whether the file holds signals.
    """

    status: Status | None = None
    session: Path | None = None
    patient: Patient = field(default_factory=Patient)
    start: datetime | None = None
    duration_s: float | None = None
    scorers: tuple[str, ...] = ()
    n_corrected: int | None = None
    problem: str = ""
    is_recording: bool = True


@dataclass(frozen=True, slots=True)
class _Header:
    identity: RecordingIdentity
    patient: Patient


def unreadable(path: Path, error: Exception) -> Facts:
    """What is known of a night that can't be read."""
    return Facts(problem=_sentence(path, error))


class FactReader:
    """Reads what is known of nights; of a file that has not changed, once.

    It may be used from several threads. Nothing of it is written to a disk: headers name people.
    """

    def __init__(self) -> None:
        self._headers = _Kept(_header_of)
        self._states = _Kept(read_session_state)

    def facts(self, night: Night) -> Facts:
        """Read what is known of a night; what can't be read is said in it."""
        try:
            header = self._headers.of(night.path)
        except NoSignalsError as error:
            return Facts(problem=phrase_of(error), is_recording=False)
        except Exception as error:  # noqa: BLE001  the border of each night
            return unreadable(night.path, error)
        states: dict[Path, SessionState] = {}
        problem, damaged = "", None
        for session in night.sessions:
            try:
                state = self._states.of(session)
            except FileNotFoundError:
                continue
            except Exception as error:  # noqa: BLE001  of a night that has others
                problem, damaged = _sentence(session, error), session
                continue
            if not state.recording.difference(header.identity):
                states[session] = state
        status = _status(tuple(states.values())) if states or not problem else None
        chosen = max(states, key=lambda one: _how_far(one, states[one]), default=damaged)
        state_of_chosen = None if chosen is None else states.get(chosen)
        return Facts(
            status,
            chosen,
            header.patient,
            header.identity.start if known_start(header.identity.start) else None,
            header.identity.duration_s,
            tuple(dict.fromkeys(filter(None, map(_scorer, states.values())))),
            None if state_of_chosen is None else state_of_chosen.n_corrected,
            problem,
        )


class _Kept(Generic[Value]):
    """What a function made of files, as long as their length and time are the same.

    No failure is kept: what a share refuses now it may give the next time.
    """

    def __init__(self, read: Callable[[Path], Value]) -> None:
        self._read = read
        self._values: dict[Path, tuple[tuple[int, int], Value]] = {}

    def of(self, path: Path) -> Value:
        key = size_and_time(path)
        known_key, value = self._values.get(path, (None, None))
        if known_key != key or value is None:
            value = self._read(path)
            self._values[path] = key, value
        return value


def _header_of(path: Path) -> _Header:
    with closing(open_recording(path)) as recording:
        return _Header(RecordingIdentity.of(recording), patient_of(recording))


def _status(states: tuple[SessionState, ...]) -> Status:
    signed = {state.sign_off.by.casefold() for state in states if state.sign_off is not None}
    if len(signed) > 1 or any(state.is_joint and state.sign_off is not None for state in states):
        return Status.SCORED_TWICE
    if signed:
        return Status.SIGNED_OFF
    if not states:
        return Status.NEW
    is_untouched = all(state.n_staged and not state.is_reviewed for state in states)
    return Status.STAGED if is_untouched else Status.IN_REVIEW


def _how_far(path: Path, state: SessionState) -> tuple[bool, bool, bool, str]:
    """What makes a session the one to go on with: the last is told by its name alone."""
    return state.is_joint, state.sign_off is not None, state.is_reviewed, path.name


def _scorer(state: SessionState) -> str:
    return state.scorer if state.sign_off is None else state.sign_off.by


def _sentence(path: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        return Phrase("{file} can't be read: {reason}.", file=path.name, reason=phrase_of(error))
    return sentence_of(path, error)
