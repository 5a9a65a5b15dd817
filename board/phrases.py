"""gettext and url_for as the templates call them: a hundred times a page, so what is the same each time is kept.

Flask-Babel finds the catalog anew for each word, and Flask builds each address anew.
"""

from functools import lru_cache

from babel.support import Translations
from flask import g, request, url_for
from flask_babel import get_locale
from flask_babel import get_translations as find_catalog
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

_catalogs: dict[str, Translations] = {}


def catalog() -> Translations:
    """The words in the language of this moment, which Flask-Babel keeps in its own corner of `g`."""
    locale = getattr(g.get("_flask_babel"), "babel_locale", None) or get_locale()
    return _catalogs.get(locale.language) or _catalogs.setdefault(locale.language, find_catalog())


@pass_eval_context
def words_of(context: EvalContext, words: str, /, **values) -> str:
    """Always a format, as Jinja's own: what is put in is escaped."""
    said = catalog().ugettext(words)
    return (Markup(said) if context.autoescape else said) % values


@pass_eval_context
def number_of(context: EvalContext, one: str, many: str, num: int, /, **values) -> str:
    said = catalog().ungettext(one, many, num)
    return (Markup(said) if context.autoescape else said) % ({"num": num} | values)


def address_of(endpoint: str, **values) -> str:
    """`url_for`; addresses without a number are the same for every request, and every page has a dozen of them."""
    if values or endpoint.startswith("."):
        return url_for(endpoint, **values)
    return plain_address(request.root_path, endpoint)


@lru_cache(maxsize=256)
def plain_address(root: str, endpoint: str) -> str:
    return url_for(endpoint)
