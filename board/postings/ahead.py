"""Projects are drawn before somebody asks for them: by the worker, once they are open, and again every day.

What is drawn is what every student reads who names none of its skills; whoever does has a copy of their own drawn.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from itertools import islice

from board import shared
from board.people.model import LANGUAGES, Person, Role
from board.postings.model import Posting
from board.school.model import today

SECONDS = 10.0  # of one run; what is left then is the next one's
BATCH = 100
MOST = 30_000  # projects in one language: some 80 MB

_done: dict[tuple[str, int], int] = {}  # by language and project, its version: what this process has seen to today
_day = 0
_failed = False  # or still at it
_draw: list[Callable[[str, list[int]], list[tuple[Hashable, str]]]] = []


def draw_with(draw: Callable[[str, list[int]], list[tuple[Hashable, str]]]) -> None:
    """Who draws: told a language and the numbers of projects, gives what is not there yet, each with its key."""
    _draw[:] = [draw]
    _done.clear()


def run() -> dict[str, int]:
    """What the worker does: draw what is not yet drawn as it is now. Twice the same draws nothing the second time."""
    global _day, _failed
    if _day != today().toordinal() or not shared.is_there():
        _done.clear()
        _day = today().toordinal()
        shared.forget_before(_day)
    until, count, _failed = time.monotonic() + SECONDS, 0, True
    bad: list[Exception] = []
    for language in languages():
        lacking = lacking_in(language)
        while time.monotonic() < until and (some := [*islice(lacking, BATCH)]):
            made = draw(language, [number for number, _ in some], bad)
            if shared.write(_day, made):
                _done.clear()
            _done.update({(language, number): version for number, version in some})
            count += len(made)
    _failed = False
    if bad:  # told once: it is drawn by whoever opens it, or in its next version
        raise bad[0]
    return {"drawn": count}


def draw(language: str, numbers: list[int], bad: list[Exception]) -> list[tuple[Hashable, str]]:
    """A project that can't be drawn goes to `bad` and keeps no other from it; where none can, something else is wrong."""
    try:
        return _draw[0](language, numbers)
    except Exception as error:
        if len(numbers) == 1:
            bad.append(error)
            return []
        found: list[Exception] = []
        made = [page for number in numbers for page in draw(language, [number], found)]
        if len(found) == len(numbers):
            raise
        bad += found
        return made


def has_more() -> bool:
    """Whether to go on at once; not after a run that failed, which is tried again when the timetable says so."""
    return not _failed and any(next(lacking_in(language), None) for language in languages())


def languages() -> list[str]:
    """English, and those that a student has chosen."""
    chosen = Person.active().where(Person.role == Role.STUDENT).select(Person.language).distinct()
    return [*dict.fromkeys(["en", *(name for (name,) in chosen.tuples() if name in LANGUAGES)])]


def lacking_in(language: str) -> Iterator[tuple[int, int]]:
    """(id, version) of live projects, newest first."""
    query = Posting.select(Posting.id, Posting.version).where(Posting.is_live_on(today())).order_by(Posting.id.desc())
    for number, version in query.limit(MOST).tuples():
        if _done.get((language, number)) != version:
            yield number, version
