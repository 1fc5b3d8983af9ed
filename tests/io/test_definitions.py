import re

import pytest

from resources import DEFINITIONS_PATHS
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.io.definitions import definitions, parsed_definitions
from sleepscorer.report.definitions_page import definitions_page


def test_that_every_figure_has_a_definition_and_a_name_of_its_own():
    scores = [EpochScore(Stage.N2, Person("Jana"))] * 40
    figures = sleep_statistics(Scoring(40, scores=scores), 1200.0).figures
    assert {figure.id for figure in figures} <= set(definitions())
    for attribute in ("id", "name"):
        values = [getattr(definitions()[figure.id], attribute) for figure in figures]
        assert len(set(values)) == len(figures)
    assert all(definitions()[figure.id].text for figure in figures)


@pytest.mark.parametrize("language", list(DEFINITIONS_PATHS))
def test_that_all_languages_define_the_same(language):
    text, english = definitions(language), definitions()
    assert list(text) == list(english)
    assert len(text) == len(set(text))
    for definition_id, one in text.items():
        # Sources are the same in any language, and what stands in a table is one sentence at most.
        sources = re.findall(r"https://\S+", " ".join(one.notes))
        assert len(sources) == len(
            re.findall(r"https://\S+", " ".join(english[definition_id].notes))
        )
        assert not one.text.endswith(".")


def test_that_a_language_without_definitions_gets_the_english_ones():
    assert definitions("fi") == definitions("en")
    with pytest.raises(KeyError):
        definitions()["no_such_figure"]


def test_that_the_page_shows_every_name_text_and_source():
    text = definitions()
    page = definitions_page(text)
    for definition_id in text:
        assert text[definition_id].name in page
    assert '<a href="https://doi.org/10.1016/j.sleep.2004.06.007">' in page
    assert "<i>The AASM Manual for the Scoring of Sleep and Associated Events</i>" in page
    assert "{#" not in page


@pytest.mark.parametrize("text", ["# A\n## B\n### C\nText", "# A\n## B\n### C {#c}\n"])
def test_that_a_definition_without_word_or_text_is_refused(text):
    with pytest.raises(ValueError, match=r"“C.*has no word in braces or no text"):
        parsed_definitions(text)
