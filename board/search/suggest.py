"""What a search may go on to be, while it is typed: projects, skills, fields and employers with words that begin so.

Kept in memory are titles and names of what is live; whatever is said of a project is asked of `seen_by` again.
A field, a skill or an employer is named only while a live posting carries it.
"""

from collections.abc import Callable
from functools import partial
from heapq import nsmallest
from typing import NamedTuple

from board.db import database
from board.employers.model import Employer
from board.people.model import Person
from board.postings.model import Posting
from board.school.model import Field, today
from board.search.answer import answer
from board.search.criteria import Criteria
from board.search.facets import at, offer
from board.search.facts import live, unchanged
from board.search.filters import Filters
from board.search.live import Live
from board.search.suggestable import follow_titles, lock, names, tables
from board.search.text import split

MOST, MOST_PROJECTS, MOST_OTHERS = 8, 4, 2  # in all, at most so many projects, and so many of each other kind
MOST_WORDS = 6  # of what is typed
NAMES_END = 4  # a skill or field may be named by so many words at the end, after others
SHORTEST_END = 3  # letters, where other words stand before it


class Suggestion(NamedTuple):
    """`kind` is skill, field, project or employer; `value` a slug or an id. `rest`: words typed before a name."""

    kind: str
    value: str
    label: str
    detail: str = ""  # a project's employer
    rest: str = ""
    thing: Field | None = None


def suggest(criteria: Criteria, person: Person | None) -> list[Suggestion]:
    """At most MOST, kind by kind: skills, fields, projects, employers."""
    words = split(criteria.q)[:MOST_WORDS]
    if not words:
        return []
    now, known = live(), unchanged("suggested names", names)
    orders = {number: at for at, number in enumerate(known.fields)}
    follow_titles(now)
    # another thread may have brought the tables further than what is known here: such numbers are passed over
    for loosely in (False, True):
        with lock:
            skills = filters("skill", words, loosely, lambda number: -at(now.counts_of_skills, number))
            fields = filters("field", words, loosely, lambda number: orders.get(number, 0))
            employers = best(
                "employer", words, loosely, MOST_OTHERS, lambda number: known.employers.get(number, "").lower()
            )
            projects = best("project", words, loosely, MOST_PROJECTS * 2, partial(newness, now))
        found = [
            Suggestion("skill", slug, name, rest=rest_of(criteria.q, before))
            for (slug, name), before in (
                (known.skills[number], before) for number, before in skills if number in known.skills
            )
            if slug not in criteria.skills
        ]
        found += [
            Suggestion("field", field.slug, field.name, rest=rest_of(criteria.q, before), thing=field)
            for field, before in ((known.fields[number], before) for number, before in fields if number in known.fields)
            if field.slug not in criteria.fields
        ]
        found = leading_somewhere(found, criteria, now, person)
        found += open_to(person, projects)
        found += [
            Suggestion("employer", str(number), known.employers[number])
            for number in employers
            if number in known.employers
        ]
        if found:
            return found[:MOST]
    return []


def newness(now: Live, number: int) -> int:
    row = now.row(number)
    return 0 if row is None else int(now.place_in_newest[row])


def best(kind: str, words: list[str], loosely: bool, most: int, order: Callable) -> list[int]:
    """Those that start as typed before those that hold the words."""
    table = tables[kind]
    starting = table.starting(words)
    first = nsmallest(most, starting, key=order)
    if len(first) == most:
        return first
    return first + nsmallest(most - len(first), table.holding(words, loosely) - starting, key=order)


def filters(kind: str, words: list[str], loosely: bool, order: Callable) -> list[tuple[int, list[str]]]:
    """(id, the words that stand before the name): named by all of the words, or by the last of them."""
    for start in range(max(0, len(words) - NAMES_END), len(words)):
        end = words[start:]
        if start and len("".join(end)) < SHORTEST_END:
            break
        found = best(kind, end, loosely, MOST_OTHERS, order)
        if found:
            return [(number, words[:start]) for number in found]
    return []


def leading_somewhere(
    found: list[Suggestion], criteria: Criteria, now: Live, person: Person | None
) -> list[Suggestion]:
    """Of these fields and skills those that leave something, beside what is picked and the words before them."""
    if not any(one.rest for one in found) and not criteria.is_filtered:
        return found
    filters = Filters(criteria, now, person)
    answers = {rest: answer(rest, now) if rest else None for rest in {one.rest for one in found}}
    matched = {rest: told.matched if told else now.everything for rest, told in answers.items()}
    return [one for one in found if offer(filters, one.kind, one.value, matched[one.rest], one.rest)]


def rest_of(typed: str, before: list[str]) -> str:
    """The beginning of what was typed that holds just these words, as it was typed."""
    parts = typed.split()
    for end in range(1, len(parts)):
        beginning = " ".join(parts[:end])
        if split(beginning) == before:
            return beginning
    return " ".join(before)


def open_to(person: Person | None, ids: list[int]) -> list[Suggestion]:
    """Of these projects those that this person may read, in order; what is called the same only once."""
    if not ids:
        return []
    query = (
        Posting.seen_by(person)
        .select(Posting.id, Posting.title, Employer.name)
        .join(Employer)
        .where(Posting.id.in_(ids), Posting.is_live_on(today()))
    )
    rows = {number: (title, employer) for number, title, employer in database.execute(query).fetchall()}
    each = {rows[number]: number for number in reversed(ids) if number in rows}
    kept = sorted(each.items(), key=lambda item: ids.index(item[1]))[:MOST_PROJECTS]
    return [Suggestion("project", str(number), title, employer) for (title, employer), number in kept]
