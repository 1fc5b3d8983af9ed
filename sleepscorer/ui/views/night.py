"""The whole night: spectrogram, hypnodensity and hypnogram on one time axis with one cursor."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsItem, QToolTip

from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Lights, Scoring
from sleepscorer.domain.stages import HYPNOGRAM_ROWS
from sleepscorer.signals.spectrogram import Spectrogram
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.plain_text import plain_tip
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.event_lanes_item import EventLanesItem, difference_lane, event_lanes_of
from sleepscorer.ui.views.hypnogram_item import EDITED_ROW, ROW_OF_STAGE, HypnogramItem
from sleepscorer.ui.views.lights_markers import LightsMarkers
from sleepscorer.ui.views.time_axis import ClockAxis
from sleepscorer.ui.views.traces import AXIS_WIDTH_PX
from sleepscorer.ui.views.wheel import WheelSteps

DOUBT = 0.6
"""Probability of the network's stage below which an epoch is marked as doubtful."""

_DENSITY_ROWS = 100
_LANE_PX, _LEAST_LANE_PX, _LEAST_NAMED_PX = 13, 3, 8
_LEAST_HEIGHTS_PX = {"spectrogram": 36, "probabilities": 26, "hypnogram": 76}
_STRETCHES = {"spectrogram": 10, "probabilities": 6, "hypnogram": 12}
_LEAST_LANES_PX = 30
_AXIS_PX = 22
_SPACING_PX = 8
_COLOUR_RANGE_PERCENT = (5.0, 99.0)
_LEAST_PART_S = 20 * EPOCH_S
_LONGEST_NIGHT_S = 16 * 3600.0
"""Beyond that, the time of day alone leaves the day open."""

_ABOUT_PARTS = {
    "spectrogram": N_(
        "Power of the derivation that is staged, by frequency; B and V change colours"
    ),
    "probabilities": N_("How sure the network is of each stage, stacked"),
    "hypnogram": N_(
        "Thick: by hand, thin: by the network. The row above marks what was decided by hand, and "
        "where the network is in doubt"
    ),
}


class NightView(pg.GraphicsLayoutWidget):
    """Overview of the night; click or drag to move.

    Attributes
    ----------
    time_chosen
        Emitted with seconds from the start while the mouse is clicked or dragged.
    selection_extended
        The same while Shift is held.
    lights_moved
        Emitted with the number of a mark of the lights and seconds once it was dragged.
    page_turned
        Emitted with +1 or -1 when the wheel is turned.
    part_shown
        Emitted with start, stop and length of the night in seconds when another part is shown.
    """

    part_shown = Signal(float, float, float)
    lights_moved = Signal(int, float)
    time_chosen = Signal(float)
    selection_extended = Signal(float)
    page_turned = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._clock = ClockAxis()
        self._scoring: Scoring | None = None
        self._hypnodensity: Hypnodensity | None = None
        self._spectrogram_plot = self._add_plot(0)
        self._density_plot = self._add_plot(1)
        self._hypnogram_plot = self._add_plot(2)
        self._events_plot = self._add_plot(3, self._clock)
        self._plots = (
            self._spectrogram_plot,
            self._density_plot,
            self._hypnogram_plot,
            self._events_plot,
        )
        self._parts = dict(zip(_LEAST_HEIGHTS_PX, self._plots, strict=False))
        self._hidden_parts: frozenset[str] = frozenset()
        self.ci.layout.setContentsMargins(0, 6, 0, 0)
        for row, (part, plot) in enumerate(self._parts.items()):
            plot.setMinimumHeight(_LEAST_HEIGHTS_PX[part])
            self.ci.layout.setRowStretchFactor(row, _STRETCHES[part])
            self.ci.layout.setRowSpacing(row, _SPACING_PX)
        self.setMinimumHeight(_LEAST_HEIGHTS_PX["hypnogram"] + 2 * _SPACING_PX + _AXIS_PX)

        self._spectrogram = pg.ImageItem(axisOrder="row-major")
        self._spectrogram_plot.addItem(self._spectrogram)
        self._spectrogram_name = pg.TextItem("")
        self._spectrogram_name.setParentItem(self._spectrogram_plot.getViewBox())
        self._density = pg.ImageItem(axisOrder="row-major")
        self._density_plot.addItem(self._density)
        self._density_plot.setYRange(0, 1, padding=0)
        self._spectrogram_plot.getAxis("left").setTicks([[(10, "10 Hz"), (20, "20 Hz")]])
        self._density_plot.getAxis("left").setTicks([[(0.25, "25 %"), (0.75, "75 %")]])
        self._hypnogram = HypnogramItem(theme)
        self._hypnogram_plot.addItem(self._hypnogram)
        self._hypnogram_plot.setYRange(-0.5, EDITED_ROW + 0.4, padding=0)
        self._hypnogram_plot.getAxis("left").setTicks(
            [
                [
                    *((ROW_OF_STAGE[stage], stage.name) for stage in HYPNOGRAM_ROWS),
                    (EDITED_ROW, tr("hand, doubt")),
                ]
            ]
        )
        self._is_blind = self._is_staging = False
        self._others: tuple[tuple[str, Scoring], ...] = ()
        self._other_curve = pg.PlotCurveItem(connect="finite")
        self._other_curve.setZValue(5)
        self._hypnogram_plot.addItem(self._other_curve, ignoreBounds=True)
        self._lane_names: tuple[str, ...] = ()
        self._lanes = EventLanesItem()
        for drawn in (self._hypnogram, self._lanes):
            drawn.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._events_plot.addItem(self._lanes)
        self._start: datetime | None = None
        self._duration_s = EPOCH_S
        self._part_s = (0.0, EPOCH_S)
        self._levels_db: tuple[float, float] | None = None
        self._fitted_db = (0.0, 1.0)
        self._cursor_s = 0.0
        self._lights = LightsMarkers(self._hypnogram_plot, theme)
        self._dragged_light: int | None = None
        self._held_light: int | None = None
        self._pressed = QPointF()
        self._wheel = WheelSteps()
        self.setMouseTracking(True)
        # A line on a wider one of the surface's colour is seen on every colour.
        self._halos, self._cursors = (
            [pg.InfiniteLine(angle=90, movable=False) for _ in self._plots] for _ in range(2)
        )
        for plot, halo, cursor in zip(self._plots, self._halos, self._cursors, strict=True):
            plot.addItem(halo, ignoreBounds=True)
            plot.addItem(cursor, ignoreBounds=True)
        self._selection = pg.LinearRegionItem(movable=False)
        self._selection.setZValue(-10)
        self._hypnogram_plot.addItem(self._selection, ignoreBounds=True)
        self._message = pg.TextItem("", anchor=(0.5, 0.5))
        self._density_plot.addItem(self._message, ignoreBounds=True)
        self._show_part(0.0, EPOCH_S)
        self.set_theme(theme)

    def set_recording(self, recording: Recording | None) -> None:
        """Show another night, or none."""
        self._start = None if recording is None else recording.start
        is_long = recording is not None and recording.duration_s > _LONGEST_NIGHT_S
        self._clock.set_start(self._start, names_days=is_long)
        self._duration_s = EPOCH_S if recording is None else recording.duration_s
        self._message.setPos(self._duration_s / 2, 0.5)
        self._spectrogram.clear()
        self._spectrogram_name.setText("")
        self._levels_db = None
        self.zoom(0.0)

    def announce_spectrogram(self, name: str) -> None:
        """Say that the spectrogram of a derivation is being computed."""
        self._spectrogram_name.setText(tr("{derivation}: being computed…").format(derivation=name))

    def set_staging(self, on: bool) -> None:
        """Say that the night is being staged, where it is."""
        self._is_staging = on
        self._draw_density()

    def set_spectrogram(self, spectrogram: Spectrogram, name: str) -> None:
        """Show a spectrogram of the derivation with that name."""
        finite = spectrogram.power_db[np.isfinite(spectrogram.power_db)]
        if finite.size:
            low, high = np.percentile(finite, _COLOUR_RANGE_PERCENT)
            self._fitted_db = (float(low), float(high))
        self._spectrogram.setImage(spectrogram.power_db, levels=self.levels_db)
        width_s = spectrogram.stop_s - spectrogram.start_s
        self._spectrogram.setRect(QRectF(spectrogram.start_s, 0, width_s, spectrogram.highest_hz))
        self._spectrogram_plot.setYRange(0, spectrogram.highest_hz, padding=0)
        self._spectrogram_name.setText(name)

    @property
    def levels_db(self) -> tuple[float, float]:
        """Power of the first and the last colour of the spectrogram, in dB."""
        return self._levels_db or self._fitted_db

    def set_levels(self, levels_db: tuple[float, float] | None) -> None:
        """Choose the power of the first and the last colour; None for what fits the night."""
        self._levels_db = levels_db
        self._spectrogram.setLevels(self.levels_db)

    @property
    def part_s(self) -> tuple[float, float]:
        """The part of the night that is shown."""
        return self._part_s

    def zoom(self, factor: float) -> None:
        """Show a factor less of the night around the cursor; the whole night for 0."""
        start_s, stop_s = self._part_s
        length_s = (stop_s - start_s) / factor if factor else self._duration_s
        least_s = min(_LEAST_PART_S, self._duration_s)
        length_s = min(max(length_s, least_s), self._duration_s)
        self._show_part(self._cursor_s, length_s)

    def show_part_around(self, time_s: float) -> None:
        """Show another part of the night, as long as the one that is shown."""
        self._show_part(time_s, self._part_s[1] - self._part_s[0])

    def _show_part(self, centre_s: float, length_s: float) -> None:
        start_s = min(max(centre_s - length_s / 2, 0.0), self._duration_s - length_s)
        self._part_s = (start_s, start_s + length_s)
        # Not linked: pyqtgraph would align them with the place of one that is not shown.
        for plot in self._plots:
            plot.setXRange(*self._part_s, padding=0)
        self.part_shown.emit(*self._part_s, self._duration_s)

    def set_scoring(self, scoring: Scoring | None) -> None:
        """Draw hypnogram and hypnodensity anew."""
        self._scoring = scoring
        self._hypnogram.set_scores(
            () if scoring is None else scoring.scores,
            () if scoring is None else doubtful_epochs(scoring),
        )
        self._lights.show(Lights() if scoring is None else scoring.lights)
        self._draw_lanes()
        hypnodensity = None if scoring is None else scoring.hypnodensity
        if hypnodensity is not self._hypnodensity or hypnodensity is None:
            self._hypnodensity = hypnodensity
            self._draw_density()

    def set_others(self, others: Sequence[tuple[str, Scoring]]) -> None:
        """Draw the hypnogram of another scorer as a dashed line, and lanes where they differ."""
        self._others = tuple(others)
        stages = others[-1][1].stages if others else ()
        rows = np.array([ROW_OF_STAGE.get(stage, np.nan) for stage in stages], float)
        edges_s = np.arange(rows.size + 1) * EPOCH_S
        self._other_curve.setData(np.repeat(edges_s, 2)[1:-1], np.repeat(rows, 2))
        self._draw_lanes()

    def set_blind(self, on: bool) -> None:
        """Say nothing of automatic scoring while that is hidden."""
        self._is_blind = on
        self._draw_density()

    def set_epoch(self, epoch: int, selection: range) -> None:
        """Move the cursor to the middle of an epoch and mark the selected ones."""
        self._cursor_s = (epoch + 0.5) * EPOCH_S
        for line in (*self._halos, *self._cursors):
            line.setValue(self._cursor_s)
        if not self._part_s[0] <= self._cursor_s <= self._part_s[1]:
            self.show_part_around(self._cursor_s)
        self._selection.setVisible(len(selection) > 1)
        if len(selection) > 1:
            self._selection.setRegion((selection.start * EPOCH_S, selection.stop * EPOCH_S))

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.setBackground(theme.surface)
        for plot in self._plots:
            for name in ("left", "bottom"):
                plot.getAxis(name).setPen(theme.strong_grid)
                plot.getAxis(name).setTextPen(theme.faint_ink)
        for halo, cursor in zip(self._halos, self._cursors, strict=True):
            halo.setPen(pg.mkPen(theme.surface, width=5))
            cursor.setPen(pg.mkPen(theme.accent, width=2))
        self._message.setColor(theme.faint_ink)
        self._spectrogram_name.setColor(theme.ink)
        self._spectrogram_name.fill = pg.mkBrush(theme.surface)
        self._selection.setBrush(theme.strong_grid)
        for edge in self._selection.lines:
            edge.setPen(pg.mkPen(theme.accent))
        self._spectrogram.setColorMap(pg.colormap.get(theme.spectrum))
        self._hypnogram.set_theme(theme)
        dashes = pg.mkPen(theme.error, width=1, style=Qt.PenStyle.DashLine)
        self._other_curve.setPen(dashes)
        self._lights.set_theme(theme)
        self._draw_lanes()
        self._draw_density()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() is Qt.MouseButton.LeftButton:
            # A marker only moves once the mouse does: a click beside it is meant for the night.
            self._pressed = event.position()
            self._held_light = self._lights.under(self._scene_position(event))
            if self._held_light is None:
                self._choose_time(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102
        scene = QPointF(self.mapToScene(event.pos()))
        box = self._hypnogram_plot.getViewBox()
        if scene.x() >= box.sceneBoundingRect().left():
            self.time_chosen.emit(float(box.mapSceneToView(scene).x()))
            self.menu_wanted.emit(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if not event.buttons() & Qt.MouseButton.LeftButton:
            over_light = self._lights.under(self._scene_position(event))
            shapes = Qt.CursorShape
            shape = shapes.ArrowCursor if over_light is None else shapes.SizeHorCursor
            self.viewport().setCursor(shape)
            return
        if self._held_light is not None and self._dragged_light is None:
            moved_px = abs(event.position().x() - self._pressed.x())
            if moved_px >= QApplication.startDragDistance():
                self._dragged_light = self._held_light
        if self._dragged_light is not None:
            self._lights.move(self._dragged_light, self._time_s(event))
        elif self._held_light is None:
            self._choose_time(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self._dragged_light is not None:
            self.lights_moved.emit(self._dragged_light, self._time_s(event))
            self._dragged_light = None
        elif self._held_light is not None:
            self._choose_time(event)
        self._held_light = None
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.tip_at(event.pos())), self)
            return True
        return bool(super().viewportEvent(event))

    def tip_at(self, position: QPoint) -> str:
        """What a place is: time, epoch and stage, and what its row shows; empty beside the rows."""
        scene = QPointF(self.mapToScene(position))
        shown = [part for part in self._parts if part in self.shown_parts]
        part = next(
            (one for one in shown if self._parts[one].sceneBoundingRect().contains(scene)), ""
        )
        if not part or self._scoring is None:
            return ""
        about = tr(_ABOUT_PARTS[part])
        box = self._parts[part].getViewBox()
        if scene.x() < box.sceneBoundingRect().left():
            return about
        time_s = float(box.mapSceneToView(scene).x())
        if not 0 <= time_s < len(self._scoring) * EPOCH_S:
            return about
        epoch = int(time_s // EPOCH_S)
        stage = self._scoring[epoch].stage.label or "–"
        place = tr("{time}, epoch {number}: {stage}").format(
            time=time_text(epoch * EPOCH_S, self._start), number=epoch + 1, stage=stage
        )
        return f"{place}\n{about}"

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102
        steps = self._wheel.take(event)
        if steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(2.0**steps)
        elif steps:
            self.page_turned.emit(-steps)
        event.accept()

    def _add_plot(self, row: int, bottom: ClockAxis | None = None) -> pg.PlotItem:
        axes = {} if bottom is None else {"bottom": bottom}
        plot = self.addPlot(row=row, col=0, axisItems=axes, enableMenu=False)
        plot.hideButtons()
        plot.setMouseEnabled(False, False)
        plot.getAxis("left").setWidth(AXIS_WIDTH_PX)
        for name in ("left", "bottom"):  # they stay where the cursor moves
            plot.getAxis(name).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        if bottom is None:
            plot.hideAxis("bottom")
        return plot

    def position_of(self, time_s: float) -> QPoint:
        """Place of a moment on the widget, in the row of the hypnogram where that is shown."""
        return QPoint(self.mapFromScene(self._box.mapViewToScene(QPointF(time_s, 0.0))))

    @property
    def _box(self) -> pg.ViewBox:
        """The part that is shown lowest: all have the same time axis."""
        shown = self.shown_parts
        return self._parts[shown[-1] if shown else "hypnogram"].getViewBox()

    def _choose_time(self, event: QMouseEvent) -> None:
        if self._scene_position(event).x() < self._box.sceneBoundingRect().left():
            return  # on the names of the rows
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        (self.selection_extended if extends else self.time_chosen).emit(self._time_s(event))

    def _scene_position(self, event: QMouseEvent) -> QPointF:
        return QPointF(self.mapToScene(event.position().toPoint()))

    def _time_s(self, event: QMouseEvent) -> float:
        return float(self._box.mapSceneToView(self._scene_position(event)).x())

    def _draw_lanes(self) -> None:
        """Draw the lanes of what was marked; without any, only the time axis is left of them."""
        lanes = () if self._scoring is None else event_lanes_of(self._scoring)
        if self._scoring is not None:
            differences = (difference_lane(self._scoring, *other) for other in self._others)
            lanes = (*differences, *lanes)
        self._lanes.set_lanes(lanes, len(self._scoring or ()) * EPOCH_S, self._theme)
        self._lane_names = tuple(lane.name for lane in reversed(lanes))
        self._events_plot.setYRange(-0.5, max(len(lanes), 0.1) - 0.5, padding=0)
        self._share_height()

    def show_parts(self, hidden: Collection[str]) -> bool:
        """Show spectrogram, probabilities and hypnogram unless they are hidden.

        Events are lanes under the hypnogram, and come and go with it.

        Returns
        -------
        is_any_shown
            Whether anything is left.
        """
        self._hidden_parts = frozenset(hidden)
        self._share_height()
        return not self._hidden_parts.issuperset(self._parts)

    @property
    def shown_parts(self) -> tuple[str, ...]:
        """Parts that are wanted and for which there is room, from top to bottom."""
        return tuple(part for part, plot in self._parts.items() if plot.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        if hasattr(self, "_lane_names"):  # pyqtgraph resizes itself before there is anything
            self._share_height()
        super().resizeEvent(event)

    def _share_height(self) -> None:
        """Give the hypnogram room before the events, those before all others; cut nothing."""
        left_px = self.height() - _SPACING_PX - _AXIS_PX
        shown: set[str] = set()
        lanes_px = 0
        for part in ("hypnogram", "probabilities", "spectrogram"):
            needed_px = _LEAST_HEIGHTS_PX[part] + _SPACING_PX
            if part in self._hidden_parts or (shown and left_px < needed_px):
                continue
            shown.add(part)
            left_px -= needed_px
            if part == "hypnogram" and self._lane_names:
                others_px = sum(_LEAST_HEIGHTS_PX.values()) - _LEAST_HEIGHTS_PX[part]
                wanted_px = _LANE_PX * len(self._lane_names)
                named_px = _LEAST_NAMED_PX * len(self._lane_names)
                room_px = min(left_px, max(left_px - others_px, named_px, _LEAST_LANES_PX))
                lanes_px = max(min(wanted_px, room_px), 0)
                left_px -= lanes_px
        self._lay_out(shown)
        self._show_lanes(lanes_px)

    def _lay_out(self, shown: Collection[str]) -> None:
        """Put parts into the layout, which would keep the place of what is only hidden."""
        layout = self.ci.layout
        for row, (part, plot) in enumerate(self._parts.items()):
            is_shown = part in shown
            if is_shown == (plot.parentLayoutItem() is not None):
                continue
            if is_shown:
                layout.addItem(plot, row, 0)
            else:
                layout.removeItem(plot)
            plot.setVisible(is_shown)
            layout.setRowStretchFactor(row, _STRETCHES[part] if is_shown else 0)
            layout.setRowSpacing(row, _SPACING_PX if is_shown else 0)
        layout.invalidate()
        self.ci.setGeometry(self.range)

    def _show_lanes(self, lanes_px: int) -> None:
        names = self._lane_names
        lane_px = lanes_px / len(names) if names else 0.0
        self._lanes.setVisible(lane_px >= _LEAST_LANE_PX)
        has_names = lane_px >= _LEAST_NAMED_PX
        axis = self._events_plot.getAxis("left")
        axis.setTicks([list(enumerate(names if has_names else ()))])
        font = QFont(self.font())
        font.setPixelSize(min(round(lane_px) + 1, self.fontInfo().pixelSize()))
        axis.setStyle(showValues=has_names, tickFont=font)
        self._events_plot.setFixedHeight(_AXIS_PX + lanes_px)

    def _draw_density(self) -> None:
        hint = tr("Press F9 to score automatically")
        if self._is_staging:
            hint = tr("Being scored automatically…")
        if self._is_blind:
            hint = ""
        self._message.setText(hint if self._hypnodensity is None else "")
        if self._hypnodensity is None:
            self._density.clear()
            return
        image = density_image(self._hypnodensity.probabilities, self._theme)
        self._density.setImage(image, levels=(0, 255))
        self._density.setRect(QRectF(0, 0, image.shape[1] * EPOCH_S, 1))


def doubtful_epochs(scoring: Scoring) -> tuple[int, ...]:
    """Epochs that nobody has decided and of which the network is less sure than `DOUBT`."""
    hypnodensity = scoring.hypnodensity
    if hypnodensity is None:
        return ()
    confidences = hypnodensity.probabilities.max(axis=1)
    return tuple(
        int(epoch)
        for epoch in np.flatnonzero(confidences < DOUBT)
        if not scoring[int(epoch)].is_human
    )


def density_image(probabilities: npt.NDArray[np.float32], theme: Theme) -> npt.NDArray[np.uint8]:
    """Stack the probabilities of each epoch as a picture.

    Shape (rows, n_epochs, 4), RGBA, the first row at the bottom; W at the top, N3 at the bottom;
    transparent where there are none.
    """
    order = HYPNOGRAM_ROWS[::-1]
    stacked = np.cumsum(probabilities[:, list(order)], axis=1)  # (n_epochs, 5), from the bottom
    heights = (np.arange(_DENSITY_ROWS) + 0.5) / _DENSITY_ROWS
    layer = (heights[:, None, None] > stacked[None, :, :]).sum(axis=2)  # (rows, n_epochs)
    colours = np.array(
        [[*pg.mkColor(theme.stages[stage]).getRgb()[:3], 255] for stage in order], np.uint8
    )
    image: npt.NDArray[np.uint8] = colours[np.minimum(layer, len(order) - 1)]
    image[:, np.isnan(probabilities[:, 0])] = 0
    return image
