"""What saved searches find among the projects that have been opened since: the worker's pass.

Only newly opened projects are looked at. Searches that ask the same are run once for all who saved them, outside
any transaction, so that nobody who writes waits for them; what they found is kept row by row, so that a project
that is paused or held is in no count, and a pass that is broken off is made again.
"""

from collections.abc import Iterator
from itertools import groupby

from peewee import fn

from board.db import database
from board.moves import Step, record
from board.people.model import Person
from board.postings.model import Finding, Posting, SavedSearch
from board.postings.searches import OPENING, criteria_of, is_whole, last_told
from board.postings.similar import may_take
from board.school.model import today
from board.search import facts, query
from board.search.criteria import Criteria

MOST_PAGES = 10  # of new results that one pass reads of a search
BATCH = 50  # searches written in one transaction


def watch() -> int:
    """Look for what is new, then tell. Returns how many were found."""
    found = look()
    tell()
    return found


def look() -> int:
    """Run the saved searches against what was opened since each was last run."""
    newest = last_told()
    behind = list(
        SavedSearch.select(SavedSearch, Person)
        .join(Person)
        .where(SavedSearch.checked_step < newest, Person.ended_at.is_null())
    )
    if not behind:
        return 0
    steps = opened_since(min(search.checked_step for search in behind), newest)
    made, batch = 0, []
    for search, numbers in finds(behind, steps):
        batch.append((search, numbers))
        if len(batch) == BATCH:
            made += write(batch, newest)
            batch = []
    return made + write(batch, newest)


def opened_since(step: int, newest: int) -> dict[int, int]:
    """The Step that opened each project, of those after a Step."""
    return dict(Step.select(Step.noun_id, Step.id).where(OPENING, Step.id > step, Step.id <= newest).tuples())


def finds(searches: list[SavedSearch], steps: dict[int, int]) -> Iterator[tuple[SavedSearch, list[int]]]:
    """Each search with the new projects it finds and its student may see."""
    live = facts.live()
    fresh = {number: step for number, step in steps.items() if number in live}

    def question(search: SavedSearch) -> tuple[str, int]:
        """What is one search for all who saved it: but "may apply" is everybody's own."""
        return search.asked, search.student_id if "may=1" in search.asked.split("&") else 0

    for _, group in groupby(sorted(searches, key=question), question):
        same = list(group)
        criteria = criteria_of(same[0])
        numbers = hits(criteria, same[0].student, frozenset(fresh), live) if fresh else frozenset()
        for search in same:
            own = [number for number in numbers if fresh[number] > search.checked_step]
            yield search, seen(own, search.student, criteria) if own else []


def hits(criteria: Criteria, student: Person, fresh: frozenset[int], live: facts.Live) -> frozenset[int]:
    """Those of the fresh that hold all that is asked for, as it was asked: newest first until none can follow."""
    oldest = min(opened(live, number) for number in fresh)
    found: set[int] = set()
    for page in range(1, MOST_PAGES + 1):
        answer = query.find(criteria.but(sort="new", verbatim=True, page=page), student)
        if not is_whole(criteria, answer.criteria) or answer.criteria.page != page:
            break
        whole = answer.complete - (page - 1) * query.PAGE  # those after hold only some of the words
        numbers = [posting.id for posting in answer.postings][: max(0, whole)]
        found |= fresh.intersection(numbers)
        if whole <= query.PAGE or not numbers or opened(live, numbers[-1]) < oldest:
            break
    return frozenset(found)


def opened(live: facts.Live, number: int) -> int:
    """When a project was opened, in seconds; 0 for one that is live no longer."""
    row = live.row(number)
    return 0 if row is None else int(live.opened[row])


def seen(numbers: list[int], student: Person, criteria: Criteria) -> list[int]:
    """Those of them that this student may see; and do, if that was asked."""
    if criteria.may:
        numbers = [posting.id for posting in may_take(student, Posting.id.in_(numbers), len(numbers))]
    may_see = Posting.seen_by(student).select(Posting.id).where(Posting.id.in_(numbers))
    return [number for (number,) in may_see.tuples()]


def write(batch: list[tuple[SavedSearch, list[int]]], newest: int) -> int:
    """Keep what was found; a search that was removed in the meantime finds nothing."""
    with database.atomic():
        ids = [search.id for search, _ in batch]
        there = {number for (number,) in SavedSearch.select(SavedSearch.id).where(SavedSearch.id.in_(ids)).tuples()}
        rows = [
            {"search": search.id, "posting": number}
            for search, numbers in batch
            for number in numbers
            if search.id in there
        ]
        made = 0
        for start in range(0, len(rows), 200):
            some = Finding.insert_many(rows[start : start + 200])
            made += some.on_conflict_ignore().as_rowcount().execute()
        SavedSearch.update(checked_step=newest).where(SavedSearch.id.in_(ids)).execute()
    return made


def tell() -> None:
    """A Step for each saved search with something new, at most one a day: the notice is drawn from it."""
    day = today()
    waiting = (
        Finding.select(Finding.search, fn.COUNT(Finding.id))
        .join(Posting)
        .switch(Finding)
        .join(SavedSearch)
        .join(Person)
        .where(Posting.is_live_on(day), ~Finding.told, ~Finding.looked, Person.ended_at.is_null())
        .where(SavedSearch.noticed_on.is_null() | (SavedSearch.noticed_on < day))
        .group_by(Finding.search)
    )
    live = Posting.select(Posting.id).where(Posting.is_live_on(day))
    for number, count in list(waiting.tuples()):
        with database.atomic():
            search = SavedSearch.get_or_none(SavedSearch.id == number)
            if search is None or search.noticed_on == day:
                continue
            Finding.update(told=True).where(Finding.search == number, Finding.posting.in_(live)).execute()
            SavedSearch.update(noticed_on=day).where(SavedSearch.id == number).execute()
            record(search, "find", None, "found", detail={"count": count})
