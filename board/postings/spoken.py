"""Tasks and fixed times in the words of whoever reads them."""

from collections.abc import Iterable, Mapping

from board.checks.tasks import BY_SLUG
from board.phrases import gettext, language
from board.postings import times


def task(slug: str) -> str:
    return gettext(BY_SLUG[slug].words) if slug in BY_SLUG else slug


def tasks(slugs: Iterable[str] | None) -> list[str]:
    return [task(slug) for slug in slugs or ()]


def sessions(rows: Iterable[Mapping] | None) -> list[str]:
    """Fixed times as content.py has them, days of the same hours together."""
    return times.sessions(rows, gettext, language())


def session(row: Mapping) -> str:
    days = [row["day"]] if row.get("day") in range(7) else []
    return times.in_words(days, row.get("from") or "", row.get("to") or "", gettext, language())
