"""Parts of the page of results that are alike from search to search: each drawn once, with the places left out where
addresses and counts are put in."""

import secrets
from functools import lru_cache
from typing import NamedTuple

from flask import current_app
from markupsafe import Markup

from board.phrases import language
from board.search.criteria import Criteria, Links, in_html

PUT = f"put-{secrets.token_hex(16)}"  # stands where something is put in


def pieces(template: str, **values) -> list[str]:
    """What a template gives around what is put in."""
    return current_app.jinja_env.get_template(template).render(put=PUT, **values).split(PUT)


@lru_cache(maxsize=1000)
def choice(language: str, kind: str, value: str, name: str, look: tuple[str, str], picked: bool) -> list[str]:
    """Of one choice of the filters. `language` is that of this moment; `look`: colour and icon."""
    return pieces(
        "postings/_choice.html", kind=kind, value=value, name=name, colour=look[0], sign=look[1], picked=picked
    )


class Group(NamedTuple):
    """A group of choices: how many are picked, whether one can look for others, and whether none was found."""

    name: str
    words: str
    picked: int
    finds: bool
    is_empty: bool


def groups(some: tuple[Group, ...], criteria: Criteria, path: str) -> list[str]:
    """What stands around the choices of each group."""
    if criteria.like:  # somebody's own words: not kept
        return pieces("postings/_facets.html", groups=some, like=criteria.like, path=path, verbatim=criteria.verbatim)
    return groups_in(language(), some, path, criteria.verbatim)


@lru_cache(maxsize=500)
def groups_in(language: str, some: tuple[Group, ...], path: str, verbatim: bool) -> list[str]:
    return pieces("postings/_facets.html", groups=some, like="", path=path, verbatim=verbatim)


def orders(criteria: Criteria, path: str) -> Markup:
    """The choice of an order."""
    sort = "best" if criteria.sort == "new" and not criteria.q else criteria.sort
    return orders_in(language(), path, sort, bool(criteria.q), criteria.verbatim)


@lru_cache(maxsize=200)
def orders_in(language: str, path: str, sort: str, has_words: bool, verbatim: bool) -> Markup:
    template = current_app.jinja_env.get_template("postings/_orders.html")
    return Markup(template.render(path=path, sort=sort, has_words=has_words, verbatim=verbatim))


def pages(page: int, count: int, links: Links) -> Markup:
    """Links to the other pages, where there are any."""
    if count == 1:
        return Markup("")
    numbers, parts = pages_in(language(), page, count)
    made = [parts[0]]
    for number, part in zip(numbers, parts[1:], strict=True):
        made += in_html(links.page(number)), part
    return Markup("".join(made))


@lru_cache(maxsize=500)
def pages_in(language: str, page: int, count: int) -> tuple[list[int], list[str]]:
    """The numbers of the pages that are linked, in order, and what stands around their addresses."""
    numbers: list[int] = []

    def address(number: int) -> str:
        numbers.append(number)
        return PUT

    pager = current_app.jinja_env.get_template("parts/show.html").module.pager  # type: ignore[attr-defined]
    parts = str(pager(page, count, address)).split(PUT)
    return numbers, parts
