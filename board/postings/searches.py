"""Searches that students save: how they are kept, and what happens to them. `watch.py` looks for what is new."""

from collections import Counter
from urllib.parse import parse_qs

from peewee import fn

from board.asked import of_frame
from board.audit import trail
from board.audit.model import Kind
from board.db import database, now
from board.moves import Refused, Step, noun
from board.people.model import Person
from board.postings.model import Finding, Posting, SavedSearch, State
from board.school.actions import follows_words
from board.school.model import Field, Skill
from board.search import query
from board.search.criteria import Criteria
from board.search.facts import unchanged
from board.statements import Statement
from board.words import N_

LAST = 2**62  # no Step is as new as that
MOST = 20  # saved searches of one student
# Steps after which students meet a project for the first time. No other noun has them; and were the noun asked for,
# SQLite would read all of its Steps by their index instead of the few at the end
OPENING = Step.move.in_(("approve", "imported")) & (Step.to_state == State.OPEN)


def asked(criteria: Criteria) -> str:
    """How a search is kept: what narrows it, in a fixed order; not its order, its page, or how it was spelled out."""
    fields, skills = tuple(sorted(criteria.fields)), tuple(sorted(criteria.skills))
    return criteria.query_string(sort="best", verbatim=False, fields=fields, skills=skills).removeprefix("?")


def criteria_of(search: SavedSearch) -> Criteria:
    return Criteria.of(parse_qs(search.asked))


asking = Statement(
    lambda student, asked: SavedSearch.select().where(
        SavedSearch.student == student, fn.LOWER(SavedSearch.asked) == asked
    )
)


all_asked = Statement(
    lambda student: SavedSearch.select(SavedSearch.asked).where(SavedSearch.student == student).tuples()
)


def find_saved(criteria: Criteria, student_id: int) -> SavedSearch | None:
    """This student's own saved search that asks the same; capitals make no difference."""
    return asking.first(student_id, asked(criteria).lower())


def keeps(criteria: Criteria, student_id: int) -> bool:
    """Whether there is such a one. Most students keep none: each page of results asks."""
    kept = of_frame.settled(
        ("saved searches", student_id), lambda: frozenset(a.lower() for (a,) in all_asked(student_id))
    )
    return bool(kept) and asked(criteria).lower() in kept


def save(criteria: Criteria, student: Person) -> bool:
    """Keep a search. False when it is kept already. Raises Refused: nothing is asked for, or too many are kept."""
    criteria = known(criteria)
    if not asked(criteria):
        raise Refused(N_("Type a word or pick a filter first: this would be every project there is."))
    with database.atomic():
        if find_saved(criteria, student.id):
            return False
        if SavedSearch.select().where(SavedSearch.student == student).count() >= MOST:
            raise Refused(N_("You have saved %(most)s searches. Remove one you no longer need."), most=MOST)
        SavedSearch.create(student=student, asked=asked(criteria), checked_step=last_opening())
    return True


def known(criteria: Criteria) -> Criteria:
    """Without the fields and skills that the school does not have."""
    fields = {slug for (slug,) in Field.select(Field.slug).where(Field.slug.in_(criteria.fields)).tuples()}
    skills = {slug for (slug,) in Skill.select(Skill.slug).where(Skill.slug.in_(criteria.skills)).tuples()}
    return criteria.but(
        fields=tuple(slug for slug in criteria.fields if slug in fields),
        skills=tuple(slug for slug in criteria.skills if slug in skills),
    )


def last_told() -> int:
    """The last Step that opened a project before the first that can still be taken back: what was opened after is looked
    for once it stands."""
    held = Step.select(fn.MIN(Step.id)).where(OPENING, Step.tell_at > now())
    told = Step.select(fn.MAX(Step.id)).where(OPENING, Step.id < fn.COALESCE(held, LAST))
    return told.scalar() or 0


def last_opening() -> int:
    """The last Step that opened a project."""
    return Step.select(Step.id).where(OPENING).order_by(Step.id.desc()).limit(1).scalar() or 0


def look(search: SavedSearch) -> bool:
    """Its student has opened it: nothing of it is new any more. True if something was."""
    return bool(Finding.update(looked=True).where(Finding.search == search, ~Finding.looked).execute())


def remove(search: SavedSearch) -> None:
    """Gone, with its findings and the notices of them."""
    with database.atomic():
        Step.delete().where(Step.noun == noun(search), Step.noun_id == search.id).execute()
        trail.note(Kind.REMOVED, search.student_id, noun(search), search.id)
        search.delete_instance()


# -- counts


def new_for(student: Person) -> list[tuple[int, int]]:
    """(saved search, project) of what is new to this student, as long as they may see it. One query, on every page."""
    mine = SavedSearch.select(SavedSearch.id).where(SavedSearch.student == student)
    may_see = (
        Posting.seen_by(student)
        .select(Posting.id, Posting.state, Posting.held_at, Posting.apply_by, Finding.search)
        .join(Finding, on=(Finding.posting == Posting.id), attr="finding")
        .where(Finding.search.in_(mine), ~Finding.looked)
    )
    # asked in SQL whether they are live, SQLite would go through all that are
    return [(row.finding.search_id, row.id) for row in may_see if row.is_live]


def count_new(student: Person) -> int:
    """How many projects are new, each counted once; kept until something is written."""
    return unchanged(("new", student.id), lambda: len({number for _, number in new_for(student)}))


def new_by_search(student: Person) -> Counter[int]:
    """How many are new, by saved search."""
    return Counter(search for search, _ in new_for(student))


def count(criteria: Criteria, student: Person) -> int:
    """How many projects hold all that is asked for, now; kept until something is written."""
    strict = criteria.but(verbatim=True)
    if criteria.may:  # every student's own number is asked for anew
        return total(strict, student)
    return unchanged(("saved", asked(criteria)), lambda: total(strict, student))


def total(criteria: Criteria, student: Person) -> int:
    found = query.find(criteria, student)
    return found.complete if is_whole(criteria, found.criteria) else 0


def is_whole(wanted: Criteria, answered: Criteria) -> bool:
    """Whether a search was answered with all its filters: without one it would find far too much."""
    return all(getattr(wanted, name) == getattr(answered, name) for name in ("fields", "skills", "first", "may"))


# -- when two skills become one


@follows_words
def follow_merge(fields: list[int], skills: list[int], merged_into: int | None) -> None:
    """A search that asks for a skill asks for the one it has become."""
    if not merged_into:
        return
    slugs = dict(Skill.select(Skill.id, Skill.slug).where(Skill.id.in_([*skills, merged_into])).tuples())
    new = slugs.pop(merged_into)
    for search in SavedSearch.select().where(SavedSearch.asked.contains("skill=")):
        criteria = criteria_of(search)
        if set(criteria.skills) & set(slugs.values()):
            changed = dict.fromkeys(new if slug in slugs.values() else slug for slug in criteria.skills)
            criteria = criteria.but(skills=tuple(changed))
            if find_saved(criteria, search.student_id):
                remove(search)
            else:
                SavedSearch.update(asked=asked(criteria)).where(SavedSearch.id == search.id).execute()
