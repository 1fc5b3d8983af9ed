"""That what people read leads somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "resources").glob("**/*.md")]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_that_every_link_leads_to_a_file(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    files = [link for link in links if not link.startswith(("http:", "https:", "mailto:"))]
    assert not [link for link in files if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_that_no_merge_left_a_line_behind(page):
    left = re.findall(r"^(?:<{7}|={7}|>{7})(?: .*)?$", page.read_text("utf-8"), re.MULTILINE)
    assert not left


def test_that_the_readme_leads_to_every_page():
    readme = (ROOT / "README.md").read_text("utf-8")
    named = {page.relative_to(ROOT).as_posix() for page in PAGES} - {"README.md"}
    assert not [page for page in sorted(named) if f"]({page})" not in readme]


def test_that_the_readme_names_the_scripts_that_are_there():
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^sh (\S+)", readme, re.MULTILINE)
    assert len(commands) == 2
    assert all((ROOT / script).is_file() for script in commands)
