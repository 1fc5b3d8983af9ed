"""Curves of a training run, drawn from its progress events."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from sleepscorer.jobs.events import JobEvent, StepDone, Validated

_WIDTH, _PANEL_HEIGHT = 720, 180
_MARGIN = {"left": 56, "right": 16, "top": 28, "bottom": 28}
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")  # told apart by the colour-blind

Curve = Sequence[tuple[float, float]]


def curves_svg(events: Iterable[JobEvent]) -> str:
    """Draw the loss, and what was validated, of each stage over its steps.

    Parameters
    ----------
    events
        As they were reported.

    Returns
    -------
    str
        An SVG image with one panel for each stage and kind of curve.
    """
    panels: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for event in events:
        if isinstance(event, StepDone) and event.loss is not None:
            curves = panels.setdefault(f"{event.stage}: loss", {})
            curves.setdefault("loss", []).append((event.step, event.loss))
        elif isinstance(event, Validated):
            curves = panels.setdefault(f"{event.stage}: validation", {})
            for name in ("accuracy", "macro_f1", "kappa", "signal_accuracy"):
                figure = getattr(event, name)
                if figure is not None:
                    curves.setdefault(name, []).append((event.step, figure))
    height = max(len(panels), 1) * _PANEL_HEIGHT
    drawn = [
        _panel(title, curves, index * _PANEL_HEIGHT)
        for index, (title, curves) in enumerate(panels.items())
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="11">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _panel(title: str, curves: Mapping[str, Curve], top: float) -> str:
    points = [point for curve in curves.values() for point in curve]
    x_low, x_high = _range([x for x, _ in points])
    y_low, y_high = _range([y for _, y in points])
    left, right = _MARGIN["left"], _WIDTH - _MARGIN["right"]
    upper, lower = top + _MARGIN["top"], top + _PANEL_HEIGHT - _MARGIN["bottom"]
    lines = [
        f'<text x="{left}" y="{upper - 10}" font-weight="bold">{html.escape(title)}</text>',
        f'<rect x="{left}" y="{upper}" width="{right - left}" height="{lower - upper}" '
        'fill="none" stroke="#999"/>',
        f'<text x="{left - 4}" y="{upper + 8}" text-anchor="end">{y_high:.3g}</text>',
        f'<text x="{left - 4}" y="{lower}" text-anchor="end">{y_low:.3g}</text>',
        f'<text x="{left}" y="{lower + 14}">{x_low:g}</text>',
        f'<text x="{right}" y="{lower + 14}" text-anchor="end">step {x_high:g}</text>',
    ]
    for index, (name, curve) in enumerate(curves.items()):
        colour = _COLOURS[index % len(_COLOURS)]
        path = " ".join(
            f"{left + (x - x_low) / (x_high - x_low) * (right - left):.1f},"
            f"{lower - (y - y_low) / (y_high - y_low) * (lower - upper):.1f}"
            for x, y in curve
        )
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}"/>')
        lines.append(
            f'<text x="{right - 110 * (len(curves) - index)}" y="{upper - 10}" '
            f'fill="{colour}">{html.escape(name)}</text>'
        )
    return "\n".join(lines)


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
