"""The language of the interface, by Qt's translation system.

English stands in the source. A text is translated where it is shown, with `tr`; a text of a table
that is made before a language is chosen is only marked there, with `N_`, and translated with `tr`
where it is shown. What the other packages say is a `Phrase`, and their errors carry one.
``packaging/translations.py`` collects all three. Placeholders are filled in after translating:
``tr("Saved {path}.").format(path=path)``; an f-string can't be translated.

What is stored or exported stays English whatever the language is: files, the journal.
"""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from resources import TRANSLATIONS_FOLDER
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.montage import Band
from sleepscorer.domain.phrases import Phrase, phrase_of
from sleepscorer.domain.texts import storable
from sleepscorer.report.wording import Wording

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""Languages of the interface, each named as those who speak it do."""

# One context for all texts: a text that moves to another class keeps its translation.
_CONTEXT = ""


def tr(text: str | Exception, disambiguation: str | None = None, n: int = -1) -> str:
    """Translate a text of the interface, or say what an error or a phrase of other packages says.

    Parameters
    ----------
    text
        English text as it stands in the catalogue.
    disambiguation
        Which of two meanings, where a text has two.
    n
        Number that replaces ``%n`` and decides between singular and plural; to be given as the
        third argument, since the tool that collects the texts knows no names.
    """
    if isinstance(text, Exception):
        text = phrase_of(text)
    if isinstance(text, Phrase):
        return text.said(tr, QLocale().decimalPoint())
    if storable(text) != text:
        return text  # it is none of the catalogue, and Qt would cut it off or refuse it
    return QCoreApplication.translate(_CONTEXT, text, disambiguation, n)


def N_(text: str) -> str:
    """Mark a text to be translated later; the name is that of gettext."""
    return text


def number(value: float, form: str) -> str:
    """Write a number as Python's format language says, with the decimal sign of the language."""
    return format(value, form).replace(".", QLocale().decimalPoint())


def band_text(band: Band) -> str:
    """Write a filter in Hz; an end that it leaves out is open."""
    high = "" if math.isinf(band.high_hz) else number(band.high_hz, "g")
    low = number(band.low_hz, "g") if band.low_hz else ""
    return f"{low}–{high}"


def event_name(event: ScoredEvent) -> str:
    """What is shown beside an event: the text of a note as it is, else the name of its kind."""
    shown = event.description
    return tr(shown) if isinstance(shown, Phrase) else shown


def fall_text(baseline: float, nadir: float) -> str:
    """How far the oxygen saturation falls, both in per cent."""
    text = tr("SpO₂ falls by {fall} to {nadir} %")
    return text.format(fall=number(baseline - nadir, ".1f"), nadir=number(round(nadir, 1), "g"))


def chosen_language(preference: str) -> str:
    """Language of a stored preference: an empty or unknown one means the system's, or English."""
    if preference in LANGUAGES:
        return preference
    wanted = (QLocale(name).language() for name in QLocale.system().uiLanguages())
    return next((known for one in wanted for known in LANGUAGES if _is(one, known)), ENGLISH)


def spoken_language() -> str:
    """Language that the interface is shown in now."""
    name = QLocale().name().partition("_")[0]
    return name if name in LANGUAGES else ENGLISH


def wording() -> Wording:
    """Language that pages and reports are written in now."""
    return Wording(spoken_language(), tr, QLocale().decimalPoint())


def speak(application: QCoreApplication, language: str) -> None:
    """Show the interface, Qt's own dialogs and numbers in fields in one of `LANGUAGES`.

    It takes the place of the one before; what is on the screen already stays as it is.
    """
    for former in application.findChildren(QTranslator):
        application.removeTranslator(former)
        former.deleteLater()
    QLocale.setDefault(QLocale(language))
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for path in (
        Path(qt_folder, f"qtbase_{language}.qm"),
        TRANSLATIONS_FOLDER / f"sleepscorer_{language}.qm",
    ):
        translator = QTranslator(application)
        # Qt may have been installed without its translations; its dialogs are English then.
        if translator.load(str(path)):
            application.installTranslator(translator)


def _is(language: QLocale.Language, known: str) -> bool:
    return QLocale(known).language() is language
