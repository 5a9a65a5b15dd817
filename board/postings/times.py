"""Fixed times of the week in words, in any language: "Tuesdays and Thursdays, 4 to 6 pm". Pure."""

from collections.abc import Callable, Iterable, Mapping

from babel.lists import format_list

from board.words import N_

DAYS = (
    N_("Mondays"), N_("Tuesdays"), N_("Wednesdays"), N_("Thursdays"), N_("Fridays"), N_("Saturdays"), N_("Sundays"),
)  # fmt: skip

Say = Callable[[str], str]  # a marked sentence in the language of whoever reads it


def sessions(rows: Iterable[Mapping] | None, say: Say, language: str) -> list[str]:
    """Fixed times as content.py has them, days of the same hours together."""
    together: dict[tuple[str, str], set[int]] = {}
    for row in rows or ():
        if row.get("day") in range(7):
            together.setdefault((row.get("from") or "", row.get("to") or ""), set()).add(row["day"])
    ordered = sorted(together.items(), key=lambda one: (min(one[1]), one[0]))
    return [in_words(sorted(days), *hours, say, language) for hours, days in ordered]


def in_words(days: list[int], starts: str, ends: str, say: Say, language: str) -> str:
    named = format_list([say(DAYS[day]) for day in days], locale=language) if days else ""
    hours = span(starts, ends, say, language)
    return say(N_("%(days)s, %(hours)s")) % {"days": named, "hours": hours} if named and hours else named or hours


def span(starts: str, ends: str, say: Say, language: str) -> str:
    """ "4 to 6 pm", "11:30 am to 1 pm"; a side that nobody has given yet is left out."""
    if not (starts and ends):
        words = N_("from %(time)s") if starts else N_("until %(time)s")
        return say(words) % {"time": clock(starts or ends, language)} if starts or ends else ""
    first, last = clock(starts, language), clock(ends, language)
    if first[-3:] == last[-3:] and first[-3:] in (" am", " pm"):
        first = first[:-3]
    return say(N_("%(from)s to %(to)s")) % {"from": first, "to": last}


def clock(text: str, language: str) -> str:
    """A time of day as people of the language write it: "4 pm", "16:00"."""
    hour, minute = map(int, text.split(":"))
    if language != "en":
        return f"{hour}:{minute:02}"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {'am' if hour < 12 else 'pm'}"
