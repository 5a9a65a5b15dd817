"""How a table says what it holds of people: in words for families, in ways for the export, and what erasing does to it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from board.people.model import Person
from board.words import N_, Labelled

GONE = "[erased]"  # where a text may not be empty
NAME = "[name]"  # in the words of others, where a name stood
ERASED = "Erased person"


class About(Labelled):
    """Whose data an element is: the sections of the page."""

    STUDENT = "student", N_("About students")
    GUARDIAN = "guardian", N_("About parents and guardians")
    EMPLOYER = "employer", N_("About people of employers")
    STAFF = "staff", N_("About people of the school")
    EVERYBODY = "everybody", N_("About everybody with an account")
    TECHNICAL = "technical", N_("What the board needs to work")


class Seen(Labelled):
    OWN = "own", N_("the person themself")
    STUDENT = "student", N_("the student")
    TEACHERS = "teachers", N_("teachers")
    COORDINATORS = "coordinators", N_("coordinators")
    EMPLOYER = "employer", N_("the employer of the project, under a code instead of the name")
    AGREED = "agreed", N_("the employer of the project, once a teacher has agreed")
    CONTACT = (
        "contact",
        N_("the employer of the project, once a teacher has agreed and a parent or guardian has said yes"),
    )
    SAFETY = "safety", N_("whoever looks after student safety, never somebody it is about")
    THEIRS = "theirs", N_("colleagues at the same employer")
    READERS = "readers", N_("everybody who reads the board")
    LINK = "link", N_("whoever has the link that the student chose to share")
    NOBODY = "nobody", N_("nobody: only a fingerprint of it is kept")


AT_SCHOOL = {Seen.TEACHERS, Seen.COORDINATORS, Seen.SAFETY, Seen.NOBODY}


class Keep(Labelled):
    """How long; the numbers are the school's own settings."""

    ACCOUNT = "account", N_("As long as the account is open, and for %(left)s days after it is closed")
    APPLICATION = (
        "application",
        N_("%(rejected)s days after an application ends without a match; with a match, as long as the account"),
    )
    MESSAGES = "messages", N_("%(messages)s days after the project ends")
    LOGS = "logs", N_("%(logs)s days")
    LETTERS = "letters", N_("%(letters)s days after it was sent")
    TAKES_PART = "takes_part", N_("As long as the employer takes part")
    SAFETY = "safety", N_("As long as the school keeps records of student safety")
    BOARD = "board", N_("As long as the board is in use, without a name once a person is erased")


@dataclass(frozen=True)
class Element:
    """One thing that is held, as a family reads it. `columns`: where it lies in the table."""

    what: str
    columns: tuple[str, ...]
    why: str
    seen: tuple[Seen, ...]
    keep: Keep
    about: About = About.STUDENT
    masked: bool = False  # never drawn or exported: a hash, or the secret part of an address

    def is_read_by(self, person: Person) -> bool:
        """Whether whose it is reads it themself, or the school alone does."""
        return bool(set(self.seen) - AT_SCHOOL) or (person.is_teacher and Seen.TEACHERS in self.seen)


@dataclass(frozen=True)
class Held:
    """What one table holds of people.

    `of`: ways from a row to the person it is about, as names of foreign keys: ("placement", "application", "student").
    `where`: the same as a condition, where keys do not say it. `wrote`: columns by the key of who wrote them.
    Erasing that person deletes the row (`gone`) or writes `blank` into it; `blank_by` is written where the key names
    them as who acted. In what stays, their name is taken out of every text.
    """

    title: str  # what a row of it is, for a person's whole record
    elements: tuple[Element, ...]
    of: tuple[tuple[str, ...], ...] = ()
    plain: tuple[str, ...] = ()  # columns that say nothing about a person
    gone: bool = False
    blank: dict = field(default_factory=dict)
    blank_by: dict[str, dict] = field(default_factory=dict)
    wrote: dict[str, tuple[str, ...]] = field(default_factory=dict)
    acted: tuple[str, ...] = ()  # keys of who acted, and wrote nothing
    secret: bool = False  # in nobody's record: who reads it is said elsewhere
    where: Callable[[Person], object] | None = None

    @property
    def columns(self) -> set[str]:
        return {"id", *self.plain, *(name for element in self.elements for name in element.columns)}

    @property
    def masked(self) -> set[str]:
        return {name for element in self.elements if element.masked for name in element.columns}


STUDENT = ("student",)
APPLIED = ("application", "student")
PLACED = ("placement", "application", "student")
