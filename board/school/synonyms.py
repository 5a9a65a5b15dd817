"""What a coordinator does with words that mean the same. Each is one transaction and one Step."""

import tomllib
from pathlib import Path

from board.db import database
from board.moves import Refused, Step, record
from board.school.model import Synonym
from board.school.rules import group_of, wrong_with
from board.words import N_

MOST_GROUPS = 1000  # all of them are kept in memory


def load() -> None:
    """The groups that are shipped, into a new board."""
    listed = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text("utf-8"))
    Synonym.insert_many([{"words": ", ".join(group)} for groups in listed.values() for group in groups]).execute()


def add(typed: str, by) -> Synonym:
    """A new group. Raises Refused when it is none, or is there already."""
    with database.atomic():
        words = sound(typed)
        if Synonym.select().count() >= MOST_GROUPS:
            raise Refused(N_("There are %(most)d groups, and no more fit. Remove one first."), most=MOST_GROUPS)
        group = Synonym.create(words=words)
        record(group, "add", by, "", detail={"to": words})
    return group


def change(group: Synonym, typed: str, by) -> bool:
    """Other words for a group; False when they are the same as before."""
    with database.atomic():
        words, old = sound(typed, group), group.words
        if words == old:
            return False
        group.words = words
        group.save()
        record(group, "change", by, "", detail={"from": old, "to": words})
    return True


def remove(group: Synonym, by) -> Step:
    """The Step keeps the words, so that they can be put back."""
    with database.atomic():
        Synonym.delete().where(Synonym.id == group.id).execute()
        return record(group, "remove", by, "", detail={"from": group.words})


def removed(number: int) -> str:
    """The words of a group that this Step removed, while no group has them; else nothing."""
    step = Step.get_or_none(Step.id == number, Step.noun == "synonym", Step.move == "remove")
    words = step.facts["from"] if step else ""
    return words if words and same_as(words.split(", ")) is None else ""


def sound(typed: str, group: Synonym | None = None) -> str:
    """The words of a group as they are kept. Raises Refused."""
    terms = group_of(typed)
    if problem := wrong_with(terms):
        raise Refused(problem.words, **problem.values)
    other = same_as(terms)
    if other and (group is None or other.id != group.id):
        raise Refused(N_("These words are a group already."))
    return ", ".join(terms)


def same_as(terms: list[str]) -> Synonym | None:
    """The group of just these words, in whatever order."""
    wanted = {term.casefold() for term in terms}
    return next((row for row in Synonym.select() if {term.casefold() for term in row.terms} == wanted), None)
