"""Every action of the window, one row each."""

from __future__ import annotations

from sleepscorer.domain.events import EventKind
from sleepscorer.domain.own_kinds import MOST_OWN_KINDS
from sleepscorer.domain.stages import Stage
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.ui.actions.actions import ActionSpec
from sleepscorer.ui.base.language import N_

FILE, EDIT, SCORING, EVENTS = N_("&File"), N_("&Edit"), N_("&Scoring"), N_("Eve&nts")
REVIEW, MODEL = N_("&Review"), N_("&Model")
TRACES, VIEW, HELP = N_("&Traces"), N_("&View"), N_("&Help")
EXPORT = N_("E&xport scoring")
OWN_KINDS = N_("Own kinds")
LAYOUT = N_("Panels and layouts")

MENUS = {FILE: "", EXPORT: FILE, LAYOUT: VIEW, OWN_KINDS: EVENTS} | dict.fromkeys(
    (EDIT, SCORING, REVIEW, EVENTS, TRACES, MODEL, VIEW, HELP), ""
)
"""The menus from left to right, each with the one it is in."""

STAGE_ACTIONS = {
    "scoring.wake": Stage.W,
    "scoring.n1": Stage.N1,
    "scoring.n2": Stage.N2,
    "scoring.n3": Stage.N3,
    "scoring.rem": Stage.R,
    "scoring.unscored": Stage.UNSCORED,
}

EVENT_ACTIONS = {
    "events.arousal": EventKind.AROUSAL,
    "events.obstructive_apnea": EventKind.OBSTRUCTIVE_APNEA,
    "events.central_apnea": EventKind.CENTRAL_APNEA,
    "events.mixed_apnea": EventKind.MIXED_APNEA,
    "events.hypopnea": EventKind.HYPOPNEA,
    "events.rera": EventKind.RERA,
    "events.desaturation": EventKind.DESATURATION,
    "events.limb_movement": EventKind.LIMB_MOVEMENT,
    "events.spindle": EventKind.SPINDLE,
    "events.k_complex": EventKind.K_COMPLEX,
    "events.note": EventKind.NOTE,
    "events.artefact": EventKind.ARTEFACT,
}

OWN_KIND_ACTIONS = tuple(f"events.own_{number}" for number in range(1, MOST_OWN_KINDS + 1))

MONTAGE_ACTIONS = tuple(f"traces.montage_{number}" for number in range(1, 9))

PANEL_ACTIONS = {
    "view.epoch_panel": "epoch",
    "view.events_panel": "events",
    "view.review_panel": "review",
    "view.video_panel": "video",
    "view.spectrogram": "spectrogram",
    "view.probabilities": "probabilities",
    "view.hypnogram": "hypnogram",
}
"""Actions that show or hide a panel, each with the panel's id."""

LAYOUT_ACTIONS = tuple(f"view.layout_{number}" for number in range(1, 6))

ACTIONS = (
    ActionSpec(
        "file.open",
        N_("&Open…"),
        FILE,
        ("Ctrl+O",),
        N_("Open a recording or a session"),
        needs_document=False,
    ),
    ActionSpec(
        "file.studies",
        N_("Stud&y list…"),
        FILE,
        ("Ctrl+Shift+O",),
        N_("The nights of a laboratory: how far each is, what is next, staging many at once"),
        needs_document=False,
        tells=True,
    ),
    ActionSpec(
        "file.next_night",
        N_("O&pen the next night"),
        FILE,
        ("Ctrl+Shift+N",),
        N_("Open the next night of the study list that nobody signed off"),
        needs_document=False,
    ),
    ActionSpec("file.demo", N_("Open the &demo (simulated)"), FILE, needs_document=False),
    ActionSpec(
        "file.save", N_("&Save session"), FILE, ("Ctrl+S",), N_("Save all work"), starts_group=True
    ),
    ActionSpec("file.save_as", N_("Save session &as…"), FILE, ("Ctrl+Shift+S",)),
    ActionSpec(
        "file.import",
        N_("&Import scoring…"),
        FILE,
        ("Ctrl+I",),
        N_("Take over the scoring of another program or person"),
        starts_group=True,
    ),
    *(
        ActionSpec(
            f"file.export.{row.id}",
            row.name,
            EXPORT,
            # The first format is the one other software reads best.
            ("Ctrl+E",) if row is SCORING_FORMATS[0] else (),
            is_name=True,
        )
        for row in SCORING_FORMATS
    ),
    ActionSpec(
        "file.statistics",
        N_("Sleep s&tatistics…"),
        FILE,
        ("Ctrl+T",),
        N_("Show the sleep statistics with their definitions"),
        starts_group=True,
    ),
    ActionSpec("file.report.pdf", N_("&Report as PDF…"), FILE, ("Ctrl+P",), N_("Pages to sign")),
    ActionSpec("file.report.html", N_("Report as &HTML…"), FILE),
    ActionSpec("file.report.docx", N_("Report for &Word…"), FILE),
    ActionSpec(
        "file.naps.mslt",
        N_("Sheet of an &MSLT…"),
        FILE,
        tip=N_("Latencies and R of the naps in one or more sessions"),
    ),
    ActionSpec(
        "file.naps.mwt",
        N_("Sheet o&f an MWT…"),
        FILE,
        tip=N_("Latencies of the trials in one or more sessions"),
    ),
    ActionSpec("file.letterhead", N_("&Letterhead of reports…"), FILE, needs_document=False),
    ActionSpec(
        "file.information",
        N_("About this recordin&g…"),
        FILE,
        ("Ctrl+Shift+B",),
        N_("Patient, dates, channels with rates, filters and transducers, annotations"),
        tells=True,
        starts_group=True,
    ),
    ActionSpec(
        "file.deidentify",
        N_("De-identified &copy…"),
        FILE,
        tip=N_("Copy recording and scoring without what names anybody"),
        starts_group=True,
    ),
    ActionSpec(
        "file.unsaved",
        N_("&Unsaved work…"),
        FILE,
        needs_document=False,
        tip=N_("Work that was neither saved nor given up when the program ended"),
        starts_group=True,
    ),
    ActionSpec(
        "file.quit", N_("&Quit"), FILE, ("Ctrl+Q",), needs_document=False, starts_group=True
    ),
    ActionSpec("edit.undo", N_("&Undo"), EDIT, ("Ctrl+Z",)),
    ActionSpec("edit.redo", N_("&Redo"), EDIT, ("Ctrl+Y", "Ctrl+Shift+Z")),
    ActionSpec(
        "edit.delete",
        N_("&Delete"),
        EDIT,
        ("Del",),
        N_("Remove the chosen event; without one, take away the stage of the selected epochs"),
        starts_group=True,
    ),
    ActionSpec(
        "edit.history",
        N_("&History of this epoch…"),
        EDIT,
        ("Ctrl+H",),
        N_("Who gave it which stage, when and in place of what"),
        starts_group=True,
        tells=True,
    ),
    ActionSpec(
        "edit.export_history",
        N_("&Export the history of all epochs…"),
        EDIT,
        tip=N_("Every change of a stage as CSV, as far back as the journals go: 30 days"),
        tells=True,
    ),
    ActionSpec(
        "scoring.auto",
        N_("Score &automatically"),
        SCORING,
        ("F9",),
        N_("Let the network stage every epoch that nobody has scored by hand"),
        tells=True,
    ),
    ActionSpec(
        "scoring.prediction",
        N_("Stages of another &version…"),
        SCORING,
        tip=N_("Show what another version of the network made of this night"),
        tells=True,
    ),
    ActionSpec(
        "scoring.derivation",
        N_("&Derivation to stage…"),
        SCORING,
        tip=N_("Stage another channel, or the difference of two"),
    ),
    # The keys are those of the profile that is chosen: see `key_profiles`.
    ActionSpec("scoring.wake", "&W", SCORING, tip=N_("Wake"), starts_group=True),
    ActionSpec("scoring.n1", "N&1", SCORING, tip="N1"),
    ActionSpec("scoring.n2", "N&2", SCORING, tip="N2"),
    ActionSpec("scoring.n3", "N&3", SCORING, tip="N3"),
    ActionSpec("scoring.rem", "&R", SCORING, tip=N_("REM sleep")),
    ActionSpec("scoring.unscored", N_("&Unscored"), SCORING, tip=N_("Take the stage away")),
    ActionSpec(
        "scoring.confirm",
        N_("Confirm th&e stage"),
        SCORING,
        ("Return", "Enter"),
        N_("Take over the stage that this epoch has as your own"),
    ),
    ActionSpec(
        "scoring.comment",
        N_("&Comment on this epoch"),
        SCORING,
        ("C",),
        N_("Write a comment on this epoch"),
        starts_group=True,
    ),
    ActionSpec(
        "scoring.artefact",
        N_("Arte&fact"),
        SCORING,
        ("X",),
        N_("Mark as disturbed, or not"),
    ),
    ActionSpec(
        "scoring.fill",
        N_("Keep what &is scored in a selection"),
        SCORING,
        tip=N_("A stage key then scores only the unscored epochs of a selection"),
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "scoring.numpad",
        N_("Number &pad goes on, top row stays"),
        SCORING,
        tip=N_("A digit of the number pad goes to the next epoch, one of the top row stays"),
        needs_document=False,
        checkable=True,
    ),
    ActionSpec(
        "scoring.lights_off",
        N_("Lights &off here"),
        SCORING,
        ("L",),
        starts_group=True,
    ),
    ActionSpec("scoring.lights_on", N_("Li&ghts on here"), SCORING, ("Shift+L",)),
    ActionSpec(
        "scoring.lights",
        N_("&Times of the lights…"),
        SCORING,
        ("Ctrl+L",),
        N_("Type when the lights went off and on"),
    ),
    ActionSpec("scoring.no_lights", N_("Clear the lights &markers"), SCORING),
    ActionSpec(
        "scoring.sign_off",
        N_("&Sign off this night…"),
        SCORING,
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        N_("Answer for the whole scoring with your name; any change after that ends it"),
        starts_group=True,
    ),
    ActionSpec(
        "review.next",
        N_("&Next epoch to look at"),
        REVIEW,
        ("Q",),
        N_("Go to the epoch of the queue that is most worth a look"),
        repeats=True,
        tells=True,
    ),
    ActionSpec(
        "review.previous",
        N_("&Back to the epoch before"),
        REVIEW,
        ("Shift+Q",),
        repeats=True,
        tells=True,
    ),
    ActionSpec(
        "review.filter",
        N_("Next &filter of the queue"),
        REVIEW,
        ("Alt+Q",),
        N_("N1/N2 doubt, stage transitions, differences and so on, in turn"),
        tells=True,
    ),
    ActionSpec(
        "review.similar",
        N_("&Epochs like this one…"),
        REVIEW,
        ("S",),
        N_("Find the epochs most like this one to the network and stage them together"),
        starts_group=True,
        tells=True,
    ),
    ActionSpec(
        "review.explain",
        N_("&What moved the network"),
        REVIEW,
        ("A",),
        N_("Show how much each second of the epoch speaks for the network's stage"),
        needs_document=False,
        checkable=True,
    ),
    ActionSpec(
        "review.waves",
        N_("Mark what was fo&und"),
        REVIEW,
        ("I",),
        N_("Show spindles, K-complexes, slow waves and eye movements over the traces"),
        needs_document=False,
        checkable=True,
    ),
    ActionSpec(
        "review.second",
        N_("&Load a second scoring…"),
        REVIEW,
        ("Ctrl+Shift+I",),
        N_("Put the scoring of another scorer beside this one"),
        starts_group=True,
    ),
    ActionSpec(
        "review.opinion",
        N_("As&k another program…"),
        REVIEW,
        tip=N_("Let YASA or a program of yours stage this night and put that beside"),
        tells=True,
    ),
    ActionSpec(
        "review.again",
        N_("&Score again, blind"),
        REVIEW,
        tip=N_("Begin a second scoring that sees nothing of this one or the model"),
    ),
    ActionSpec(
        "review.blind",
        N_("&Hide model and second scoring"),
        REVIEW,
        ("H",),
        N_("Work blind; both are still there"),
        checkable=True,
    ),
    ActionSpec(
        "review.agreement",
        N_("&Agreement of the two…"),
        REVIEW,
        ("Ctrl+K",),
        N_("κ, agreement of each stage and the confusion matrix"),
        tells=True,
    ),
    ActionSpec(
        "review.adjudicate",
        N_("&Decide between the two"),
        REVIEW,
        tip=N_(
            "Begin a third scoring with stages that both agree on and events of both, and go "
            "through the rest"
        ),
    ),
    ActionSpec(
        "review.fuse",
        N_("&Join with the other program"),
        REVIEW,
        tip=N_("Take over what the network and the other program say together; yours stays"),
        tells=True,
    ),
    ActionSpec("review.no_second", N_("Remo&ve the second scoring"), REVIEW),
    ActionSpec(
        "events.arousal",
        N_("&Arousal"),
        EVENTS,
        ("Shift+A",),
        N_("Mark it where you dragged over a trace, or where the mouse is on one"),
    ),
    ActionSpec("events.obstructive_apnea", N_("&Obstructive apnea"), EVENTS, ("Shift+O",)),
    ActionSpec("events.central_apnea", N_("&Central apnea"), EVENTS, ("Shift+C",)),
    ActionSpec("events.mixed_apnea", N_("Mi&xed apnea"), EVENTS, ("Shift+X",)),
    ActionSpec("events.hypopnea", N_("&Hypopnea"), EVENTS, ("Shift+H",)),
    ActionSpec("events.rera", N_("&RERA"), EVENTS, ("Shift+R",)),
    ActionSpec("events.desaturation", N_("&Desaturation"), EVENTS, ("Shift+D",)),
    ActionSpec("events.limb_movement", N_("Limb &movement"), EVENTS, ("Shift+M",)),
    ActionSpec("events.spindle", N_("&Spindle"), EVENTS, ("Shift+S",)),
    ActionSpec("events.k_complex", N_("&K-complex"), EVENTS, ("Shift+K",)),
    ActionSpec(
        "events.note",
        N_("&Note…"),
        EVENTS,
        ("Shift+N",),
        N_("Mark it with a free text"),
    ),
    ActionSpec(
        "events.artefact",
        N_("Artefact of this channel"),
        EVENTS,
        ("Ctrl+Shift+X",),
        N_("Evidence, suggestions and oxygen figures pass over the stretch that you dragged over"),
    ),
    *(
        ActionSpec(action_id, "", OWN_KINDS, (f"Alt+{number}",), is_name=True)
        for number, action_id in enumerate(OWN_KIND_ACTIONS, 1)
    ),
    ActionSpec(
        "events.own_kinds",
        N_("&Change own kinds…"),
        OWN_KINDS,
        tip=N_("Names, texts in files and colours of kinds that your laboratory marks"),
        needs_document=False,
        starts_group=True,
    ),
    ActionSpec(
        "events.next",
        N_("N&ext event"),
        EVENTS,
        ("E",),
        N_("Go to the next event and choose it"),
        starts_group=True,
        repeats=True,
    ),
    ActionSpec("events.previous", N_("&Previous event"), EVENTS, ("Shift+E",), repeats=True),
    ActionSpec(
        "events.earlier",
        N_("Move ear&lier"),
        EVENTS,
        ("Alt+Left",),
        N_("Move the chosen event by 0.1 s"),
        starts_group=True,
        repeats=True,
    ),
    ActionSpec("events.later", N_("Move la&ter"), EVENTS, ("Alt+Right",), repeats=True),
    ActionSpec(
        "events.shorter",
        N_("Make shorter"),
        EVENTS,
        ("Ctrl+Left",),
        N_("Move the end of the chosen event by 0.1 s"),
        repeats=True,
    ),
    ActionSpec(
        "events.longer",
        N_("Make lon&ger"),
        EVENTS,
        ("Ctrl+Right",),
        repeats=True,
    ),
    ActionSpec(
        "events.remove",
        N_("Remo&ve"),
        EVENTS,
        ("Ctrl+Del",),
        N_("Take the chosen event away, or all that are selected in the list"),
    ),
    ActionSpec(
        "events.select_all",
        N_("Select all in the l&ist"),
        EVENTS,
        ("Ctrl+A",),
        N_("Select every event, comment and artefact that the list shows"),
    ),
    ActionSpec(
        "events.propose",
        N_("S&uggest events"),
        EVENTS,
        ("Ctrl+F9",),
        N_(
            "Find apneas, hypopneas, desaturations, arousals and limb movements; each waits for "
            "your decision"
        ),
        starts_group=True,
        tells=True,
    ),
    ActionSpec(
        "events.next_suggestion",
        N_("Next suggestion"),
        EVENTS,
        ("J",),
        N_("Go to the next suggested event and choose it"),
        repeats=True,
        tells=True,
    ),
    ActionSpec(
        "events.confirm",
        N_("Con&firm suggestion"),
        EVENTS,
        ("Shift+Return", "Shift+Enter"),
        N_(
            "Take the chosen suggestion over as yours, and go to the next; or all that are "
            "selected in the list"
        ),
        tells=True,
        needs_suggestion=True,
    ),
    ActionSpec(
        "events.reject",
        N_("Re&ject suggestion"),
        EVENTS,
        ("Shift+Del",),
        N_(
            "Take the chosen suggestion away, and go to the next; or all that are selected in "
            "the list"
        ),
        tells=True,
        needs_suggestion=True,
    ),
    ActionSpec(
        "events.candidate",
        N_("Show a rejected candidate"),
        EVENTS,
        ("Ctrl+Shift+F9",),
        N_("Put the next candidate that missed something among the suggestions, and say what"),
        tells=True,
    ),
    ActionSpec(
        "events.forget",
        N_("Suggest rejected ones again"),
        EVENTS,
        tip=N_("Forget what was rejected of suggestions; it comes back when events are suggested"),
        tells=True,
    ),
    ActionSpec(
        "events.link",
        N_("Link the two that are selected"),
        EVENTS,
        tip=N_("Say that the two events selected in the list belong together"),
        starts_group=True,
    ),
    ActionSpec(
        "events.cut_link",
        N_("Cut the link of the two"),
        EVENTS,
        tip=N_("Say that the two events selected in the list do not belong together"),
    ),
    ActionSpec(
        "events.by_effect",
        N_("Suggestions that change most first"),
        EVENTS,
        tip=N_("Go through them by what they change of an index or its class, not by time"),
        needs_document=False,
        checkable=True,
    ),
    ActionSpec(
        "events.sensors",
        N_("Sensors, rule and engine…"),
        EVENTS,
        tip=N_("Which channels are which sensors, what hypopneas need, and what suggests events"),
    ),
    ActionSpec(
        "events.from_network",
        N_("Mark &what the network sees"),
        EVENTS,
        ("Alt+Return", "Alt+Enter"),
        N_("Mark the apnea or hypopnea that the network sees in this epoch as yours; then move it"),
        tells=True,
    ),
    *(
        ActionSpec(action_id, "", TRACES, (f"F{number}",), is_name=True)
        for number, action_id in enumerate(MONTAGE_ACTIONS, 1)
    ),
    ActionSpec(
        "traces.montages",
        N_("&Montages…"),
        TRACES,
        ("Ctrl+M",),
        N_("Choose signals, their order, filters and colours"),
        needs_document=False,
        starts_group=True,
    ),
    ActionSpec(
        "traces.keep_montage",
        N_("Make a montage of &what is shown…"),
        TRACES,
        tip=N_("Keep these traces with their sensitivities under a name"),
    ),
    ActionSpec(
        "traces.larger",
        N_("Traces &larger"),
        TRACES,
        ("Up", "+"),
        N_("Higher sensitivity of the selected trace, or of all"),
        starts_group=True,
        repeats=True,
    ),
    ActionSpec(
        "traces.smaller",
        N_("Traces &smaller"),
        TRACES,
        ("Down", "-"),
        N_("Lower sensitivity of the selected trace, or of all"),
        repeats=True,
    ),
    ActionSpec(
        "traces.usual",
        N_("&Usual sensitivity"),
        TRACES,
        ("=",),
        N_("Of the selected trace, or of all"),
    ),
    ActionSpec(
        "traces.trace",
        N_("This trace…"),
        TRACES,
        ("Ctrl+Shift+T",),
        N_("Sensitivity, filter, colour and direction of the selected trace, and its spectrum"),
    ),
    ActionSpec(
        "traces.hide",
        N_("Hide this trace"),
        TRACES,
        tip=N_("Leave the selected trace out until another montage is chosen"),
    ),
    ActionSpec("traces.show_hidden", N_("Show hidden traces"), TRACES),
    ActionSpec("traces.next", N_("Select the &next trace"), TRACES, ("T",), repeats=True),
    ActionSpec(
        "traces.previous", N_("Select the &previous trace"), TRACES, ("Shift+T",), repeats=True
    ),
    ActionSpec(
        "traces.all",
        N_("Select &all traces"),
        TRACES,
        ("Esc",),
        N_(
            "Let the keys act on all traces and no event; a click on a trace or an event chooses "
            "that one"
        ),
    ),
    ActionSpec(
        "traces.filters",
        N_("AASM f&ilters"),
        TRACES,
        ("F",),
        N_(
            "EEG and EOG 0.3–35 Hz, EMG 10–100 Hz, ECG 0.3–70 Hz, respiration 0.1–15 Hz, unless "
            "the montage says otherwise; off: everything as it is stored"
        ),
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "traces.notch",
        N_("Next mains no&tch"),
        TRACES,
        ("Shift+F",),
        N_("Off, 50 Hz, 60 Hz in turn; it is part of the filters"),
        needs_document=False,
    ),
    ActionSpec(
        "traces.guides",
        N_("±37.5 µV &guides"),
        TRACES,
        ("G",),
        N_("Lines 75 µV apart, the criterion of slow waves"),
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "traces.negative_up",
        N_("Negative upwards"),
        TRACES,
        ("Y",),
        N_("Draw negative values of EEG and eyes upwards; ⊖↑ beside their names says so"),
        needs_document=False,
        checkable=True,
    ),
    ActionSpec("traces.scale_bar", N_("Scale &bar"), TRACES, needs_document=False, checkable=True),
    ActionSpec(
        "traces.calibrate",
        N_("&Calibrate the screen…"),
        TRACES,
        tip=N_("So that sensitivities can be given in µV/mm"),
        needs_document=False,
    ),
    ActionSpec(
        "view.go_to", N_("Go to…"), VIEW, ("Ctrl+G",), N_("Type a time or the number of an epoch")
    ),
    ActionSpec("view.next", N_("&Next epoch"), VIEW, ("Right", "Space"), repeats=True),
    ActionSpec("view.previous", N_("&Previous epoch"), VIEW, ("Left", "Backspace"), repeats=True),
    ActionSpec(
        "view.select_next", N_("Select with the ne&xt"), VIEW, ("Shift+Right",), repeats=True
    ),
    ActionSpec(
        "view.select_previous", N_("Select with the pre&vious"), VIEW, ("Shift+Left",), repeats=True
    ),
    ActionSpec("view.forward", N_("Ten epochs &forward"), VIEW, ("PgDown",), repeats=True),
    ActionSpec("view.back", N_("Ten epochs &back"), VIEW, ("PgUp",), repeats=True),
    ActionSpec("view.page_forward", N_("Page fo&rward"), VIEW, (".", "Ctrl+PgDown"), repeats=True),
    ActionSpec("view.page_back", N_("Page bac&kward"), VIEW, (",", "Ctrl+PgUp"), repeats=True),
    ActionSpec(
        "view.mark_forward",
        N_("Page forward with the mark"),
        VIEW,
        ("Shift+PgDown",),
        N_("What was dragged over goes on to the next page, up to the mouse; a click ends it"),
    ),
    ActionSpec("view.mark_back", N_("Page backward with the mark"), VIEW, ("Shift+PgUp",)),
    ActionSpec("view.first", N_("F&irst epoch"), VIEW, ("Home",)),
    ActionSpec("view.last", N_("&Last epoch"), VIEW, ("End",)),
    ActionSpec(
        "view.page_longer",
        N_("L&onger page"),
        VIEW,
        ("]", "Ctrl+-"),
        N_("Up to the whole night"),
        starts_group=True,
        repeats=True,
    ),
    ActionSpec(
        "view.page_shorter",
        N_("S&horter page"),
        VIEW,
        ("[", "Ctrl++"),
        N_("Down to five seconds"),
        repeats=True,
    ),
    ActionSpec(
        "view.slow_page",
        N_("Next page length of breathing"),
        VIEW,
        ("P",),
        N_(
            "Breathing, SpO₂, legs and position on a page of 2, 5 or 10 minutes below the others, "
            "or on the same page"
        ),
        needs_document=False,
    ),
    ActionSpec(
        "view.neighbours",
        N_("Neighbouring epoch&s"),
        VIEW,
        ("N",),
        N_("Show the five epochs before and after this one, small"),
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "view.zoom_in",
        N_("&Zoom into the night"),
        VIEW,
        ("Z",),
        N_("Show half as much of the night around this epoch"),
        starts_group=True,
        repeats=True,
    ),
    ActionSpec("view.zoom_out", N_("Zoom o&ut"), VIEW, ("Shift+Z",), repeats=True),
    ActionSpec("view.zoom_all", N_("&Whole night"), VIEW, ("Ctrl+0",)),
    ActionSpec(
        "view.brighter",
        N_("Spectrogram brighter"),
        VIEW,
        ("B",),
        N_("Colours for 2 dB less power"),
        starts_group=True,
        repeats=True,
    ),
    ActionSpec("view.darker", N_("Spectrogram &darker"), VIEW, ("Shift+B",), repeats=True),
    ActionSpec(
        "view.more_contrast",
        N_("More &contrast"),
        VIEW,
        ("V",),
        N_("Spread the colours over 2 dB less"),
        repeats=True,
    ),
    ActionSpec("view.less_contrast", N_("Less con&trast"), VIEW, ("Shift+V",), repeats=True),
    ActionSpec(
        "view.usual_colours",
        N_("Colours th&at fit the night"),
        VIEW,
        ("Ctrl+B",),
        N_("From the 5th to the 99th percentile of the power"),
    ),
    *(
        ActionSpec(action_id, text, LAYOUT, needs_document=False, checkable=True)
        for action_id, text in zip(
            PANEL_ACTIONS,
            (
                N_("This &epoch"),
                N_("E&vents, comments and artefacts"),
                N_("&Review queue"),
                N_("Video"),
                N_("&Spectrogram"),
                N_("&Probabilities"),
                N_("&Hypnogram and events of the night"),
            ),
            strict=True,
        )
    ),
    ActionSpec(
        "view.video",
        N_("Video of this night…"),
        LAYOUT,
        tip=N_("Show a video that lies elsewhere or under another name than the recording"),
        tells=True,
    ),
    ActionSpec(
        "view.play_video",
        N_("Play"),
        LAYOUT,
        ("Ctrl+Space",),
        N_("Play the video from the cursor on, and turn the pages with it, or stop"),
        tells=True,
    ),
    ActionSpec(
        "view.traces_alone",
        N_("&Traces alone"),
        LAYOUT,
        ("F11",),
        N_("Hide all panels, and show again those that were there"),
        needs_document=False,
        checkable=True,
    ),
    *(
        ActionSpec(
            action_id,
            "",
            LAYOUT,
            (f"Ctrl+{number}",),
            needs_document=False,
            starts_group=number == 1,
            is_name=True,
        )
        for number, action_id in enumerate(LAYOUT_ACTIONS, 1)
    ),
    ActionSpec(
        "view.usual_layout",
        N_("&Usual layout"),
        LAYOUT,
        ("Ctrl+6",),
        N_("All panels where they are at first, the traces as high as they need"),
        needs_document=False,
    ),
    ActionSpec(
        "view.keep_layout",
        N_("&Keep this layout…"),
        LAYOUT,
        tip=N_("Keep which panels are shown, where and how high, under a name and a key"),
        needs_document=False,
        starts_group=True,
    ),
    ActionSpec("view.remove_layout", N_("Re&move a layout…"), LAYOUT, needs_document=False),
    ActionSpec(
        "view.privacy",
        N_("Hide who it is"),
        VIEW,
        tip=N_("Name, code and dates of the patient and the name of the file are not shown"),
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "model.add",
        N_("&Learn from this night"),
        MODEL,
        tip=N_("Keep what people decided in this signed-off night, to learn from it"),
    ),
    ActionSpec(
        "model.collect",
        N_("&Keep nights that are signed off"),
        MODEL,
        tip=N_("Keep each night to learn from as soon as it is signed off"),
        needs_document=False,
        checkable=True,
    ),
    ActionSpec(
        "model.show",
        N_("&Model and learning…"),
        MODEL,
        ("Ctrl+Shift+M",),
        N_("Nights to learn from, fine-tuning, verdict, and the versions of the network"),
        needs_document=False,
    ),
    ActionSpec(
        "help.guide",
        N_("&Guide…"),
        HELP,
        tip=N_("Getting started, keys, N1 and N2, events, reports"),
        needs_document=False,
    ),
    ActionSpec("help.tour", N_("&Tour of the window"), HELP, tip=N_("Six steps, left at any time")),
    ActionSpec("help.shortcuts", N_("&Keyboard shortcuts"), HELP, ("?",), needs_document=False),
    ActionSpec(
        "help.definitions",
        N_("&Definitions of all numbers…"),
        HELP,
        tip=N_("How each figure of the sleep statistics is computed, and on whose word"),
        needs_document=False,
    ),
    ActionSpec("help.about", N_("&About SleepScorer"), HELP, needs_document=False),
)

_STAGING = (*STAGE_ACTIONS, "scoring.confirm")

CONTEXT_MENUS: dict[str, tuple[tuple[str, ...], ...]] = {
    "trace": (
        tuple(EVENT_ACTIONS),
        ("traces.larger", "traces.smaller", "traces.usual"),
        ("traces.trace", "traces.hide", "traces.show_hidden"),
        ("traces.filters", "traces.notch", "traces.montages", "events.sensors"),
        ("scoring.comment", "scoring.artefact", "scoring.lights_off", "scoring.lights_on"),
    ),
    "event": (
        ("events.confirm", "events.reject", "events.next_suggestion"),
        ("events.remove",),
        tuple(EVENT_ACTIONS),
        ("events.earlier", "events.later", "events.shorter", "events.longer"),
        ("events.next", "events.previous"),
    ),
    "list": (
        ("events.confirm", "events.reject"),
        ("events.remove", "events.select_all"),
        ("events.link", "events.cut_link"),
        tuple(EVENT_ACTIONS),
    ),
    "stage": (_STAGING, ("scoring.comment", "scoring.artefact"), ("edit.history",)),
    "night": (
        ("scoring.lights_off", "scoring.lights_on", "scoring.lights", "scoring.no_lights"),
        ("view.zoom_in", "view.zoom_out", "view.zoom_all"),
        ("scoring.comment", "scoring.artefact", "edit.history"),
    ),
    "chances": (("events.from_network",), ("view.zoom_in", "view.zoom_out", "view.zoom_all")),
    "queue": (("review.similar", "edit.history"), _STAGING, ("review.filter",)),
}
"""What a right click offers at each place, in groups of actions."""

CHANGING_MENUS = ("event", "list")
"""Where a kind of event is what the chosen one becomes, not another one that is marked."""
