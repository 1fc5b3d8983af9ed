"""Figures of the report as one SVG drawing: the whole night on one time axis."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import BREATHING_EVENTS, LIMB_EVENTS, EventGroup
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import HYPNOGRAM_ROWS, SCORED_STAGES, Stage
from sleepscorer.domain.texts import markup
from sleepscorer.report.content import Report

STAGE_COLOURS = {
    # Told apart with any colour vision (after Okabe & Ito 2008).
    Stage.W: "#E69F00",
    Stage.N1: "#56B4E9",
    Stage.N2: "#0072B2",
    Stage.N3: "#1B2A6B",
    Stage.R: "#D55E00",
}
WIDTH, HEIGHT = 700, 330
LEFT, RIGHT = 74, 692
INK, FAINT, GRID = "#1F2328", "#6B7280", "#D9DDE3"

_LANES = (
    (Phrase("Arousals"), (EventGroup.AROUSAL,), "#7A4A1E"),
    (Phrase("Respiratory"), BREATHING_EVENTS, "#22704A"),
    (Phrase("Desaturations"), (EventGroup.DESATURATION,), "#6D3FA0"),
    (Phrase("Limbs"), LIMB_EVENTS, "#5B6470"),
)
_LANE_HEIGHT = 9
_HYPNOGRAM_TOP, _HYPNOGRAM_ROW = 8, 17
_LANES_TOP = _HYPNOGRAM_TOP + 5 * _HYPNOGRAM_ROW + 8
_DENSITY_TOP = _LANES_TOP + len(_LANES) * _LANE_HEIGHT + 8
_DENSITY_HEIGHT = 58
_SPECTROGRAM_TOP = _DENSITY_TOP + _DENSITY_HEIGHT + 8
_SPECTROGRAM_HEIGHT = 84
_AXIS_TOP = _SPECTROGRAM_TOP + _SPECTROGRAM_HEIGHT

# Anchors of the perceptually uniform map “viridis” (van der Walt & Smith 2015).
_VIRIDIS = np.array(
    [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)], np.float64
)


def night_svg(report: Report) -> str:
    """Draw hypnogram, events, hypnodensity and spectrogram under each other.

    The drawing is `WIDTH` by `HEIGHT` and keeps to what SVG Tiny knows, so that it looks the same
    in a browser and in print.
    """
    parts = [
        *_hypnogram(report),
        *_event_lanes(report),
        *_hypnodensity(report),
        *_spectrogram(report),
        *_time_axis(report),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="8">'
        f"{''.join(parts)}</svg>"
    )


def _x(report: Report, time_s: float) -> float:
    share = time_s / max(report.scored.recording.duration_s, EPOCH_S)
    return LEFT + min(max(share, 0.0), 1.0) * (RIGHT - LEFT)


def svg_text(x: float, y: float, text: str, *, anchor: str = "end", colour: str = INK) -> str:
    """Letters; y is the line that they stand on."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
        f"{markup(text)}</text>"
    )


def svg_line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.5) -> str:
    """A straight line."""
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}" '
        f'stroke-width="{width}"/>'
    )


def svg_rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A rectangle that is filled, never so narrow that it is not seen."""
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(width, 0.4):.2f}" height="{height:.2f}" '
        f'fill="{colour}"/>'
    )


def _row_y(stage: Stage) -> float:
    return _HYPNOGRAM_TOP + (HYPNOGRAM_ROWS.index(stage) + 0.5) * _HYPNOGRAM_ROW


def _hypnogram(report: Report) -> Iterator[str]:
    for stage in HYPNOGRAM_ROWS:
        yield svg_text(LEFT - 6, _row_y(stage) + 3, stage.label)
        yield svg_line(LEFT, _row_y(stage), RIGHT, _row_y(stage), GRID)
    previous: Stage | None = None
    for first, stop, stage in _runs(report.scored.scoring.stages):
        x1, x2 = _x(report, first * EPOCH_S), _x(report, stop * EPOCH_S)
        if stage is Stage.UNSCORED:
            previous = None
            continue
        if previous is not None:
            yield svg_line(x1, _row_y(previous), x1, _row_y(stage), INK, 0.6)
        if stage is Stage.R:
            yield svg_rectangle(x1, _row_y(stage) - 2, x2 - x1, 4, STAGE_COLOURS[stage])
        else:
            yield svg_line(x1, _row_y(stage), x2, _row_y(stage), INK, 1.1)
        previous = stage


def _runs(stages: Iterable[Stage]) -> Iterator[tuple[int, int, Stage]]:
    """First and stop epoch and stage of each run of equal stages."""
    first, last = 0, None
    epoch = -1
    for epoch, stage in enumerate(stages):
        if last is not None and stage is not last:
            yield first, epoch, last
            first = epoch
        last = stage
    if last is not None:
        yield first, epoch + 1, last


def _event_lanes(report: Report) -> Iterator[str]:
    for lane, (name, groups, colour) in enumerate(_LANES):
        y = _LANES_TOP + lane * _LANE_HEIGHT
        yield svg_text(LEFT - 6, y + 6.5, report.wording.say(name), colour=FAINT)
        yield svg_line(LEFT, y + _LANE_HEIGHT, RIGHT, y + _LANE_HEIGHT, GRID, 0.3)
        for event in report.scored.scoring.events:
            if event.kind.group in groups and not event.is_proposed:
                x = _x(report, event.onset_s)
                yield svg_rectangle(
                    x, y + 1.5, _x(report, event.stop_s) - x, _LANE_HEIGHT - 3, colour
                )


def _hypnodensity(report: Report) -> Iterator[str]:
    for line, words in enumerate((Phrase("Probability"), Phrase("of the stages"))):
        top = _DENSITY_TOP + 9 + 10 * line
        yield svg_text(LEFT - 6, top, report.wording.say(words), colour=FAINT)
    hypnodensity = report.scored.scoring.hypnodensity
    if hypnodensity is None:
        y = _DENSITY_TOP + _DENSITY_HEIGHT / 2
        absent = report.wording.say(Phrase("not scored by a model"))
        yield svg_text((LEFT + RIGHT) / 2, y, absent, anchor="middle", colour=FAINT)
        return
    rows = np.nan_to_num(hypnodensity.probabilities.astype(np.float64))
    tops = np.concatenate([np.zeros((len(rows), 1)), rows.cumsum(axis=1)], axis=1)
    for stage in SCORED_STAGES:
        upper, lower = tops[:, stage], tops[:, stage + 1]
        outline = [*_steps(report, upper), *reversed(list(_steps(report, lower)))]
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in outline)
        yield f'<polygon points="{points}" fill="{STAGE_COLOURS[stage]}"/>'
    for index, stage in enumerate(SCORED_STAGES):
        y = _DENSITY_TOP + 30 + 12 * (index // 3)
        x = LEFT - 66 + 21 * (index % 3)
        yield svg_rectangle(x, y, 5, 6, STAGE_COLOURS[stage])
        yield svg_text(x + 6.5, y + 6, stage.label, anchor="start", colour=FAINT)


def _steps(report: Report, heights: npt.NDArray[np.float64]) -> Iterator[tuple[float, float]]:
    for epoch, height in enumerate(heights):
        y = _DENSITY_TOP + float(height) * _DENSITY_HEIGHT
        yield _x(report, epoch * EPOCH_S), y
        yield _x(report, (epoch + 1) * EPOCH_S), y


def _spectrogram(report: Report) -> Iterator[str]:
    top, height = _SPECTROGRAM_TOP, _SPECTROGRAM_HEIGHT
    yield svg_text(LEFT - 30, top + height / 2, report.derivation or "EEG", colour=FAINT)
    spectrogram = report.spectrogram
    if spectrogram is None or spectrogram.power_db.size == 0:
        middle = (LEFT + RIGHT) / 2
        words = report.wording.say(Phrase("no EEG"))
        yield svg_text(middle, top + height / 2, words, anchor="middle", colour=FAINT)
        return
    power = np.nan_to_num(spectrogram.power_db, nan=-60.0)
    low, high = (float(value) for value in np.percentile(power, (5, 98)))
    scaled = np.clip((power[::-1] - low) / max(high - low, 1e-6), 0, 1)
    uri = base64.b64encode(_png(_viridis(scaled))).decode()
    x1, x2 = _x(report, spectrogram.start_s), _x(report, spectrogram.stop_s)
    yield (
        f'<image x="{x1:.2f}" y="{top}" width="{x2 - x1:.2f}" height="{height}" '
        f'preserveAspectRatio="none" xlink:href="data:image/png;base64,{uri}"/>'
    )
    for hz in range(0, int(spectrogram.highest_hz) + 1, 10):
        y = top + height * (1 - hz / spectrogram.highest_hz)
        yield svg_line(LEFT - 3, y, LEFT, y, FAINT)
        if hz:
            yield svg_text(LEFT - 5, y + 7 if y <= top else y + 3, f"{hz} Hz", colour=FAINT)


def _viridis(scaled: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    places = np.linspace(0, 1, len(_VIRIDIS))
    channels = [np.interp(scaled, places, _VIRIDIS[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).astype(np.uint8)


def _png(rgb: npt.NDArray[np.uint8]) -> bytes:
    """PNG file of an image of shape (height, width, 3)."""
    height, width, _ = rgb.shape

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)

    rows = b"".join(b"\x00" + row.tobytes() for row in np.ascontiguousarray(rgb))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (
        chunk(b"IHDR", header),
        chunk(b"IDAT", zlib.compress(rows, 6)),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _time_axis(report: Report) -> Iterator[str]:
    recording, lights = report.scored.recording, report.scored.scoring.lights
    hours = recording.duration_s / 3600
    step_s = 3600.0 if hours > 3 else 900.0
    start = recording.start
    first_s = 0.0
    if start is not None:
        into_step_s = (start.minute * 60 + start.second + start.microsecond / 1e6) % step_s
        first_s = (step_s - into_step_s) % step_s
    time_s = first_s
    while time_s <= recording.duration_s:
        x = _x(report, time_s)
        if start is None:
            label = report.wording.say(Phrase("{hours:g} h", hours=time_s / 3600))
        else:
            label = f"{start + timedelta(seconds=time_s):%H:%M}"
        yield svg_line(x, _HYPNOGRAM_TOP, x, _LANES_TOP - 4, GRID, 0.4)
        yield svg_line(x, _AXIS_TOP, x, _AXIS_TOP + 3, FAINT)
        yield svg_text(x, _AXIS_TOP + 11, label, anchor="middle", colour=FAINT)
        time_s += step_s
    for one in lights.interruptions:
        left, right = _x(report, one.on_s), _x(report, one.off_s)
        yield svg_rectangle(left, 1, right - left, _HYPNOGRAM_TOP - 3, "#F2C14E")
    treated = report.statistics.treated
    marks = (
        (Phrase("lights off"), lights.off_s, "#B7791F"),
        (Phrase("lights on"), lights.on_s, "#B7791F"),
        (Phrase("PAP"), None if treated is None else treated.start_s, "#0B4F8A"),
    )
    for name, mark_s, colour in marks:
        if mark_s is not None:
            x = _x(report, mark_s)
            anchor = "start" if mark_s < recording.duration_s / 2 else "end"
            offset = 2 if anchor == "start" else -2
            yield svg_line(x, 1, x, _AXIS_TOP, colour, 0.8)
            words = report.wording.say(name)
            yield svg_text(x + offset, 7, words, anchor=anchor, colour=colour)
