"""What columns are called, in the languages that laboratory programs speak."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache


class Meaning(Enum):
    """What the cells of a column say."""

    ONSET = auto()
    END = auto()
    DURATION = auto()
    DATE = auto()
    EPOCH = auto()
    STAGE = auto()
    EVENT = auto()
    CHANNEL = auto()
    AUTHOR = auto()
    NIGHT = auto()


# English, German, French, Spanish, Italian, Portuguese; without accents, units and punctuation.
_NAMES = {
    Meaning.ONSET: (
        "onset, start, begin, begins, beginning, from, time, times, timestamp, clock, clock time, "
        "start time, starttime, onset time, time of day, time start, clock start time, "
        "recording onset, elapsed, elapsed time, time from onset, seconds, sec, onset s, start s, "
        "time s, start sec, onset sec, datetime, date time, epoch start, onset sample, "
        "onset samples, start sample, start samples, sample, samples, "
        "beginn, anfang, start zeit, startzeit, anfangszeit, von, zeit, uhrzeit, zeitpunkt, "
        "debut, heure de debut, heure debut, heure, temps, "
        "inicio, comienzo, hora de inicio, hora inicio, hora, tiempo, desde, "
        "inizio, ora di inizio, ora inizio, ora, orario, tempo, tempo di inizio, da, "
        "hora de comeco, comeco"
    ),
    Meaning.END: (
        "end, ends, stop, offset, until, to, finish, end time, endtime, stop time, end s, stop s, "
        "ende, bis, endzeit, fin, heure de fin, heure fin, hora de fin, hora fin, final, hasta, "
        "hora final, fine, ora di fine, ora fine, fim, hora de fim, hora do fim, termino"
    ),
    Meaning.DURATION: (
        "duration, dur, length, lasts, duration s, duration sec, duration seconds, "
        "duration samples, "
        "dauer, lange, duree, longueur, duracion, durata, duracao"
    ),
    Meaning.DATE: "date, datum, fecha, data, jour, dia, giorno, tag, day",
    Meaning.EPOCH: (
        "epoch, epochs, epoch number, epoch no, epoch nr, epoch index, epoch id, no, nr, number, "
        "n, num, nummer, "
        "epoche, epochennummer, epochen nr, epochen, epoque, numero, epoca, numero de epoca, "
        "numero epoca"
    ),
    Meaning.STAGE: (
        "stage, stages, sleep stage, sleep stages, sleepstage, hypnogram, hypno, state, "
        "sleep state, label, scoring, score, staging, stage label, vigilance, "
        "schlafstadium, stadium, schlafphase, phase, stadien, schlafstadien, hypnogramm, "
        "stade, stade de sommeil, stade du sommeil, phase de sommeil, hypnogramme, etat, "
        "fase, fase de sueno, fase del sueno, estadio, estadio de sueno, etapa, hipnograma, "
        "estado, etapa de sueno, "
        "stadio, stadio del sonno, fase del sonno, ipnogramma, stato, "
        "fase do sono, estagio, estagio do sono, estagio de sono, estadio do sono"
    ),
    Meaning.EVENT: (
        "event, events, annotation, annotations, description, trial type, event type, type, name, "
        "text, marker, "
        "ereignis, ereignisse, ereignistyp, anmerkung, beschreibung, bezeichnung, markierung, "
        "evenement, evenements, remarque, libelle, "
        "evento, eventos, anotacion, descripcion, tipo, tipo de evento, nombre, "
        "eventi, annotazione, descrizione, nome, anotacao, descricao"
    ),
    Meaning.CHANNEL: (
        "channel, channels, linked channel, location, signal, ch names, "
        "kanal, ort, canal, voie, canale, segnale, sinal"
    ),
    Meaning.AUTHOR: (
        "annotator, scorer, rater, expert, scored by, author, auswerter, bewerter, evaluateur, "
        "evaluador, valutatore, avaliador"
    ),
    Meaning.NIGHT: (
        "subject, subject id, patient, patient id, participant, participant id, night, session, "
        "file, file name, filename, recording, recording id, "
        "proband, nacht, aufnahme, datei, sujet, nuit, fichier, sujeto, paciente, noche, archivo, "
        "soggetto, paziente, notte, sujeito, noite, arquivo"
    ),
}
_MEANING_OF_NAME = {
    name: meaning for meaning, names in _NAMES.items() for name in names.split(", ")
}
_UNIT = re.compile(r"[\[(]([^\])]*)[\])]")
_FACTORS = {
    **dict.fromkeys(("ms", "msec", "milliseconds", "millisecond"), 1e-3),
    **dict.fromkeys(("s", "sec", "secs", "seconds", "second", "sek", "sekunden", "seg"), 1.0),
    **dict.fromkeys(("min", "mins", "minutes", "minute", "minuten", "minutos", "minuti"), 60.0),
    **dict.fromkeys(("h", "hours", "hour", "stunden", "heures", "horas", "ore"), 3600.0),
}


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Small letters without accents, units in brackets and punctuation."""
    decomposed = unicodedata.normalize("NFKD", _UNIT.sub(" ", text).casefold())
    letters = "".join(one for one in decomposed if not unicodedata.combining(one))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def meaning_of_heading(text: str) -> Meaning | None:
    """Meaning of the name of a column; None for a name that says nothing."""
    name = plain(text)
    words = name.split()
    if len(words) > 1 and words[-1] in _FACTORS:
        name = " ".join(words[:-1]) if " ".join(words) not in _MEANING_OF_NAME else name
    return _MEANING_OF_NAME.get(name)


def seconds_per_unit(text: str) -> float | None:
    """Seconds of the unit that a heading names; None where it names none or an unknown one."""
    match = _UNIT.search(text)
    unit = match[1].strip().casefold() if match else plain(text).rpartition(" ")[2]
    return _FACTORS.get(unit)


def names_unknown_unit(text: str) -> bool:
    """Whether a heading counts in something that is no time, such as samples."""
    return any(
        word in plain(text).split() for word in ("sample", "samples", "frames", "datapoints")
    )
