"""From a page contract to HTML: one Jinja environment per language, strict about everything left undefined.

``t`` (the words of a message), ``say`` (a :class:`Phrase`), themes, dates, delays and counts are the only helpers
templates know; none of them reads a clock or a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from datetime import date, datetime
from pathlib import Path
from types import CodeType
from typing import Any, Final

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.runtime import Context, TemplateReference

from api.pages.coming_back import coming_back
from api.pages.contexts import Around, Delay, Of, Phrase, Shell, Spelled, The, ThingsShown
from api.pages.glossary import BESIDE, anchor
from api.pages.kept_pages import Content
from api.pages.pictures import SHAPES
from domain.values import Theme
from workflows.instants import PARIS
from workflows.texts import DAYS_BEFORE_MONTHS, DAYS_PER_MONTH, LANGUAGES, Texts
from workflows.texts.articles import of_name, with_article

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
WHOLE: Final = "_whole.html"
PIECES: Final = "_pieces.html"
KEPT: Final = "_kept.html"
"""What is around the blocks of a page: all of it, or nothing; and the page whose blocks were drawn before."""
_PIECES: Final = ("title", "styles", "body_class", "content")
COUNTED_IN_WORDS = 16


class PageWords:
    """The words, dates, delays and numbers of one language, as templates use them."""

    def __init__(self, texts: Texts) -> None:
        """Page wording over ``texts``."""
        self._texts = texts

    def t(self, key: str, **parameters: object) -> str:
        """The message ``key``, its parameters worded first. Raises what ``Texts.t`` raises: never a silent hole."""
        return self._texts.t(key, **self._worded_all(parameters)) if parameters else self._texts.t(key)

    def say(self, phrase: Phrase) -> str:
        """A phrase, in the form its count asks for."""
        if phrase.count is None:
            subject = phrase.params.get("what")
            if isinstance(subject, Phrase):
                return self.agreed(phrase.key, subject, **phrase.params)
            return self.t(phrase.key, **phrase.params)
        return self.counted(phrase.key, phrase.count, **phrase.params)

    def counted(self, key: str, count: int, **parameters: object) -> str:
        """The plural form of ``key`` for ``count``, with ``{n}`` in words, before a feminine noun ``{nf}``; for none
        ``<key>.zero``, if there is one."""
        if count == 0 and self._texts.has(f"{key}.zero"):
            return self.t(f"{key}.zero", **parameters)
        said = self.in_words(count)
        feminine = self._texts.t("page.number.1.f") if count == 1 else said
        return self._texts.t_plural(key, count, n=said, nf=feminine, **self._worded_all(parameters))

    def things(self, shown: ThingsShown) -> str:
        """What is waited for together, one by one: « 3 actions : 1.2 Guichet unique, 2.1 Ludobus et 4 autres »."""
        erased = self._texts.t("word.erased")
        named = ", ".join(f"{one.number} {one.title or erased}".strip() for one in shown.lines)
        more = f" {self.counted('page.things.more', shown.more)}" if shown.more else ""
        return f"{self.say(shown.said)}{self._texts.t('page.colon')} {named}{more}"

    def agreed(self, key: str, subject: Phrase, **parameters: object) -> str:
        """The message ``key`` said of ``subject``: ``<key>.f`` where the catalogue has one and the subject is feminine
        there (``gender.<subject's key>``); what only adds a day to something agrees as that does."""
        inner = subject.params.get("what")
        if isinstance(inner, Phrase):
            return self.agreed(key, inner, **parameters)
        feminine = self._texts.has(f"gender.{subject.key}") and self._texts.has(f"{key}.f")
        return self.t(f"{key}.f" if feminine else key, **parameters)

    def span(self, first: date, last: date) -> str:
        """Two days of a period: the first without its year only when both fall in the same one."""
        begins = self._texts.short_date(first) if first.year == last.year else self.day(first)
        return self.t("page.from-to", start=begins, end=self.day(last))

    def in_words(self, count: int) -> str:
        """A count as a word up to sixteen ("deux"), then as digits."""
        return self._texts.t(f"page.number.{count}") if 0 <= count <= COUNTED_IN_WORDS else self._texts.number(count)

    def theme(self, theme: Theme) -> str:
        """A theme of the method in the words of the language, one of the convention's own as it was named."""
        return self._texts.theme(theme)

    def number(self, value: int) -> str:
        """A number with its thousands grouped."""
        return self._texts.number(value)

    def day(self, value: date) -> str:
        """A day in full: "1er février 2027"."""
        return self._texts.long_date(value)

    def short_day(self, value: date, today: date) -> str:
        """A day for tables: "31 mars", with its year when it is not the year of ``today``."""
        return self._texts.short_date(value) if value.year == today.year else self._texts.long_date(value)

    def brief_day(self, value: date, today: date | None = None) -> str:
        """A day for pictures and rails: "14 janv. 2024", which never breaks; "14 janvier" in the year of ``today``."""
        if today is not None and value.year == today.year:
            return self._texts.short_date(value)
        return self._texts.brief_date(value)

    def moment(self, value: datetime) -> str:
        """An instant on Paris clocks."""
        return self._texts.instant(value)

    @staticmethod
    def paris_day(value: datetime) -> date:
        """The day of an instant, on Paris clocks."""
        return value.astimezone(PARIS).date()

    def worded(self, phrases: tuple[Phrase, ...]) -> str:
        """Several phrases, joined as one list: "4 rappels et une relance"."""
        return self._texts.join(map(self.say, phrases))

    def delay(self, days: int) -> str:
        """A bare duration: in days, then in whole months, as reminders say it."""
        if days <= DAYS_BEFORE_MONTHS:
            return self._texts.t_plural("page.days", days)
        return self.months(int(days / DAYS_PER_MONTH))

    def months(self, months: int) -> str:
        """A number of months: "27 mois"."""
        return self._texts.t_plural("page.months", months)

    @staticmethod
    def capital(text: str) -> str:
        """The text with a capital first letter, the rest untouched."""
        return text[:1].upper() + text[1:]

    def _worded_all(self, parameters: dict[str, object]) -> dict[str, object]:
        return {name: self._worded(value) for name, value in parameters.items()}

    def _worded(self, value: object) -> object:
        if isinstance(value, Phrase):
            return self.say(value)
        if isinstance(value, Spelled):
            return self.in_words(value.count)
        if isinstance(value, Of):
            return of_name(self._texts, value.name)
        if isinstance(value, The):
            return with_article(self._texts, value.name)
        if isinstance(value, Delay):
            return self.delay(value.days)
        if isinstance(value, tuple):
            return tuple(self._worded(item) for item in value)
        return value


class _Calling(Context):
    """Calls what a template names, at once: no helper of ours asks for the context, which Jinja looks for each time."""

    @staticmethod
    def call(
        called: Callable[..., object],
        /,
        *args: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **kwargs: object,
    ) -> object:
        """As Jinja's compiler calls it; the variables of loops and blocks are for helpers that ask for the context."""
        return called(*args, **kwargs)


class _Template(Template):
    """A compiled template that passes what is HTML already, which most of what it says is, without looking again."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's own name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """As Jinja makes it; its functions look `escape` up in one namespace."""
        made = super().from_code(environment, code, globals, uptodate)
        names = made.root_render_func.__globals__
        markup, escape = names["Markup"], names["escape"]
        names["escape"] = lambda value: value if type(value) is markup else escape(value)
        return made


class _Compiled(BytecodeCache):
    """A template is compiled once for all languages: what differs is the words that its code asks for."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """As Jinja asks before it compiles."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """As Jinja tells after it compiled."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_compiled = _Compiled()


def environment(texts: Texts) -> Environment:
    """The Jinja environment of one language: escaping on, undefined names are errors."""
    words = PageWords(texts)
    built = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled,
    )
    built.context_class = _Calling
    built.template_class = _Template
    built.globals.update(
        t=words.t,
        say=words.say,
        counted=words.counted,
        agreed=words.agreed,
        span=words.span,
        theme=words.theme,
        shapes=SHAPES,
        word_beside=BESIDE.get,
        word_anchor=anchor,
        worded=words.worded,
    )
    built.filters.update(
        day=words.day,
        short_day=words.short_day,
        brief_day=words.brief_day,
        moment=words.moment,
        paris_day=words.paris_day,
        delay=words.delay,
        months=words.months,
        number=words.number,
        in_words=words.in_words,
        capital=words.capital,
        coming_back=coming_back,
    )
    return built


class PageRenderer:
    """Renders every page in every language."""

    def __init__(self, languages: Iterable[str] = LANGUAGES) -> None:
        """Prepare one environment per language. Raises ``ValueError`` for a language without catalogue."""
        self._environments = {language: environment(Texts(language, typeset=True)) for language in languages}

    def render(self, template: str, shell: Shell, page: object) -> str:
        """The HTML of ``template`` ("department.html") for ``page``, in the language of ``shell``.

        Raises ``KeyError`` for a language that was not prepared, and the template's or catalogue's own error for a
        name or a message that does not exist.
        """
        return self._environments[shell.language].get_template(template).render(shell=shell, page=page, layout=WHOLE)

    def content(self, template: str, around: Around, page: object) -> Content:
        """What ``template`` shows of ``page``, which ``KEPT`` puts into a whole page. Raises what `render` raises, and
        Jinja's ``UndefinedError`` where it asks who reads."""
        found = self._environments[around.language].get_template(template)
        context = found.new_context({"shell": around, "page": page, "layout": PIECES})
        for _ in found.root_render_func(context):
            """Its blocks are known when it was gone through; by itself it shows nothing."""
        blocks = TemplateReference(context)
        return Content(**{name: blocks[name]() for name in _PIECES})
