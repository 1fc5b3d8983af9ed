"""psgscoring behind the same interface as the plain rules."""

import importlib.util

import numpy as np
import pytest

from sleepscorer.domain.events import APNEAS_AND_HYPOPNEAS
from sleepscorer.domain.provenance import Model
from sleepscorer.events import psgscoring_engine
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.psgscoring_engine import EngineError, PsgscoringEngine
from sleepscorer.events.roles import Role, Roles
from sleepscorer.events.rules import RULE_1A
from sleepscorer.signals.simulated_events import DIFFICULTIES, simulate_events


@pytest.fixture(scope="module")
def night():
    return simulate_events(3, 80, per_hour=30, difficulty=DIFFICULTIES["easy"])


def propose(night, roles=None):
    signals = NightSignals(night.recording, roles or Roles.recognised(night.recording.channels))
    return PsgscoringEngine().propose(
        signals, night.stages, RULE_1A, (), rejected=(), progress=lambda _: None
    )


@pytest.mark.skipif(importlib.util.find_spec("psgscoring") is None, reason="an extra")
@pytest.mark.timeout(600)
def test_that_planted_events_are_suggested_by_another_program_and_named_as_its(night):
    found = propose(night)
    breathing = [one for one in found.accepted if one.event.kind.group in APNEAS_AND_HYPOPNEAS]
    planted = [one for one in night.events if one.kind.group in APNEAS_AND_HYPOPNEAS]
    hit = [
        one
        for one in planted
        if any(
            min(one.stop_s, other.event.stop_s) - max(one.onset_s, other.event.onset_s) > 5
            for other in breathing
        )
    ]
    assert len(hit) >= 0.8 * len(planted)
    assert {one.event.source for one in breathing} == {PsgscoringEngine().model}
    assert all("psgscoring found it" in one.evidence for one in breathing)
    others = {one.event.source for one in found.accepted if one not in breathing}
    assert others == {Model("event rules 3")}


def test_that_without_it_one_is_told_what_to_install(night, monkeypatch):
    monkeypatch.setattr(psgscoring_engine, "is_installed", lambda: False)
    with pytest.raises(EngineError, match="pip install"):
        propose(night)


def test_that_its_failure_is_said_and_the_plain_rules_named(night, monkeypatch):
    monkeypatch.setattr(psgscoring_engine, "is_installed", lambda: True)
    monkeypatch.setattr(psgscoring_engine, "_found_there", divmod)  # which knows no night
    with pytest.raises(EngineError, match=r"failed on this night .*plain rules"):
        propose(night)


def test_that_without_airflow_it_is_not_begun(night, monkeypatch):
    monkeypatch.setattr(psgscoring_engine, "is_installed", lambda: True)
    roles = Roles.recognised(night.recording.channels)
    for role in (Role.THERMISTOR, Role.NASAL_PRESSURE):
        roles = roles.having(role, None)
    assert any("airflow" in remark for remark in propose(night, roles).remarks)


@pytest.mark.parametrize("sfreq", [10.0, 16.0, 25.6, 64.0, 200.0])
def test_that_channels_keep_their_times_when_their_rate_changes(sfreq):
    times_s = np.arange(round(60 * sfreq)) / sfreq
    breath = np.sin(2 * np.pi * 0.25 * times_s).astype(np.float32)
    resampled = psgscoring_engine._at_64_hz(Role.THORAX, breath, sfreq)
    expected = np.sin(2 * np.pi * 0.25 * np.arange(60 * 64) / 64)
    assert resampled.size == expected.size
    assert np.abs(resampled - expected)[64:-64].max() < 0.02
