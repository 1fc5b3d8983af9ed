"""Names of events as other programs put them together, in six languages.

No list of whole names is ever complete: "Arousal (ARO RES)", "Resp. Arousal", "Éveil respiratoire"
and "AROUSAL-RESPIRATORY" are one thing. So a name is read word by word: one word says what it is,
the others what kind of it. A name with a word that is not known is not known.

Sources of the words: NSRR and Profusion vocabulary, https://github.com/nsrr/edf-editor-translator;
event names of RemLogic, Sleepware, Noxturnal and Domino as their exports have them. Those that
EDFbrowser offers for what is drawn with the mouse end after 16 letters: "Obstructive apne".
"""

from __future__ import annotations

import re
import unicodedata

from sleepscorer.domain.events import EventKind

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_PARENTHESIS = re.compile(r"\(.*?\)|\[.*?\]")


def _table(text: str) -> dict[str, str]:
    """Words by what they mean, of lines such as ``"apnea: apnoe apnee"``."""
    table: dict[str, str] = {}
    for line in text.strip().splitlines():
        meaning, _, words = line.strip().partition(":")
        table |= dict.fromkeys((meaning, *words.split()), meaning)
    return table


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Without accents and in small letters.
_MEANINGS = _table(
    """
    apnea: apneas apnoe apnoen apnee apnees apneia apneias apnoea apnoeas
    hypopnea: hypopneas hypopnoe hypopnoen hypopnee hypopnees hipopnea hipopneas ipopnea ipopnee
    hypopnea: hipopneia hipopneias hypopnoea hypopnoeas hyp
    arousal: arousals microarousal microarousals microeveil microeveils weckreaktion weckreaktionen
    arousal: microdespertar microdespertares microrisveglio microrisvegli aro
    apnea: apne apn
    hypopnea: hypopne hypopn hypop
    rera: reras
    desaturation: desaturations desat desats desaturacion desaturaciones desaturazione
    desaturation: desaturazioni dessaturacao dessaturacoes entsattigung entsattigungen
    plm: plms plmw plml mpj mpm mpp
    limb: limbs leg legs bein beine jambe jambes membre membres
    limb: pierna piernas gamba gambe perna pernas extremidad extremidades arto arti membro membros
    movement: movements bewegung bewegungen mouvement mouvements movimiento movimientos mov
    movement: movimento movimenti movimentos
    periodic: periodische periodisch periodique periodiques periodico periodicos periodici
    lm: lms mj beinbewegung beinbewegungen limbmovement
    obstructive: obstr obs obst obstruct obstruktiv obstruktive obstructif obstructiva obstructivas
    obstructive: ostruttiva ostruttive obstrutiva obstrutivas
    central: centr zentral zentrale centrale centrales centrali
    mixed: gemischt gemischte mixte mixtes mixta mixtas mista miste mistas
    left: links gauche izquierda izquierdo sinistra sinistro esquerda esquerdo
    right: rechts droite droit derecha derecho destra destro direita direito
    spontaneous: spont spontan spontane spontaner spontanes spontanea spontaneo
    respiratory: resp res respiratorisch respiratorischer respiratoire respiratorio respiratoria
    effort: efforts
    related: rel
    with: w mit avec con com
    without: wo ohne sans sin senza sem
    """
)
_FILLING = _words(
    "event events the a of by from to due resulting type unspecified isolated scored auto manual "
    "de des du la le les di da do dos das del degli in i ii iii mit und et y e"
)
_QUALIFIERS = {
    "arousal": _words(
        "asda standard cheshire external spontaneous respiratory effort related limb lm plm leg "
        "movement periodic snore snoring schnarch schnarchen ronflement apnea hypopnea "
        "desaturation obstructive central mixed rera with without eeg emg chin cortical micro left "
        "right flow technician noise bruxism rem nrem cause other induced associated kc"
    ),
    "apnea": _words("obstructive central mixed with without arousal desaturation sleep"),
    "hypopnea": _words(
        "obstructive central mixed with without arousal desaturation aasm 1a 1b rule medicare cms "
        "desat flow"
    ),
    "desaturation": _words(
        "spo2 o2 oxygen oxygensaturation sao2 relative absolute drop sp saturation oxygene "
        "sauerstoff sauerstoffsattigung with without apnea hypopnea respiratory related"
    ),
    "rera": _words("respiratory effort related arousal with without flow limitation"),
    "plm": _words("limb leg movement periodic left right with without arousal lm sleep wake"),
    "lm": _words("limb leg movement left right with without arousal isolated plm"),
}
_TYPES = {
    "apnea": {
        "obstructive": EventKind.OBSTRUCTIVE_APNEA,
        "central": EventKind.CENTRAL_APNEA,
        "mixed": EventKind.MIXED_APNEA,
        "": EventKind.APNEA,
    },
    "hypopnea": {
        "obstructive": EventKind.OBSTRUCTIVE_HYPOPNEA,
        "central": EventKind.CENTRAL_HYPOPNEA,
        "mixed": EventKind.HYPOPNEA,
        "": EventKind.HYPOPNEA,
    },
    "lm": {
        "left": EventKind.LEFT_LIMB_MOVEMENT,
        "right": EventKind.RIGHT_LIMB_MOVEMENT,
        "": EventKind.LIMB_MOVEMENT,
    },
    "arousal": {"": EventKind.AROUSAL},
    "desaturation": {"": EventKind.DESATURATION},
    "rera": {"": EventKind.RERA},
    "plm": {"": EventKind.PLM},
}

_NO_EVENTS = _words(
    "supine prone left right upright up back front side sitting standing unknown position "
    "ruckenlage bauchlage linkslage rechtslage linksseitenlage rechtsseitenlage aufrecht stehend "
    "rucken bauch links rechts dos ventre gauche droite debout assis supino prono izquierda "
    "derecha espalda boca abajo arriba sinistra destra schiena pancia seduto esquerda direita "
    "costas sentado decubito dorsal ventral lateral body change changes "
    "snore snores snoring single train schnarchen ronflement ronflements ronquido ronquidos "
    "russamento ronco artefact artifact artefakt artefacto artefatto artefato signal invalid spo2 "
    "respiratory movement time bewegung bradycardia tachycardia asystole heart rate rise drop "
    "cheyne stokes respiration breathing periodic hypoventilation "
    "recording start stop end begin beginning analysis analyse debut fin notification "
    "avertissement warning technician note notes comment calibration biocal impedance check "
    "montage cpap bipap pressure period paradoxical mask on off patient disconnected awake "
    "cap a1 a2 a3 mcap rem eye rapid"
)


def words_of(text: str) -> tuple[str, ...]:
    """Words of a name: small letters and digits only, joined words apart."""
    split = _CAMEL.sub(" ", text.replace("SpO2", "spo2").replace("SaO2", "sao2"))
    plain = unicodedata.normalize("NFKD", split.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(word for word in _NO_WORD.split(plain) if word)


def kind_of_words(text: str) -> EventKind | None:
    """Kind of event that a name put together from known words means; None for any other."""
    # What stands in brackets only tells more of what stands before them.
    head = _meanings(_PARENTHESIS.sub(" ", text))
    everything = _meanings(text)
    what = _what(head) or _what(everything)
    if what is None:
        return None
    rest = set(everything) - {what}
    if not all(word in _QUALIFIERS[what] or word.isdigit() for word in rest):
        return None
    kinds = [kind for word, kind in _TYPES[what].items() if word in rest]
    return kinds[0] if len(kinds) == 1 else _TYPES[what][""] if not kinds else None


def is_no_event(text: str) -> bool:
    """Whether a name is known to be none that is counted: a position, snoring, an artefact."""
    words = words_of(text)
    return bool(words) and all(word in _NO_EVENTS or word.isdigit() for word in words)


def _meanings(text: str) -> list[str]:
    words = [_MEANINGS.get(word, word) for word in words_of(text)]
    if words[:1] == ["a"] and words[1:2] in (["obstructive"], ["central"], ["mixed"]):
        words[0] = "apnea"  # Noxturnal's “A. Obstructive”
    joined = " ".join(word for word in words if word not in _FILLING)
    for parts, meaning in (
        ("micro eveil", "arousal"),
        ("micro eveils", "arousal"),
        ("micro despertar", "arousal"),
        ("micro risveglio", "arousal"),
        ("respiratory effort related arousal", "rera"),
        ("periodic limb movement", "plm"),
        ("periodic movement limb", "plm"),
        ("movement periodic limb", "plm"),
        ("limb movement", "lm"),
        ("movement limb", "lm"),
        ("oxygensaturation drop", "desaturation"),
    ):
        joined = joined.replace(parts, meaning)
    return joined.split()


def _what(words: list[str]) -> str | None:
    """Word of a name that says what it is, where there is just one such."""
    for stop in ("with", "without"):
        if stop in words:
            words = words[: words.index(stop)]
    found = [word for word in words if word in _TYPES]
    for ruling in ("rera", "arousal", "plm"):  # a “PLM arousal” is an arousal
        if ruling in found:
            return ruling
    return found[0] if len(set(found)) == 1 else None
