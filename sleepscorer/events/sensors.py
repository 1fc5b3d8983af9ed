"""What the slow sensors of a night measured, second by second: oxygen, pulse and position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.legends import SAME_CODE
from sleepscorer.domain.phrases import Phrase, joined, phrase_of
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.oximetry import Saturation, each_second
from sleepscorer.events.roles import Role, RoleError

_Float64 = npt.NDArray[np.float64]
_Bool = npt.NDArray[np.bool_]

# Own choices, named in the definitions.
_SLOWEST_PULSE, _FASTEST_PULSE = 25.0, 250.0
_LEAST_VALID = 0.2  # a share of the night; below, it is no heart rate
_LARGEST_STEP = 5.0  # beats a minute from second to second, in the median; a pulse wave has more

SUPINE, OTHER = "supine", "not_supine"


@dataclass(frozen=True, slots=True, eq=False)
class Sensors:
    """Oxygen, pulse and position, one value a second.

    Attributes
    ----------
    saturation
        None where there is none.
    pulse
        Beats a minute, shape (n_seconds,), NaN where there is none that can be relied on; None
        where there is none at all.
    positions
        By `SUPINE` and `OTHER`, which seconds are so, shape (n_seconds,); empty where nobody can
        tell.
    remarks
        Sentences on what could not be read, and why.
    absent
        What stands in the place of a number of a sensor that is missing.
    """

    saturation: Saturation | None = None
    pulse: _Float64 | None = None
    positions: Mapping[str, _Bool] = field(default_factory=dict)
    remarks: tuple[Phrase, ...] = ()
    absent: Phrase = Phrase("not read")  # noqa: RUF009  # a phrase does not change

    @classmethod
    def read(cls, signals: NightSignals, supine: tuple[float, ...] = ()) -> Sensors:
        """Read what there is of them in a recording.

        Parameters
        ----------
        signals
            Of the channels that have a role.
        supine
            Values of the position channel that mean lying on the back; empty where nobody said.

        Raises
        ------
        RecordingError
            It can't be read.
        """
        signals = signals.usable()
        saturation, remarks = read_saturation(signals)
        pulse = None
        if Role.PULSE in signals.roles:
            pulse = _pulse(*signals.read(Role.PULSE), saturation)
            if pulse is None:
                remarks.append(
                    Phrase(
                        "“{label}” is no heart rate in beats per minute.",
                        label=signals.roles[Role.PULSE].label,
                    )
                )
        positions: dict[str, _Bool] = {}
        if Role.POSITION in signals.roles and supine:
            values, sfreq = signals.read(Role.POSITION)
            positions = _positions(each_second(values, sfreq), supine)
        elif Role.POSITION in signals.roles:
            remarks.append(
                Phrase(
                    "Nobody said which values of “{label}” mean supine: see Events > Sensors, rule "
                    "and engine.",
                    label=signals.roles[Role.POSITION].label,
                )
            )
        return cls(saturation, pulse, positions, tuple(remarks), Phrase("not recorded"))


NO_SENSORS = Sensors()
"""Where the recording was not read."""


def read_saturation(signals: NightSignals) -> tuple[Saturation | None, list[Phrase]]:
    """Read the oximeter alone; None where there is none, and what is to be said of it.

    Raises
    ------
    RecordingError
        It can't be read.
    """
    signals = signals.usable()
    if Role.SPO2 not in signals.roles:
        return None, []
    try:
        saturation, remark = signals.saturation()
    except RoleError as error:
        return None, [joined(phrase_of(error))]
    return saturation, [] if remark is None else [remark]


def _pulse(
    values: npt.NDArray[np.float32], sfreq: float, saturation: Saturation | None
) -> _Float64 | None:
    """Heart rate that can be relied on; None for what is none, as a pulse wave."""
    pulse = each_second(values, sfreq)
    with np.errstate(invalid="ignore"):
        pulse[(pulse < _SLOWEST_PULSE) | (pulse > _FASTEST_PULSE)] = np.nan
    steps = np.abs(np.diff(pulse))
    steps = steps[np.isfinite(steps)]
    is_rate = steps.size > _LEAST_VALID * pulse.size and np.median(steps) <= _LARGEST_STEP
    if not is_rate:
        return None
    if saturation is not None:
        both = min(pulse.size, saturation.values.size)
        # The same clip: where it gives no saturation, its pulse is none either.
        pulse[:both][np.isnan(saturation.values[:both])] = np.nan
    return pulse


def _positions(codes: _Float64, supine: tuple[float, ...]) -> dict[str, _Bool]:
    is_known = np.isfinite(codes)
    is_supine = np.zeros(codes.size, np.bool_)
    for code in supine:
        is_supine |= np.abs(np.nan_to_num(codes, nan=np.inf) - code) <= SAME_CODE
    return {SUPINE: is_supine, OTHER: is_known & ~is_supine}
