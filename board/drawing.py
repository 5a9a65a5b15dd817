"""How things look in words: money, dates, time left, Markdown, translated labels. Filters for the templates."""

import hashlib
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import nh3
import segno
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, g, request, session
from flask.templating import Environment
from flask_babel import Babel, format_timedelta, get_locale
from flask_login import current_user
from markdown_it import MarkdownIt
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from board import access, phrases
from board.db import now
from board.people.model import LANGUAGES
from board.phrases import gettext, ngettext
from board.words import Marked, slug

# what an employer's Markdown may become; no images, so that nothing is loaded from elsewhere
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "code", "pre", "a", "hr", "del"}
parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough").disable("image")


# what may mean something in Markdown or in HTML (no & but of an entity, no _ within a word), and space that is neither a blank nor the end of a line
SIGNS = re.compile(
    r"&(?=#|\w+;)|(?<![^\W_])_|_(?![^\W_])|[*`~\[\]<\\\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]"
)
BEGINNINGS = re.compile(r"\n(?:    | *(?:[-+=#>]|\d+[.)]))")  # of a list, a heading, a quotation, code


@lru_cache(maxsize=200)  # texts; what is drawn of a project is kept elsewhere
def markdown(text: str) -> Markup:
    """Markdown to safe HTML. Headings start at h3: the page has its own h1 and h2."""
    return parsed(text) if SIGNS.search(text) or BEGINNINGS.search(f"\n{text}") else paragraphs(text)


def paragraphs(text: str) -> Markup:
    """A text in which nothing means anything, as most of them are: `parsed` gives the same in ten times as long."""
    made, lines = [], []
    for line in [*text.replace("&", "&amp;").replace(">", "&gt;").split("\n"), ""]:
        line = line.strip()
        if line:
            lines.append(line)
        elif lines:
            made.append("<p>" + "<br>\n".join(lines) + "</p>\n")
            lines = []
    return Markup("".join(made))


def parsed(text: str) -> Markup:
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow ugc",
    )  # fmt: skip
    return Markup(clean)


def money(cents: int | None) -> str:
    """US dollars, cents only where there are any: $240, $22.50."""
    if cents is None:
        return ""
    dollars, rest = divmod(int(cents), 100)
    return f"${dollars:,}.{rest:02}" if rest else f"${dollars:,}"


def hours(minutes: int | None) -> str:
    """A length of work as people say it: "6 h", "1 h 30 min", "45 min"."""
    whole, rest = divmod(minutes or 0, 60)
    if not rest:
        return gettext("%(hours)s h", hours=whole)
    return gettext("%(hours)s h %(rest)s min", hours=whole, rest=rest) if whole else gettext("%(rest)s min", rest=rest)


def hourly(posting) -> str:
    """What a posting pays an estimated hour: "$20" or "$22.50"."""
    value = posting.hourly
    return money(round(value * 100)) if value else ""


def zone() -> ZoneInfo:
    school = access.school()
    return school.zone if school else ZoneInfo("America/New_York")


def today() -> date:
    return datetime.now(zone()).date()


def day(value: date | None, form: str = "EEE, MMM d") -> str:
    """A date as people write it; with the year when it is not this one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local(value).date()
    language = phrases.language()
    if language == "es":
        form = "EEE d MMM"
    if value.year != today().year:
        form += ", y" if language == "en" else " y"
    return written(language, value, form)


@lru_cache(maxsize=2000)
def written(language: str, value: date, form: str) -> str:
    return format_date(value, form, locale=language)


def number(value: int) -> str:
    return grouped(phrases.language(), value)


@lru_cache(maxsize=2000)
def grouped(language: str, value: int) -> str:
    return format_decimal(value, locale=language)


def average(value: float) -> str:
    """An average with one decimal, as people of the language write it."""
    return format_decimal(round(value, 1), format="0.0", locale=phrases.language())


def local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone())


def moment(value: datetime | None) -> str:
    """A moment at the school: "Nov 23, 3:05 PM"."""
    if value is None:
        return ""
    language = phrases.language()
    here = local(value).replace(tzinfo=None)  # with a zone, the same moment of another zone would be found in its place
    return told_moment(language, here, "MMM d, h:mm a" if language == "en" else "d MMM, HH:mm")


@lru_cache(maxsize=2000)
def told_moment(language: str, value: datetime, form: str) -> str:
    return format_datetime(value, form, locale=language)


def days_left(value: date | None) -> str:
    """Time to a deadline as people say it."""
    if value is None:
        return ""
    left = (value - today()).days
    if left < 0:
        return gettext("Closed")
    if left == 0:
        return gettext("Last day")
    if left == 1:
        return gettext("1 day left")
    return ngettext("%(num)d day left", "%(num)d days left", left)


def ago(value: datetime | None) -> str:
    """How long since a moment, or until it: "3 minutes ago", "in an hour"."""
    if value is None:
        return ""
    seconds = round((value - now()).total_seconds())
    return format_timedelta(timedelta(seconds=seconds or -1), add_direction=True)


def waited(value: datetime | None) -> str:
    """How long something has waited: "today", "3 days"."""
    if value is None:
        return ""
    days = (today() - local(value).date()).days
    return gettext("today") if days <= 0 else ngettext("%(num)d day", "%(num)d days", days)


def translate(words, /, **values) -> str:
    """A marked sentence or a Labelled in the reader's language; a day in it as people write days, marked words too."""
    words = getattr(words, "label", words)
    values = {key: told(value) for key, value in values.items()}
    return gettext(str(words), **values) if words else ""


def told(value):
    if isinstance(value, date):
        return day(value)
    return gettext(value) if isinstance(value, Marked) else value


def said(error) -> str:
    """A `Said` in the reader's language; a day in it as people write days."""
    return translate(error.words, **error.values)


@lru_cache(maxsize=1024)
def icon(name: str, label: str = "", look: str = "") -> Markup:
    """One icon of the sprite; silent to a screen reader unless it has a label. `look`: a class beside "icon"."""
    use = Markup('<use href="{}#{}"></use>').format(static("icons.svg"), name)
    classes = f"icon {look}".strip()
    if label:
        return Markup('<svg class="{}" role="img" aria-label="{}">{}</svg>').format(classes, label, use)
    return Markup('<svg class="{}" aria-hidden="true" focusable="false">{}</svg>').format(classes, use)


@lru_cache
def static(name: str) -> str:
    """The address of a static file, with a mark of its content, so that browsers may keep it for a year."""
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


@lru_cache(maxsize=256)
def qr(address: str) -> Markup:
    """A QR code (ISO/IEC 18004) of an address, as SVG in black on white, with no style attribute: the CSP allows none.

    Medium correction reads through a fold or a thumbprint on paper; the quiet zone around it is part of the picture.
    """
    made = segno.make(address, error="m", micro=False)
    return Markup(made.svg_inline(omitsize=True, light="#fff", dark="#000", svgclass="qr", lineclass=None))


def flat(errors) -> str:
    """A field's errors, each on a line of its own, whether a list or the nested lists of a FieldList."""
    words = []
    for error in errors.values() if isinstance(errors, dict) else errors:
        words.append(flat(error) if isinstance(error, list | tuple | dict) else str(error))
    return "\n".join(word for word in dict.fromkeys(words) if word)


def nav_section() -> str:
    """Which part of the header this page belongs to: set by the view, else the first word of its address."""
    return g.get("section") or (request.url_rule and request.url_rule.rule.split("/")[1]) or ""


def language() -> str:
    """The reader's language: their own choice, this browser's choice, or what the browser asks for."""
    mine = getattr(current_user, "language", None) or session.get("language")
    return mine if mine in LANGUAGES else asked_for(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=500)
def asked_for(header: str) -> str:
    """What a browser prefers (RFC 9110, 12.5.4) of the languages there are; English where it names none of them."""
    return parse_accept_header(header, LanguageAccept).best_match(LANGUAGES) or "en"


LOCALES = {name: Locale.parse(name) for name in LANGUAGES}  # which Flask-Babel would read anew for each request


class Templates(Environment):
    """Jinja as Flask has it. What all templates know is one dict, not a chain of two, which is copied for each
    template that is drawn and takes longer than most of them."""

    def make_globals(self, d):
        return {**self.globals, **d} if d else self.globals


def init_app(app: Flask) -> None:
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=lambda: LOCALES[language()])
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        number=number, money=money, day=day, moment=moment, markdown=markdown, slug=slug, days_left=days_left, waited=waited,
        ago=ago, hours=hours, average=average,
        t=translate, qr=qr,
    )  # fmt: skip
    app.jinja_env.globals.update(
        _=phrases.words_of,
        gettext=phrases.words_of,
        url_for=phrases.address_of,
        ngettext=phrases.number_of,
        hourly=hourly,
        icon=icon,
        today=today,
        LANGUAGES=LANGUAGES,
        school=access.school,
        get_locale=get_locale,
        static=static,
        flat=flat,
        nav_section=nav_section,
        len=len,
    )
