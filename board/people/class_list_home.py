"""Columns of a class list about a student's parents and guardians. Who keeps them is a noun further on."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from board.people.model import LANGUAGES, Person
from board.people.rules import same_name
from board.words import MAIL_SHAPE, N_, Said

# a column by the words people put above it; a second parent's carry a 2 anywhere
WORDS = {
    "": ("guardian", "guardianname", "parent", "parentname", "parentguardian", "parentguardianname", "parentorguardian"),
    "_email": ("guardianemail", "guardianmail", "parentemail", "parentmail", "parentguardianemail", "guardianemailaddress", "parentemailaddress"),
    "_language": ("guardianlanguage", "parentlanguage", "parentguardianlanguage", "homelanguage"),
    "_relation": ("guardianrelation", "guardianrelationship", "parentrelation", "relationship"),
}  # fmt: skip
HEADERS = {f"guardian{what}": words for what, words in WORDS.items()}
SECOND = {word: f"guardian2{what}" for what, words in WORDS.items() for word in words}
SPOKEN = {
    "en": ("en", "eng", "english", "inglés", "ingles"), "es": ("es", "esp", "spa", "spanish", "español", "espanol")
}  # fmt: skip
LANGUAGE_OF = {word: code for code, words in SPOKEN.items() for word in words if code in LANGUAGES}


@dataclass(frozen=True)
class Keeper:
    """`known`: by student, addresses and names that are written down or were; `keep`: the new ones by student."""

    known: Callable[[], dict[int, set[str]]]
    keep: Callable[[dict[int, list[dict]], Person], None]


keepers: list[Keeper] = []


def known() -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for keeper in keepers:
        for number, names in keeper.known().items():
            found.setdefault(number, set()).update(names)
    return found


def column_of(header: str) -> str | None:
    """A second parent's column: "Parent 2 email", "Guardian email 2"."""
    bare = re.sub(r"[^a-z0-9]", "", header.lower())
    return SECOND.get(bare.replace("2", "", 1)) if "2" in bare else None


def mark_of(guardian: dict) -> str:
    """What tells one from another: the address, else the name."""
    return guardian["email"] or same_name(guardian["name"])


def keep(by_student: dict[int, list[dict]], by: Person) -> None:
    for keeper in keepers if by_student else ():
        keeper.keep(by_student, by)


def understand(row, world) -> None:
    """A row of a class list: those at home who are not known for this student yet; see class_list.Row and World."""
    found, problems = read(row.cells, row.values.get("email"), world.students)
    row.problems += problems
    known_ones = world.at_home.get(row.person.id, set()) if row.person else set()
    row.guardians = [one for mark, one in {mark_of(one): one for one in found}.items() if mark not in known_ones]


def read(cells: dict[str, str], own: str | None, students: set[str]) -> tuple[list[dict], list[Said]]:
    """The guardians of one row, and what is wrong with them. `own`: the student's address; `students`: all of theirs."""
    found, problems = [], []
    for column in ("guardian", "guardian2"):
        name, email = cells.get(column, ""), cells.get(f"{column}_email", "").lower()
        spoken = cells.get(f"{column}_language", "").lower()
        if not name and not email:
            continue
        if email and (len(email) > 254 or not re.match(MAIL_SHAPE, email)):
            problems.append(Said(N_("“%(cell)s” is not a mail address."), cell=email[:60]))
        elif email and (email == own or email in students):
            problems.append(Said(N_("“%(cell)s” is the address of a student. A parent or guardian needs one of their own."), cell=email[:60]))  # fmt: skip
        if spoken and spoken not in LANGUAGE_OF:
            problems.append(Said(N_("A language here is English or Spanish, not “%(cell)s”."), cell=spoken[:60]))
        found.append({
            "name": (name or email)[:120], "email": email or None, "language": LANGUAGE_OF.get(spoken, "en"),
            "relation": cells.get(f"{column}_relation", "")[:40],
        })  # fmt: skip
    return found, problems
