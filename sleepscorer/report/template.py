"""A laboratory's own layout of a report: a template in the language of Jinja2.

It is told what a report says and reaches nothing else: no other file, no network, no program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.file_questions import content_of, size_of
from sleepscorer.io.text_files import refuse_no_file, shortened
from sleepscorer.report.sheet import Drawing
from sleepscorer.report.template_html import PAGE_BREAK, MisplacedError, mark, pages_of, refused_in

_MOST_BYTES = 2**18
_MOST_LETTERS = 2**20
_MOST_STEPS = 100_000
"""Turns of loops and calls: of an endless one no result comes."""

_MOST_BITS = 64
_FOR_PYTHON = "<template>"


class _EndlessError(Exception):
    """A template gives more than any report has, or never ends."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a template makes of a night.

    Attributes
    ----------
    head
        What it says at the top of each page; None where it says nothing of that.
    pages
        Parts of each page.
    placed
        Names of the blocks that it put somewhere.
    """

    head: str | None
    pages: tuple[tuple[str | Drawing, ...], ...]
    placed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Template:
    """A template.

    Attributes
    ----------
    path
        Where it was read.
    text
        What it says.
    """

    path: Path
    text: str

    def rendered(
        self,
        values: Mapping[str, object],
        blocks: Mapping[str, str | Drawing],
        *,
        logo: str = "",
    ) -> Rendered:
        """Fill a night in.

        Parameters
        ----------
        values
            What the template is told, by name.
        blocks
            Parts of the usual layout, by name; those that are empty say nothing.
        logo
            Address of the image that is called ``logo``; without, it is not drawn.

        Raises
        ------
        ScoringError
            It asks for what is not there, for what it may not, or for too much.
        """
        names = [name for name, block in blocks.items() if block]
        # The names are ours.
        marks = {name: Markup(mark(name)) for name in (*names, PAGE_BREAK)}  # noqa: S704
        marks = dict.fromkeys(blocks, Markup()) | marks
        environment = _Environment()
        try:
            template = _compiled(environment, self.text)
        except jinja2.TemplateSyntaxError as error:
            raise self._refused(_why(error), error.lineno) from error
        try:
            context = template.new_context({**values, "blocks": marks})
            body = _joined(template.root_render_func(context))
            head = context.get_exported().get("head")
            pages, placed = pages_of(body, blocks, logo)
            top = None
            if head is not None:
                top, of_head = _one_text(_joined([escape(head)]), blocks, logo)
                placed |= of_head
        except Exception as error:  # whatever the expressions of a template raise
            raise self._refused(_why(error), _line(error, template)) from error
        return Rendered(top, pages, placed)

    def check(self) -> None:
        """Find what no night can mend.

        Raises
        ------
        ScoringError
            A line makes no sense, or holds what no report may.
        """
        try:
            _compiled(_Environment(), self.text)
        except jinja2.TemplateSyntaxError as error:
            raise self._refused(_why(error), error.lineno) from error
        except RecursionError as error:
            raise self._refused(Phrase("it is nested deeper than any template"), 0) from error
        found = refused_in(self.text)
        if found is not None:
            line, why = found
            raise self._refused(why, line)

    def _refused(self, why: str, line: int) -> ScoringError:
        if not line:
            return ScoringError(
                "The template {path}: {why}. Correct it; docs/formats.md says what it may hold.",
                path=self.path,
                why=why,
            )
        return ScoringError(
            "The template {path}, line {line}: {why}. Correct it; docs/formats.md says what it "
            "may hold.",
            path=self.path,
            line=line,
            why=why,
        )


def read_template(path: Path) -> Template:
    """Read a template of the folder of its letterhead.

    Raises
    ------
    ScoringError
        It can't be read, is no template, or holds what no report may.
    """
    refuse_no_file(path)
    try:
        if (size_of(path) or 0) > _MOST_BYTES:
            raise ScoringError(
                "The template {path} is larger than {most_kib} KiB, which none needs; images "
                "belong into the logo of the letterhead.",
                path=path,
                most_kib=_MOST_BYTES // 2**10,
            )
        text = content_of(path).decode("utf-8-sig")
    except OSError as error:
        raise ScoringError(
            "The template {path} can't be read: {error}. The letterhead names it, from its own "
            "folder.",
            path=path,
            error=error,
        ) from error
    except UnicodeDecodeError as error:
        raise ScoringError(
            "The template {path} is no text in UTF-8; save it as such.", path=path
        ) from error
    template = Template(path, text)
    template.check()
    return template


class _Environment(ImmutableSandboxedEnvironment):
    """Where templates are filled in; each time in one of its own."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self) -> None:
        super().__init__(
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            loader=jinja2.DictLoader({}),
            finalize=lambda value: "–" if value is None else value,
        )
        del self.globals["lipsum"]
        self.filters["counted"] = self._counted
        self._left = _MOST_STEPS

    def call(self, context: Context, called: Any, *args: Any, **names: Any) -> Any:
        self._step(1)
        return super().call(context, called, *args, **names)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out an operator with which a few letters ask for gigabytes or hours."""
        if operator == "**" or not all(isinstance(one, int | float) for one in (left, right)):
            raise SecurityError(Phrase("“{operator}” works with numbers alone", operator=operator))
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and result.bit_length() > _MOST_BITS:
            raise _EndlessError
        return result

    def _counted(self, several: Iterable[object]) -> list[object]:
        turns = list(several)
        self._step(len(turns))
        return turns

    def _step(self, n_steps: int) -> None:
        self._left -= n_steps
        if self._left < 0:
            raise _EndlessError


def _compiled(environment: _Environment, text: str) -> jinja2.Template:
    """Make a template whose loops are counted."""
    tree = environment.parse(text)
    for loop in tuple(tree.find_all(nodes.For)):
        loop.iter = nodes.Filter(
            loop.iter, "counted", [], [], None, None, lineno=loop.lineno, environment=environment
        )
    code = environment.compile(tree)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _joined(pieces: Iterable[str]) -> str:
    kept, n_letters = [], 0
    for piece in pieces:
        n_letters += len(piece)
        if n_letters > _MOST_LETTERS:
            raise _EndlessError
        kept.append(piece)
    return "".join(kept)


def _one_text(
    html: str, blocks: Mapping[str, str | Drawing], logo: str
) -> tuple[str, frozenset[str]]:
    """The head of pages: a text alone."""
    pages, placed = pages_of(html, blocks, logo)
    parts = [part for page in pages for part in page]
    if len(pages) > 1 or any(isinstance(part, Drawing) for part in parts):
        raise MisplacedError(Phrase("the head of a page holds neither a figure nor a page break"))
    return "".join(part for part in parts if isinstance(part, str)), placed


def _why(error: Exception) -> str:
    """What is wrong, in words of ours as far as there are."""
    said = shortened(str(error))
    match error:
        case _EndlessError() | MemoryError():
            return Phrase("it gives more than any report has, or never ends")
        case RecursionError():
            return Phrase("it is nested deeper than any template")
        case MisplacedError() | SecurityError() if isinstance(error.args[0], Phrase):
            return error.args[0]
        case SecurityError():
            return Phrase("a template may not do this ({reason})", reason=said)
        case jinja2.TemplateNotFound():
            return Phrase("a template is one file and includes no other ({reason})", reason=said)
        case jinja2.UndefinedError():
            return Phrase("it names what no report has ({reason})", reason=said)
        case _:
            return Phrase("it makes no sense there ({reason})", reason=said)


def _line(error: Exception, template: jinja2.Template) -> int:
    """Line of a template that something was raised on; 0 where it is of none."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FOR_PYTHON:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line
