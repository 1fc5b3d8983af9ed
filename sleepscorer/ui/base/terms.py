"""Names that come from other packages, marked to be translated; they are shown with `tr`."""

from __future__ import annotations

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.votes import SignalFault
from sleepscorer.ui.base.language import N_, tr

TERMS = (
    N_("Not a medical device: a qualified person reviews every result."),
    # Kinds of events and their groups
    N_("Arousal"),
    N_("Obstructive apnea"),
    N_("Central apnea"),
    N_("Mixed apnea"),
    N_("Apnea"),
    N_("Obstructive hypopnea"),
    N_("Central hypopnea"),
    N_("Hypopnea"),
    N_("RERA"),
    N_("Desaturation"),
    N_("Limb movement, left"),
    N_("Limb movement, right"),
    N_("Limb movement"),
    N_("Periodic limb movement"),
    N_("Spindle"),
    N_("K-complex"),
    N_("Bruxism"),
    N_("Note"),
    N_("Arousals"),
    N_("Apneas"),
    N_("Hypopneas"),
    N_("RERAs"),
    N_("Desaturations"),
    N_("Limb movements"),
    N_("Periodic limb movements"),
    N_("Spindles and K-complexes"),
    N_("Other events"),
    # Scoring rules, and what begins N2
    N_("No EEG was analysed here."),
    N_("No signal: the recording has a gap here."),
    N_("N3: slow waves fill {seconds} s, at least 6 s of the epoch."),
    N_("W: alpha rules {seconds} s, more than half of the epoch."),
    N_("N2 begins here: {sign}."),
    N_("N2 goes on: {sign}."),
    N_("{stage} goes on: rapid eye movements ({n}), no chin EMG to tell W from R."),
    N_("R: rapid eye movements ({n}), low chin EMG and no K-complex or spindle that begins N2."),
    N_("W: rapid eye movements or blinks ({n}) with chin EMG that is not low."),
    N_("N1: an arousal ended {stage}, no K-complex or spindle since."),
    N_("N2 goes on: no arousal, and nothing that ends it."),
    N_("N2 follows N3: no arousal, and nothing that ends it."),
    N_("R goes on: no arousal, and no K-complex or spindle."),
    N_("N1: no K-complex or spindle in time, alpha below half of the epoch."),
    N_("N1: no K-complex or spindle in time, alpha below half of the epoch, slow eye movements."),
    N_("N1: no K-complex or spindle in time, alpha below half of the epoch, vertex sharp waves."),
    N_(
        "N1: no K-complex or spindle in time, alpha below half of the epoch, slow eye movements "
        "and vertex sharp waves."
    ),
    N_("a K-complex in the first half"),
    N_("a spindle in the first half"),
    N_("a K-complex in the last half of the epoch before"),
    N_("a spindle in the last half of the epoch before"),
    # Filters of the review
    N_("All doubtful"),
    N_("N1/N2 doubt"),
    N_("Stage transitions"),
    N_("Model ≠ human"),
    N_("Scorer ≠ scorer"),
    N_("Near events"),
    N_("Artefacts"),
    # Why a derivation is left out
    N_("no data"),
    N_("flat signal"),
    N_("clipped signal"),
    N_("amplitude that no EEG has"),
    N_("broadband noise"),
    N_("mains interference"),
    # Montages that every recording has
    N_("All channels"),
    N_("Single EEG"),
    # Formats that scorings are exported to
    N_("EDF+ annotations (AASM)"),
    N_("EDF+ annotations (R&K, as Sleep-EDF)"),
    N_("EDF+ or BDF+ copy of the recording with annotations"),
    N_("CSV, one row an epoch"),
    N_("JSON, everything"),
    N_("SleepScorer session (HDF5), everything"),
    N_("NSRR XML"),
    N_("Profusion XML (Compumedics)"),
    N_("EDFbrowser CSV"),
    N_("EDFbrowser XML"),
    N_("YASA text, labels"),
    N_("YASA text, numbers"),
    N_("BIDS events table"),
    N_("Luna .annot"),
)


def event_name(event: ScoredEvent) -> str:
    """What is shown beside an event: the text of a note as it is, else the name of its kind."""
    is_text = event.kind is EventKind.NOTE and event.text
    return event.text if is_text else tr(event.kind.label)


def fault_name(fault: SignalFault) -> str:
    """Why a derivation is left out, as it is shown."""
    return tr(fault.words)
