"""How an experience looks in words: dates with their year, hours, the place. Filters for its templates."""

from datetime import date

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from board import phrases
from board.drawing import written
from board.experience.freezing import REMOTE
from board.experience.resume import full_title, hours_of
from board.phrases import gettext


def full_day(value: date | None) -> str:
    """With the year, whenever it is read."""
    if value is None:
        return ""
    language = phrases.language()
    return written(language, value, "d MMM y" if language == "es" else "MMM d, y")


def time_span(thing) -> str:
    """From the first day to the last."""
    if thing.began_on == thing.ended_on:
        return full_day(thing.ended_on)
    return _("%(first)s to %(last)s", first=full_day(thing.began_on), last=full_day(thing.ended_on))


def hours(minutes: int | None) -> str:
    if not minutes:
        return _("no hours confirmed")
    if minutes < 60:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes)
    if minutes % 60 == 0:
        return ngettext("%(num)d hour", "%(num)d hours", minutes // 60)
    return _("%(hours)s hours", hours=hours_of(minutes))


def titled(title: str) -> str:
    """As it stands on a résumé."""
    return title if full_title(title) == title else _("%(title)s (micro-internship)", title=title)


def level(label: str) -> str:
    """A level inside a sentence."""
    words = gettext(label)
    return words[:1].lower() + words[1:]


def where(thing) -> str:
    """For whom, and in which town."""
    place = _("Remote") if thing.place == REMOTE else thing.place
    return ", ".join(part for part in (thing.organization, place) if part)


def add_to(blueprint: Blueprint) -> None:
    for words in (full_day, time_span, hours, titled, where, level):
        blueprint.add_app_template_filter(words, words.__name__)
