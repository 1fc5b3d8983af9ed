"""What a channel is for in the scoring of events: the sensors of breathing, oxygen and legs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.channels import Channel, ChannelKind, is_pap_pressure, uv_per_unit
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import Phrase


class RoleError(SleepScorerError):
    """A channel can't have the role that it was given."""


class Role(Enum):
    """What a channel is for; the value is the word on the command line."""

    THERMISTOR = "thermistor"
    NASAL_PRESSURE = "nasal-pressure"
    PAP_FLOW = "pap-flow"
    PAP_PRESSURE = "pap-pressure"
    THORAX = "thorax"
    ABDOMEN = "abdomen"
    SPO2 = "spo2"
    PULSE = "pulse"
    POSITION = "position"
    SNORE = "snore"
    LEFT_LEG = "left-leg"
    RIGHT_LEG = "right-leg"
    LEG = "leg"
    CHIN = "chin"


FLOWS = (Role.THERMISTOR, Role.NASAL_PRESSURE, Role.PAP_FLOW)
EFFORTS = (Role.THORAX, Role.ABDOMEN)
LEGS = (Role.LEFT_LEG, Role.RIGHT_LEG, Role.LEG)

# Not \b, for which the underscore is a letter.
_BEGIN, _END = r"(?<![A-Z0-9])", r"(?![A-Z0-9])"

_PAP_PRESSURE = (
    rf"PAP.?(?:PRES|DRUCK)|(?:MASK.?|MASKEN.?)(?:PRES|DRUCK)|(?:PRES\w*|DRUCK).?[CX]?PAP"
    rf"|{_BEGIN}C.?PRES\w*{_END}|{_BEGIN}[CX]?PAP{_END}$"
)

# Of a kind of channel that the label is recognised as, the first pattern found names the role.
_PATTERNS: Mapping[ChannelKind, tuple[tuple[Role, str], ...]] = {
    ChannelKind.RESPIRATION: (
        (Role.SNORE, rf"SNOR|SOUND|PHONO|{_BEGIN}MIC(?:ROPHONE)?{_END}"),
        (Role.PAP_PRESSURE, _PAP_PRESSURE),
        (Role.PAP_FLOW, rf"[CX]?PAP.?FLOW|{_BEGIN}(?:CFLOW|FLOW.?(?:CPAP|PAP)|PFLOW){_END}"),
        (Role.THERMISTOR, r"THERM|TERMI|ORO.?NAS|ORAL"),
        (Role.NASAL_PRESSURE, rf"NASAL|{_BEGIN}NAF|PRES|{_BEGIN}PTAF|CANN?ULA"),
        (Role.THORAX, rf"THOR|TORA|CHEST|{_BEGIN}VTH{_END}|RIP.?TH|THX|EFFORT.?T"),
        (Role.ABDOMEN, rf"ABD|ADDOM|{_BEGIN}VAB{_END}|RIP.?AB|EFFORT.?A"),
        # What is called flow and no more is a thermal sensor or a cannula: it serves for both.
        (Role.NASAL_PRESSURE, rf"FLOW|FLUSSO|{_BEGIN}AIR{_END}"),
    ),
    ChannelKind.EMG: (
        (Role.CHIN, r"CHIN|SUBMENT|MENTAL|KINN"),
        (
            Role.LEFT_LEG,
            rf"{_BEGIN}L(?:AT|LEG|TIB)|L[\s_./-]?(?:LEG|TIB|AT{_END})|LEG.?(?:EMG.?)?(?:L{_END}|LEFT|1)"
            rf"|{_BEGIN}SX\d|(?:TIB|PLM)\w*[\s_./-]?(?:L{_END}|LEFT|1{_END})|LEFT|LINKS",
        ),
        (
            Role.RIGHT_LEG,
            rf"{_BEGIN}R(?:AT|LEG|TIB)|R[\s_./-]?(?:LEG|TIB|AT{_END})|LEG.?(?:EMG.?)?(?:R{_END}|RIGHT|2)"
            rf"|{_BEGIN}DX\d|(?:TIB|PLM)\w*[\s_./-]?(?:R{_END}|RIGHT|2{_END})|RIGHT|RECHTS",
        ),
        (Role.LEG, r"LEG|TIB|PLM"),
    ),
    ChannelKind.SPO2: ((Role.SPO2, r""),),
    ChannelKind.OTHER: (
        (Role.PULSE, rf"PULS|PULSE|{_BEGIN}(?:PR|HR|H\.R\.|HEART.?RATE|BPM){_END}"),
        (
            Role.POSITION,
            rf"POSITION|{_BEGIN}(?:POS|BODY|BPOS|LAGE){_END}|BODY.?POS|POSIZ|K.RPERLAGE",
        ),
        (Role.PAP_PRESSURE, _PAP_PRESSURE),
        # Belts and other names that alone say nothing of breathing.
        (Role.THORAX, rf"{_BEGIN}THX?{_END}"),
        (Role.ABDOMEN, rf"{_BEGIN}AB{_END}|BAUCH"),
        (Role.NASAL_PRESSURE, rf"{_BEGIN}PTAF{_END}"),
    ),
}
_ROLES = {
    kind: tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in patterns)
    for kind, patterns in _PATTERNS.items()
}
_NOT_A_SIGNAL = re.compile(r"[\s_-]OFF$|STATUS|QUAL|IMPED", re.IGNORECASE)

# What the rules need at least; below, an onset can't be placed or a movement not be seen.
_LEAST_HZ: Mapping[Role, float] = {
    **dict.fromkeys((*FLOWS, *EFFORTS), 4.0),
    **dict.fromkeys((*LEGS, Role.CHIN), 50.0),
    Role.SPO2: 0.2,
}
_LEAST_SPO2, _MOST_SPO2 = 50.0, 100.5
_LEAST_VALID = 0.2  # a share of the night; below, it is no saturation in per cent
_LEAST_OF_FRACTION = 0.9


def role_of(channel: Channel) -> Role | None:
    """Recognise the role of a channel by its kind and label; None for one that has none."""
    if _NOT_A_SIGNAL.search(channel.label):
        return None
    for role, pattern in _ROLES.get(channel.kind, ()):
        if pattern.search(channel.label):
            is_device = role is Role.NASAL_PRESSURE and is_pap_pressure(channel.label, channel.unit)
            return Role.PAP_PRESSURE if is_device else role
    return None


@dataclass(frozen=True, slots=True)
class Roles:
    """Which channel has which role.

    Attributes
    ----------
    channels
        The channel of each role; a role that no channel has is left out.
    """

    channels: Mapping[Role, Channel]

    @classmethod
    def recognised(cls, channels: Iterable[Channel]) -> Roles:
        """Give roles by label; of several channels for one role, the fastest, then the first."""
        found: dict[Role, Channel] = {}
        for channel in channels:
            role = role_of(channel)
            if role is not None and (role not in found or channel.sfreq > found[role].sfreq):
                found[role] = channel
        return cls(found)

    def __getitem__(self, role: Role) -> Channel:
        return self.channels[role]

    def __contains__(self, role: Role) -> bool:
        return role in self.channels

    def having(self, role: Role, channel: Channel | None) -> Roles:
        """Build roles in which another channel has a role, or none."""
        changed = {one: held for one, held in self.channels.items() if one is not role}
        return Roles(changed if channel is None else {**changed, role: channel})

    def first_of(self, roles: Iterable[Role]) -> Role | None:
        """The first role that a channel has; None where none has any of them."""
        return next((role for role in roles if role in self), None)

    def problems(self) -> Iterator[tuple[Role, Phrase]]:
        """What is wrong with the rate or the unit of a channel for its role."""
        for role, channel in self.channels.items():
            if channel.sfreq < _LEAST_HZ.get(role, 0.0):
                yield (
                    role,
                    Phrase(
                        "“{label}” has {sfreq:g} Hz; as {role} it needs at least {least:g} Hz.",
                        label=channel.label,
                        sfreq=channel.sfreq,
                        role=role.value,
                        least=_LEAST_HZ[role],
                    ),
                )
            elif role in LEGS and uv_per_unit(channel.unit) is None:
                yield (
                    role,
                    Phrase(
                        "“{label}” is stored in “{unit}”, no voltage: 8 µV can't be told in it.",
                        label=channel.label,
                        unit=channel.unit,
                    ),
                )

    def usable(self) -> Roles:
        """The roles whose channels have no problem."""
        faulty = {role for role, _ in self.problems()}
        return Roles({role: one for role, one in self.channels.items() if role not in faulty})


def in_per_cent(
    channel: Channel, values: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], Phrase | None]:
    """Give an oxygen saturation in per cent, also where it is stored as a fraction of one.

    Returns
    -------
    values, remark
        In per cent, and that they were a fraction; None where they were not.

    Raises
    ------
    RoleError
        It is neither: a voltage or another signal.
    """
    finite = values[np.isfinite(values)]
    share = _share_of_saturation(finite)
    if share >= _LEAST_VALID:
        return values, None
    # A pulse wave from 0 to 1 has half of itself there; zeros are a sensor that is off.
    if _share_of_saturation(100 * finite[finite != 0]) >= _LEAST_OF_FRACTION:
        remark = Phrase(
            "“{label}” is stored as a fraction of one and was read in %.", label=channel.label
        )
        return values * np.float32(100), remark
    raise RoleError(
        "“{label}” is no oxygen saturation in %: only {share:.0%} of it lies from 50 to 100. "
        "Give the role to another channel.",
        label=channel.label,
        share=share,
    )


def _share_of_saturation(values: npt.NDArray[np.float32]) -> float:
    is_one = (values >= _LEAST_SPO2) & (values <= _MOST_SPO2)
    return float(np.mean(is_one)) if values.size else 0.0
