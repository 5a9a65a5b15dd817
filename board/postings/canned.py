"""Words kept ready for employers: the school's and a teacher's own. Shipped in both languages."""

import tomllib
from pathlib import Path

from board.db import database
from board.moves import NotAllowed, Refused
from board.people.model import LANGUAGES, Person
from board.postings.desk_model import Canned
from board.postings.model import Section
from board.school.actions import ships_too
from board.words import N_, clean

FILE = Path(__file__).parent / "canned.toml"
MOST = 40  # of one teacher, and of the school
WORDS = 600  # characters


@ships_too
def load() -> None:
    """The words that come with a board, if it has none."""
    if not Canned.select().where(Canned.person.is_null()).exists():
        Canned.insert_many(shipped()).execute()


def shipped() -> list[dict]:
    rows = tomllib.loads(FILE.read_text("utf-8"))["canned"]
    return [
        {"person": None, "section": row.get("section"), "language": language, "words": row[language]}
        for row in rows
        for language in LANGUAGES
    ]


def of(person: Person, language: str = "") -> list[Canned]:
    """Their own, then the school's, by language; where one is given, the school's in that alone. One query."""
    schools = Canned.person.is_null()
    if language:
        schools &= Canned.language == language
    return list(
        Canned.select()
        .where((Canned.person == person) | schools)
        .order_by(Canned.person.is_null(), Canned.language, Canned.id)
    )


def may_change(person: Person, words: Canned) -> bool:
    return words.person_id == person.id or (words.person_id is None and person.is_coordinator)


def add(person: Person, words: str, section: str | None, language: str, for_all: bool = False) -> Canned:
    """Raises Refused, and NotAllowed where somebody who is no coordinator writes for everybody."""
    if not person.is_teacher or (for_all and not person.is_coordinator):
        raise NotAllowed("canned")
    with database.atomic():
        same = Canned.person.is_null() if for_all else Canned.person == person
        if Canned.select().where(same).count() >= MOST:
            raise Refused(N_("There are %(most)d already. Remove one first."), most=MOST)
        return Canned.create(person=None if for_all else person, words=sound(words), section=section_of(section),
                             language=language)  # fmt: skip


def change(canned: Canned, person: Person, words: str, section: str | None) -> None:
    if not may_change(person, canned):
        raise NotAllowed("canned")
    Canned.update(words=sound(words), section=section_of(section)).where(Canned.id == canned.id).execute()


def remove(canned: Canned, person: Person) -> None:
    if not may_change(person, canned):
        raise NotAllowed("canned")
    Canned.delete().where(Canned.id == canned.id).execute()


def sound(words: str) -> str:
    words = clean(words)[:WORDS]
    if not words:
        raise Refused(N_("Write something first."))
    return words


def section_of(name: str | None) -> str | None:
    return str(name) if name in set(Section) else None
