"""gettext and url_for as the templates call them: a hundred times a page, so what is the same each time is kept.

Flask-Babel finds the catalog anew for each word, and Flask builds each address anew.
"""

from functools import lru_cache
from numbers import Number

from babel.support import Translations
from flask import g, request, url_for
from flask_babel import get_locale
from flask_babel import get_translations as find_catalog
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

_catalogs: dict[str, Translations] = {}

LONGEST_KEPT = 40  # characters of a part of an address


def language() -> str:
    """That of this moment, which Flask-Babel keeps in its own corner of `g`. Asked for each word: `g` is looked up
    once, not at every step."""
    corner = g._get_current_object().get("_flask_babel")
    return (getattr(corner, "babel_locale", None) or get_locale()).language


def catalog() -> Translations:
    """The words in the language of this moment."""
    return _catalogs.get(language()) or _catalogs.setdefault(language(), find_catalog())


def gettext(words: str, /, **values) -> str:
    said = catalog().ugettext(words)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values) -> str:
    return catalog().ungettext(one, many, num) % ({"num": num} | values)


@pass_eval_context
def words_of(context: EvalContext, words: str, /, **values) -> str:
    """Always a format, as Jinja's own: what is put in is escaped."""
    if not values:
        return plain_words(language(), words, context.autoescape)
    return filled(said_in(language(), words), values, context.autoescape)


@pass_eval_context
def number_of(context: EvalContext, one: str, many: str, num: int, /, **values) -> str:
    return filled(number_said_in(language(), one, many, num), {"num": num} | values, context.autoescape)


@lru_cache(maxsize=2000)
def plain_words(language: str, words: str, is_markup: bool) -> str:
    """Words that nothing is put in; `language` is that of this moment."""
    said = said_in(language, words) % {}
    return Markup(said) if is_markup else said


@lru_cache(maxsize=2000)
def said_in(language: str, words: str) -> str:
    return catalog().ugettext(words)


@lru_cache(maxsize=2000)
def number_said_in(language: str, one: str, many: str, num: int) -> str:
    return catalog().ungettext(one, many, num)


def filled(said: str, values: dict, is_markup: bool) -> str:
    """`Markup(said) % values` where that is markup, without a helper around each value: a number needs no escaping."""
    if not is_markup:
        return said % values
    return Markup(said % {key: value if is_number(value) else escape(value) for key, value in values.items()})


def is_number(value) -> bool:
    return type(value) is int or isinstance(value, Number)


def address_of(endpoint: str, **values) -> str:
    """`url_for`; an address is the same for every request, and a page has dozens of them."""
    if endpoint.startswith(".") or not all(map(is_short, values.values())):
        return url_for(endpoint, **values)
    return plain_address(request.root_path, endpoint, *values.items())


def is_short(value) -> bool:
    """May be kept: a number or a slug, not whatever somebody typed. (1 and True are one key and two addresses.)"""
    return type(value) is int or (type(value) is str and len(value) <= LONGEST_KEPT)


@lru_cache(maxsize=2000)
def plain_address(root: str, endpoint: str, *values: tuple[str, int | str]) -> str:
    return url_for(endpoint, **dict(values))
