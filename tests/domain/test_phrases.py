"""What the program says: English as text, and in another language where one is asked for."""

import errno
import os
import pickle
import weakref

import pytest

from sleepscorer.domain.errors import RecordingError, ScoringError
from sleepscorer.domain.phrases import Phrase, joined, per_cent, phrase_of

GERMAN = {
    "{file} can't be read: {reason}.": "{file} kann nicht gelesen werden: {reason}.",
    "it is {n:g} bytes": "es sind {n:g} Byte",
    "one": "eins",
    "two": "zwei",
    "known are {names}": "bekannt sind {names}",
}


def in_german(text: str) -> str:
    return GERMAN.get(text, text)


def test_that_a_phrase_is_its_english_text() -> None:
    phrase = Phrase("{file} can't be read: {reason}.", file="a.edf", reason="gone")
    assert phrase == "a.edf can't be read: gone."


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 epochs have"), (1, "1 epoch has"), (2, "2 epochs have")]
)
def test_that_a_number_decides_between_words_for_one_and_for_several(n: int, said: str) -> None:
    assert Phrase("{n} {n:epoch has|epochs have} no stage.", n=n) == f"{said} no stage."


def test_that_per_cent_stand_after_a_space() -> None:
    phrase = Phrase("{share:.1%} of it, {n} in all", share=0.875, n=3)
    assert phrase == "87.5 % of it, 3 in all"
    assert phrase.said(lambda text: text, ",") == "87,5 % of it, 3 in all"


def test_that_a_phrase_without_values_is_taken_as_it_stands() -> None:
    assert Phrase("a {brace}") == "a {brace}"


def test_that_phrases_among_the_values_are_translated_and_what_others_say_is_not() -> None:
    reason = Phrase("it is {n:g} bytes", n=2.0)
    phrase = Phrase("{file} can't be read: {reason}.", file="one", reason=reason)
    assert phrase.said(in_german) == "one kann nicht gelesen werden: es sind 2 Byte."


def test_that_an_error_among_the_values_is_translated_where_it_carries_a_phrase() -> None:
    template = "{file} can't be read: {reason}."
    ours = Phrase(template, file="a", reason=ValueError(Phrase("one")))
    theirs = Phrase(template, file="a", reason=LookupError("one"))
    assert ours.said(in_german) == "a kann nicht gelesen werden: eins."
    assert theirs.said(in_german) == "a kann nicht gelesen werden: one."


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.ENOENT, errno.ESTALE])
def test_that_the_words_of_the_system_can_be_translated(number: int) -> None:
    said = phrase_of(OSError(number, "Zugriff verweigert", "/a"))
    assert isinstance(said, Phrase)
    assert said == os.strerror(number)


def test_that_an_error_of_the_system_without_a_known_number_is_in_its_own_words() -> None:
    assert phrase_of(OSError(-1, "odd", "/a")) == "odd"
    assert phrase_of(OSError("only a text")) == "only a text"


def test_that_a_phrase_keeps_nothing_alive_that_an_error_held() -> None:
    class BrokenError(OSError):
        """Other errors of the system can't be asked whether they are still there."""

    error = BrokenError(errno.EIO, "broken")
    kept = weakref.ref(error)
    phrase = Phrase("{reason}.", reason=error)
    del error
    assert kept() is None
    assert phrase == "Input/output error."


def test_that_errors_among_several_values_are_said_and_not_kept_alive_either() -> None:
    class BrokenError(ValueError):
        """Other errors can't be asked whether they are still there."""

    error = BrokenError("broken")
    kept = weakref.ref(error)
    phrase = Phrase("known are {names}", names=(error, ScoringError("one")))
    del error
    assert kept() is None
    assert phrase == "known are broken, one"
    assert phrase.said(in_german) == "bekannt sind broken, eins"


def test_that_several_values_are_joined_by_commas_in_each_language() -> None:
    phrase = Phrase("known are {names}", names=(Phrase("one"), Phrase("two"), 3))
    assert phrase == "known are one, two, 3"
    assert phrase.said(in_german) == "bekannt sind eins, zwei, 3"


def test_that_sentences_one_after_the_other_are_all_translated() -> None:
    assert joined(Phrase("one"), "two", Phrase("two")).said(in_german) == "eins two zwei"


def test_that_an_error_carries_its_sentence_and_may_be_given_one() -> None:
    error = ScoringError("{file} can't be read: {reason}.", file="a", reason="b")
    assert str(error) == "a can't be read: b."
    again = RecordingError(phrase_of(error))
    assert str(again) == str(error)
    said = phrase_of(again)
    assert isinstance(said, Phrase)
    assert said.said(in_german) == "a kann nicht gelesen werden: b."


def test_that_what_libraries_say_is_a_text() -> None:
    assert phrase_of(ValueError("{")) == "{"


def test_that_a_phrase_and_an_error_survive_the_way_from_another_process() -> None:
    error = ScoringError("{file} can't be read: {reason}.", file="a", reason=Phrase("two"))
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, ScoringError)
    said = phrase_of(again)
    assert isinstance(said, Phrase)
    assert said.said(in_german) == "a kann nicht gelesen werden: zwei."


def test_that_a_sentence_has_no_line_breaks_whatever_is_quoted() -> None:
    assert Phrase("“{text}” is no time.", text="2026-03\n\n-01\x00") == "“2026-03 -01” is no time."
    error = ValueError("two\nlines")
    assert Phrase("It failed: {error}.", error=error) == "It failed: two lines."


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0 %"), (0.004, "0 %"), (0.996, "100 %"), (0.4, "40 %")]
)
def test_that_a_share_is_said_in_whole_per_cent(share, text):
    assert per_cent(share) == text
