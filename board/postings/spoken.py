"""Tasks and fixed times in the words of whoever reads them: "Tuesdays and Thursdays, 4 to 6 pm"."""

from collections.abc import Iterable, Mapping

from babel.lists import format_list

from board.checks.tasks import BY_SLUG
from board.phrases import gettext, language
from board.words import N_

DAYS = (
    N_("Mondays"), N_("Tuesdays"), N_("Wednesdays"), N_("Thursdays"), N_("Fridays"), N_("Saturdays"), N_("Sundays"),
)  # fmt: skip


def task(slug: str) -> str:
    return gettext(BY_SLUG[slug].words) if slug in BY_SLUG else slug


def tasks(slugs: Iterable[str] | None) -> list[str]:
    return [task(slug) for slug in slugs or ()]


def sessions(rows: Iterable[Mapping] | None) -> list[str]:
    """Fixed times as content.py has them, days of the same hours together."""
    together: dict[tuple[str, str], set[int]] = {}
    for row in rows or ():
        if row.get("day") in range(7):
            together.setdefault((row.get("from") or "", row.get("to") or ""), set()).add(row["day"])
    ordered = sorted(together.items(), key=lambda one: (min(one[1]), one[0]))
    return [one_time(sorted(days), *hours) for hours, days in ordered]


def session(row: Mapping) -> str:
    return one_time([row["day"]] if row.get("day") in range(7) else [], row.get("from") or "", row.get("to") or "")


def one_time(days: list[int], starts: str, ends: str) -> str:
    named = format_list([gettext(DAYS[day]) for day in days], locale=language()) if days else ""
    hours = span(starts, ends)
    return gettext("%(days)s, %(hours)s", days=named, hours=hours) if named and hours else named or hours


def span(starts: str, ends: str) -> str:
    """ "4 to 6 pm", "11:30 am to 1 pm"; a side that nobody has given yet is left out."""
    if not (starts and ends):
        return (
            gettext("from %(time)s", time=clock(starts))
            if starts
            else ends and gettext("until %(time)s", time=clock(ends))
        )
    first, last = clock(starts), clock(ends)
    if first[-3:] == last[-3:] and first[-3:] in (" am", " pm"):
        first = first[:-3]
    return gettext("%(from)s to %(to)s", **{"from": first, "to": last})


def clock(text: str) -> str:
    """A time of day as people of the language write it: "4 pm", "16:00"."""
    hour, minute = map(int, text.split(":"))
    if language() != "en":
        return f"{hour}:{minute:02}"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {'am' if hour < 12 else 'pm'}"
