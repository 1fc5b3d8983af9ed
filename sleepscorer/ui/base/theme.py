"""Colours of everything drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.events import EventGroup, ScoredEvent
from sleepscorer.domain.own_kinds import OwnKind, own_kind_of
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.language import N_, event_name

_FIELD_PERCENT = 180
_STAGES = {
    # Told apart with any colour vision (after Okabe & Ito 2008).
    Stage.W: "#E69F00",
    Stage.N1: "#56B4E9",
    Stage.N2: "#0072B2",
    Stage.N3: "#1B2A6B",
    Stage.R: "#D55E00",
    Stage.UNSCORED: "#9AA0A6",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, as ``#RRGGBB``.

    Attributes
    ----------
    window, surface
        Behind controls; behind signals.
    ink, faint_ink
        Text; secondary text.
    grid, strong_grid, guide
        Second lines, five-second lines and lane borders; 75 µV guide lines.
    accent
        The cursor and the selected control.
    warning, error
        Edges of messages.
    event
        What is told of the night beside events: remarks, differences.
    found
        Waves that detectors found.
    spectrum
        Name of the colour map of the spectrogram.
    stages
        Colour of each stage.
    traces
        Colour of the traces of each kind of channel.
    events
        Colour of the events of each group, in which their names are written, too.
    own_kinds
        Kinds of events that have a name and a colour of the laboratory's.
    """

    window: str
    surface: str
    ink: str
    faint_ink: str
    grid: str
    strong_grid: str
    guide: str
    accent: str
    warning: str
    error: str
    event: str
    found: str
    spectrum: str
    stages: dict[Stage, str]
    traces: dict[ChannelKind, str]
    events: dict[EventGroup, str]
    own_kinds: tuple[OwnKind, ...] = ()

    def of_event(self, event: ScoredEvent) -> str:
        """Colour of an event."""
        own = own_kind_of(event, self.own_kinds)
        return self.events[event.kind.group] if own is None else own.colour

    def name_of(self, event: ScoredEvent) -> str:
        """What is written beside an event."""
        own = own_kind_of(event, self.own_kinds)
        return event_name(event) if own is None else own.name

    @property
    def _base(self) -> QColor:
        """Behind what is typed and ticked: where the surface is dark, no outline would show it."""
        window, surface = QColor(self.window), QColor(self.surface)
        is_seen = surface.lightnessF() > window.lightnessF()
        return surface if is_seen else window.lighter(_FIELD_PERCENT)

    def palette(self) -> QPalette:
        """Palette for the controls."""
        palette = QPalette(QColor(self.window))
        ink, faint = QColor(self.ink), QColor(self.faint_ink)
        roles = QPalette.ColorRole
        for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.ToolTipText):
            palette.setColor(role, ink)
            palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
        palette.setColor(roles.PlaceholderText, faint)
        palette.setColor(roles.Window, QColor(self.window))
        palette.setColor(roles.Base, self._base)
        palette.setColor(roles.AlternateBase, QColor(self.window))
        palette.setColor(roles.ToolTipBase, QColor(self.surface))
        palette.setColor(roles.Highlight, QColor(self.accent))
        is_dark = QColor(self.accent).lightnessF() < 0.5
        palette.setColor(roles.HighlightedText, QColor("#FFFFFF" if is_dark else "#14161A"))
        palette.setColor(roles.Link, QColor(self.accent))
        return palette


LIGHT = Theme(
    window="#F3F4F6",
    surface="#FFFFFF",
    ink="#1F2328",
    faint_ink="#6B7280",
    grid="#EEF0F3",
    strong_grid="#D9DDE3",
    guide="#C9B79C",
    accent="#0B6BCB",
    warning="#B7791F",
    error="#C0392B",
    event="#7B5EA7",
    found="#0A7D6B",
    spectrum="viridis",
    stages=_STAGES,
    traces={
        ChannelKind.EEG: "#1F2328",
        ChannelKind.EOG: "#2563A6",
        ChannelKind.EMG: "#7A4A1E",
        ChannelKind.ECG: "#A32638",
        ChannelKind.RESPIRATION: "#22704A",
        ChannelKind.SPO2: "#6D3FA0",
        ChannelKind.OTHER: "#5B6470",
    },
    events={
        EventGroup.AROUSAL: "#A15C00",
        EventGroup.APNEA: "#B3261E",
        EventGroup.HYPOPNEA: "#1D5FA8",
        EventGroup.RERA: "#0F766E",
        EventGroup.DESATURATION: "#7B5EA7",
        EventGroup.LIMB_MOVEMENT: "#4D7C0F",
        EventGroup.PLM: "#2F5D1E",
        EventGroup.MICROSTRUCTURE: "#9D2F7A",
        EventGroup.OTHER: "#5B6470",
        EventGroup.ARTEFACT: "#8A4B5C",
    },
)

DARK = Theme(
    window="#1D2025",
    surface="#14161A",
    ink="#E6E8EB",
    faint_ink="#9AA3AE",
    grid="#20242A",
    strong_grid="#323842",
    guide="#6B5B3E",
    accent="#5AA9FF",
    warning="#E0A840",
    error="#F0796B",
    event="#B79CE0",
    found="#5FD0BC",
    spectrum="viridis",
    # On dark ground N2 is the darkest of three blues, not N3.
    stages=_STAGES | {Stage.N1: "#C8F1F9", Stage.N2: "#2E8FD0", Stage.N3: "#A3B0F0"},
    traces={
        ChannelKind.EEG: "#DDE1E6",
        ChannelKind.EOG: "#7DB4F0",
        ChannelKind.EMG: "#D8A878",
        ChannelKind.ECG: "#F0909C",
        ChannelKind.RESPIRATION: "#7CCBA2",
        ChannelKind.SPO2: "#C3A1EC",
        ChannelKind.OTHER: "#A8B0BA",
    },
    events={
        EventGroup.AROUSAL: "#F0B35A",
        EventGroup.APNEA: "#FF8A80",
        EventGroup.HYPOPNEA: "#82B8FF",
        EventGroup.RERA: "#5FD0BC",
        EventGroup.DESATURATION: "#C7A8F0",
        EventGroup.LIMB_MOVEMENT: "#B5D66B",
        EventGroup.PLM: "#86C06C",
        EventGroup.MICROSTRUCTURE: "#F08CCB",
        EventGroup.OTHER: "#A8B0BA",
        EventGroup.ARTEFACT: "#D99AA8",
    },
)


# Every two colours that meet differ in lightness, so that they can be told apart without any
# colour vision; hues after Okabe & Ito (2008), the spectrogram's map after Nuñez et al. (2018).
SAFE = replace(
    LIGHT,
    ink="#000000",
    faint_ink="#4A4F57",
    grid="#E6E9ED",
    strong_grid="#C4CAD2",
    guide="#8A8F98",
    accent="#0050A0",
    event="#4A4F57",
    found="#0050A0",
    spectrum="cividis",
    stages={
        Stage.W: "#F7D03C",
        Stage.N1: "#7FB8DE",
        Stage.N2: "#2F6FAE",
        Stage.N3: "#14213D",
        Stage.R: "#C8501E",
        Stage.UNSCORED: "#9AA0A6",
    },
    traces={
        ChannelKind.EEG: "#000000",
        ChannelKind.EOG: "#0072B2",
        ChannelKind.EMG: "#8C4A00",
        ChannelKind.ECG: "#D55E00",
        ChannelKind.RESPIRATION: "#00614A",
        ChannelKind.SPO2: "#A3467C",
        ChannelKind.OTHER: "#4A4F57",
    },
    events={
        EventGroup.AROUSAL: "#5A2E00",
        EventGroup.APNEA: "#14213D",
        EventGroup.HYPOPNEA: "#00548F",
        EventGroup.RERA: "#3F8FC7",
        EventGroup.DESATURATION: "#AE5689",
        EventGroup.LIMB_MOVEMENT: "#00402F",
        EventGroup.PLM: "#00876B",
        EventGroup.MICROSTRUCTURE: "#C05600",
        EventGroup.OTHER: "#4A4F57",
        EventGroup.ARTEFACT: "#74593E",
    },
)

THEMES = {
    "light": (N_("&Light"), LIGHT),
    "dark": (N_("&Dark"), DARK),
    "safe": (N_("&Colour-blind safe"), SAFE),
}
"""Name and colours of each theme, by its word in the preferences."""


def theme_word(preference: str) -> str:
    """Word of a stored preference, that of the light theme for an unknown one."""
    return preference if preference in THEMES else "light"


def theme_of(preference: str) -> Theme:
    """Theme of a stored preference."""
    return THEMES[theme_word(preference)][1]


def restyle(widget: QWidget, style: str) -> None:
    """Set a style sheet if it is another one: Qt works through even the same one again."""
    if widget.styleSheet() != style:
        widget.setStyleSheet(style)


def mixed(colour: str, behind: QColor, share: float) -> QColor:
    """Colour that one has over another, to be painted opaque.

    What shines through is blended on several threads of Qt, which a busy machine makes wait for
    each other: milliseconds for a column of a table.
    """
    above = QColor(colour)

    def part(one: float, other: float) -> float:
        return share * one + (1 - share) * other

    return QColor.fromRgbF(
        part(above.redF(), behind.redF()),
        part(above.greenF(), behind.greenF()),
        part(above.blueF(), behind.blueF()),
    )


def stage_style(score: EpochScore, theme: Theme) -> str:
    """Style of a stage's label: filled for a person's stage, outlined for the model's."""
    colour = theme.stages[score.stage]
    if score.is_human:
        ink = "#FFFFFF" if QColor(colour).lightnessF() < 0.6 else "#14161A"
        return f"background: {colour}; color: {ink}; border: 2px solid {colour};"
    return f"background: {theme.surface}; color: {theme.ink}; border: 2px solid {colour};"
