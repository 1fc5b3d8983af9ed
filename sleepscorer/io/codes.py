"""What stages and events are called in the files of every program that we exchange with.

Sources: EDF+ standard texts, https://www.edfplus.info/specs/edftexts.html; NSRR annotation
vocabulary, https://github.com/nsrr/edf-editor-translator; Profusion exports as read by
https://yasa-sleep.org; Luna's class names, https://zzz.bwh.harvard.edu/luna/ref/annotations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sleepscorer.domain.events import EventKind
from sleepscorer.domain.stages import Stage
from sleepscorer.io.event_links import says_link
from sleepscorer.io.event_words import kind_of_words, words_of

_MOST_CACHED = 4096  # a list of half a million annotations has a few different texts


@dataclass(frozen=True, slots=True)
class StageCodes:
    """One stage in every format."""

    stage: Stage
    aasm: str
    rk: str
    edfbrowser: str
    nsrr: str
    profusion: int
    yasa_label: str
    yasa_number: int
    luna: str


STAGE_CODES = (
    StageCodes(Stage.W, "Sleep stage W", "Sleep stage W", "W", "Wake|0", 0, "W", 0, "W"),
    StageCodes(
        Stage.N1, "Sleep stage N1", "Sleep stage 1", "N1", "Stage 1 sleep|1", 1, "N1", 1, "N1"
    ),
    StageCodes(
        Stage.N2, "Sleep stage N2", "Sleep stage 2", "N2", "Stage 2 sleep|2", 2, "N2", 2, "N2"
    ),
    StageCodes(
        Stage.N3, "Sleep stage N3", "Sleep stage 3", "N3", "Stage 3 sleep|3", 3, "N3", 3, "N3"
    ),
    StageCodes(Stage.R, "Sleep stage R", "Sleep stage R", "R", "REM sleep|5", 5, "R", 4, "R"),
    StageCodes(
        Stage.UNSCORED, "Sleep stage ?", "Sleep stage ?", "?", "Unscored|9", 9, "UNS", -2, "?"
    ),
)
CODES_OF_STAGE = {row.stage: row for row in STAGE_CODES}

# Stages 3 and 4 of Rechtschaffen & Kales are N3; movement time has no AASM stage.
_OTHER_STAGE_WORDS = {
    Stage.W: ("wake", "wk", "awake", "s0", "stage w", "stage 0", "nrem0", "wach"),
    Stage.N1: ("s1", "stage 1", "nrem1", "nrem 1", "stage n1", "stage 1 sleep"),
    Stage.N2: ("s2", "stage 2", "nrem2", "nrem 2", "stage n2", "stage 2 sleep"),
    Stage.N3: (
        *("s3", "s4", "n4", "stage 3", "stage 4", "stage n3", "stage n4", "sleep stage 4"),
        *("nrem3", "nrem4", "nrem 3", "nrem 4", "stage 3 sleep", "stage 4 sleep", "sws"),
        *("sleep stage n4", "stage 4 sleep|4"),
    ),
    Stage.R: ("rem", "re", "sr", "stage r", "stage rem", "rem sleep", "sleep stage rem"),
    Stage.UNSCORED: (
        *("movement time", "mt", "mvt", "movement", "movement|6", "unscored", "unknown", "?"),
        *("uns", "unsure", "undefined", "art", "artefact", "artifact", "artefakt", "bewegung"),
        *("sleep stage unscored", "stage ?", "noscore", "no stage", "not scored", "-", "nd"),
    ),
}
_PREFIXES = ("sleep-", "sleep_")  # RemLogic's, and one of BIDS tables
# The same in German, French, Spanish, Italian and Portuguese, and with words before it.
_WORDS_FOR_STAGE = ("stage", "stadium", "stade", "estadio", "stadio", "estágio", "etapa", "phase")
_MORE_STAGE_WORDS = {
    Stage.W: (
        *("sleep_wake", "stage_w", "wake stage", "wachheit", "wachstadium", "éveil", "eveil"),
        *("veille", "éveillé", "vigilia", "vigília", "despierto", "desperto", "acordado"),
        *("veglia", "sveglio", "sleep stage wake", "waking", "aw"),
    ),
    Stage.N1: ("sleep_n1", "sleep_s1", "stage_n1", "non-rem1", "n 1", "n-1", "s 1", "nrem-1"),
    Stage.N2: ("sleep_n2", "sleep_s2", "stage_n2", "non-rem2", "n 2", "n-2", "s 2", "nrem-2"),
    Stage.N3: (
        *("sleep_n3", "sleep_s3", "sleep_s4", "stage_n3", "non-rem3", "n 3", "n-3", "s 3", "s 4"),
        *("sleep_n4", "nrem-3", "nrem-4", "n3/n4", "tiefschlaf", "delta"),
    ),
    Stage.R: (
        *("sleep_rem", "sleep_r", "stage_r", "stage_rem", "rem-schlaf", "rem schlaf", "paradoxal"),
        *("sommeil paradoxal", "sommeil rem", "mor", "fase rem", "sueño rem", "sonno rem"),
        *("sono rem", "rem stage", "sp"),
    ),
    Stage.UNSCORED: (
        *("sleep_unscored", "sleep_unknown", "non scoré", "non classé", "nicht bewertet"),
        *("unbewertet", "sin clasificar", "non classificato", "não classificado"),
    ),
}


def _stage_words() -> dict[str, Stage]:
    words: dict[str, Stage] = {}
    for row in STAGE_CODES:
        texts = (row.aasm, row.rk, row.edfbrowser, row.nsrr, row.yasa_label, row.luna)
        for text in (*texts, *_OTHER_STAGE_WORDS[row.stage], *_MORE_STAGE_WORDS[row.stage]):
            words[text.casefold()] = row.stage
    for word in _WORDS_FOR_STAGE:
        for number, stage in enumerate((Stage.N1, Stage.N2, Stage.N3, Stage.N3), start=1):
            words |= {f"{word} {name}": stage for name in (f"{number}", f"n{number}", f"s{number}")}
        words |= {f"{word} w": Stage.W, f"{word} r": Stage.R, f"{word} rem": Stage.R}
    return words


_STAGE_OF_WORD = _stage_words()


@lru_cache(maxsize=_MOST_CACHED)
def stage_of_text(text: str) -> Stage | None:
    """Stage of a word for one, in any of the vocabularies; None for any other text.

    Bare digits are no words: what 4 means depends on the file.
    """
    word = text.strip().casefold()
    for prefix in _PREFIXES:
        word = word.removeprefix(prefix)
    return _STAGE_OF_WORD.get(word)


# Words that stand for other things as often as for an epoch without a stage.
_DOUBTFUL = frozenset(
    {
        *("movement", "mvt", "mt", "unknown", "unsure", "undefined", "art", "artefact"),
        *("artifact", "artefakt", "bewegung", "-", "nd"),
    }
)
_WORDINGS = ("sleep stage ", "movement time", "stage ", "sleep_", "sleep-")


@lru_cache(maxsize=_MOST_CACHED)
def stage_wording(text: str) -> str | None:
    """Tell how a stage is written: files write all of theirs in one way.

    Returns
    -------
    wording
        A word for the way; empty for a word that is used for other things too, None for a text
        that is no stage.
    """
    if stage_of_text(text) is None:
        return None
    word = text.strip().casefold()
    if word in _DOUBTFUL:
        return ""
    if "|" in word:
        return "|"
    beginning = next((one for one in _WORDINGS if word.startswith(one)), "word")
    return _WORDINGS[0] if beginning == _WORDINGS[1] else beginning


@dataclass(frozen=True, slots=True)
class EventNames:
    """One kind of event in every format; None where the format has no name for it.

    Attributes
    ----------
    kind
        The event.
    edf
        Text of the EDF+ annotation; BIDS and EDFbrowser files have the same.
    nsrr
        Event type and event concept.
    profusion
        Name.
    luna
        Class.
    others
        More names for it that `event_words` does not put together, in small letters.
    """

    kind: EventKind
    edf: str
    nsrr: tuple[str, str] | None
    profusion: str | None
    luna: str
    others: tuple[str, ...] = ()


_RESPIRATORY, _AROUSALS, _LIMBS = (
    "Respiratory|Respiratory",
    "Arousals|Arousals",
    "Limb Movement|Limb Movement",
)

EVENT_NAMES = (
    EventNames(
        EventKind.AROUSAL,
        "EEG arousal",
        (_AROUSALS, "Arousal|Arousal ()"),
        "Arousal ()",
        "arousal",
    ),
    EventNames(
        EventKind.OBSTRUCTIVE_APNEA,
        "Obstructive apnea",
        (_RESPIRATORY, "Obstructive apnea|Obstructive Apnea"),
        "Obstructive Apnea",
        "apnea_obstructive",
    ),
    EventNames(
        EventKind.CENTRAL_APNEA,
        "Central apnea",
        (_RESPIRATORY, "Central apnea|Central Apnea"),
        "Central Apnea",
        "apnea_central",
    ),
    EventNames(
        EventKind.MIXED_APNEA,
        "Mixed apnea",
        (_RESPIRATORY, "Mixed apnea|Mixed Apnea"),
        "Mixed Apnea",
        "apnea_mixed",
    ),
    EventNames(EventKind.APNEA, "Apnea", (_RESPIRATORY, "Apnea|Apnea"), "Apnea", "apnea"),
    EventNames(
        EventKind.OBSTRUCTIVE_HYPOPNEA,
        "Obstructive hypopnea",
        None,
        None,
        "hypopnea_obstructive",
    ),
    EventNames(
        EventKind.CENTRAL_HYPOPNEA,
        "Central hypopnea",
        None,
        None,
        "hypopnea_central",
    ),
    EventNames(
        EventKind.HYPOPNEA,
        "Hypopnea",
        (_RESPIRATORY, "Hypopnea|Hypopnea"),
        "Hypopnea",
        "hypopnea",
    ),
    EventNames(
        EventKind.RERA,
        "RERA",
        (_RESPIRATORY, "Respiratory effort related arousal|RERA"),
        "RERA",
        "rera",
    ),
    EventNames(
        EventKind.DESATURATION,
        "Oxygen desaturation",
        (_RESPIRATORY, "SpO2 desaturation|SpO2 desaturation"),
        "SpO2 desaturation",
        "desat",
    ),
    EventNames(
        EventKind.LEFT_LIMB_MOVEMENT,
        "Limb movement - left",
        (_LIMBS, "Limb movement - left|Limb Movement (Left)"),
        "Limb Movement (Left)",
        "lm_left",
    ),
    EventNames(
        EventKind.RIGHT_LIMB_MOVEMENT,
        "Limb movement - right",
        (_LIMBS, "Limb movement - right|Limb Movement (Right)"),
        "Limb Movement (Right)",
        "lm_right",
    ),
    EventNames(
        EventKind.LIMB_MOVEMENT,
        "Limb movement",
        (_LIMBS, "Limb movement|Limb Movement"),
        "Limb Movement",
        "lm",
    ),
    EventNames(
        EventKind.PLM,
        "PLMS",
        (_LIMBS, "Periodic leg movement|PLM"),
        "PLM",
        "plm",
    ),
    EventNames(EventKind.SPINDLE, "Sleep spindle", None, None, "spindle", ("spindles",)),
    EventNames(
        EventKind.K_COMPLEX, "K-complex", None, None, "k_complex", ("k complex", "kcomplex")
    ),
    EventNames(EventKind.BRUXISM, "Bruxism", None, None, "bruxism"),
    EventNames(EventKind.NOTE, "Note", None, None, "note"),
    EventNames(EventKind.ARTEFACT, "Artefact", None, None, "artefact", ("artifact",)),
)
NAMES_OF_EVENT = {row.kind: row for row in EVENT_NAMES}

LIGHTS_OFF, LIGHTS_ON = "Lights off", "Lights on"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LIGHT = _words("light lights licht lumiere lumieres luz luces luzes luce luci")
_OFF = _words(
    "off out aus ausgeschaltet eteint eteinte eteintes eteindre extinction "
    "apagada apagadas apagar apagado spenta spente spegnimento spegnere"
)
_ON = _words(
    "on an ein eingeschaltet allume allumee allumees allumer allumage "
    "encendida encendidas encender encendido accesa accese accensione accendere "
    "acesa acesas acender"
)
_ARTICLES = _words(
    "the das die de des du la las le les el del della delle il lo gli da do dos as os"
)


def _exact_names() -> dict[str, EventKind]:
    """Names that stand for a kind and for nothing more than it."""
    names: dict[str, EventKind] = {}
    for row in EVENT_NAMES:
        texts = [row.kind.label, row.edf, row.luna]
        if row.profusion:
            texts.append(row.profusion)
        if row.nsrr:
            # "Hypopnea|Hypopnea": other programs write either half alone.
            texts += [row.nsrr[1], *row.nsrr[1].split("|")]
        for text in texts:
            names.setdefault(text.casefold(), row.kind)
    return names


_KIND_OF_EXACT_NAME = _exact_names()
_KIND_OF_OTHER_NAME = {name: row.kind for row in EVENT_NAMES for name in row.others}


@lru_cache(maxsize=_MOST_CACHED)
def kind_of_text(text: str) -> EventKind | None:
    """Kind of event of a name for one, in any of the vocabularies; None for any other text."""
    before, _, after = text.rpartition("|")
    for part in (text, after, before.rpartition("|")[2]):
        word = part.strip().casefold()
        kind = _KIND_OF_EXACT_NAME.get(word) or _KIND_OF_OTHER_NAME.get(word) or kind_of_words(part)
        if kind is not None:
            return kind
    return None


@lru_cache(maxsize=_MOST_CACHED)
def remark_of_text(text: str) -> str:
    """Return what is to be kept of an event's name in another program: nothing if it is exact."""
    name = text.strip().casefold()
    kind = _KIND_OF_EXACT_NAME.get(name) or _KIND_OF_EXACT_NAME.get(name.rpartition("|")[2])
    return "" if kind is not None else text.strip()


@lru_cache(maxsize=_MOST_CACHED)
def is_lights_off(text: str) -> bool:
    """Whether a text says that the light went off."""
    return _says_of_light(text, _OFF)


@lru_cache(maxsize=_MOST_CACHED)
def is_lights_on(text: str) -> bool:
    """Whether a text says that the light went on."""
    return _says_of_light(text, _ON)


def _says_of_light(text: str, states: frozenset[str]) -> bool:
    words = [word for word in words_of(text) if word not in _ARTICLES]
    if len(words) == 1:  # joined, as “lightsoff”
        return any(words[0] == light + state for light in _LIGHT for state in states)
    return len(words) == 2 and any(
        one in _LIGHT and other in states for one, other in (words, words[::-1])
    )


def means_something(text: str) -> bool:
    """Whether a free text would be taken for a stage, an event, a link, or lights off or on."""
    return (
        stage_of_text(text) is not None
        or kind_of_text(text) is not None
        or is_lights_off(text)
        or is_lights_on(text)
        or says_link(text)
    )
