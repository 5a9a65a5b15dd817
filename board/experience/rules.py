"""What may be shown of an experience, to whom, and under which name. Pure; each is asked anew at every request."""

import re
from datetime import date, datetime, timedelta

from board import contact
from board.people.model import Person
from board.placements.feedback_rules import is_open
from board.placements.model import is_minor
from board.words import N_, Labelled

LINKEDIN_AGE = 16  # LinkedIn takes no younger members in the US (its User Agreement, 2.1)
VOUCHED_FROM = 2  # a skill rated below was no more than begun with: nobody vouches for it
FRESH = timedelta(days=14)  # how long a new experience is announced to its student
ABOUT = 400  # characters of what a student says of themself above their portfolio


class Obstacle(Labelled):
    """Why nothing can be shown to strangers now, as its student reads it."""

    CLOSED = "closed", N_("The account is closed, so nothing is shown to others.")
    OPT_OUT = "opt-out", N_("Your family has asked the school to give out nothing about you, so nothing is shown to others.")  # fmt: skip
    NOT_SHOWN = "not-shown", N_("Your family or your school does not want you to be shown to employers, so nothing is shown to others. Ask your teacher whether that should stay so.")  # fmt: skip
    GUARDIAN = "guardian", N_("Until you are 18, a parent or guardian has to say yes first. Your teacher writes down that they did.")  # fmt: skip


def obstacle(student: Person, day: date, guardian_yes: bool) -> Obstacle | None:
    """What stands in the way of showing this student's experience to strangers on a day, or None.

    From 18 on the student decides alone (the rights of 34 CFR 99 pass to them): neither a guardian's yes nor what the
    family once asked for counts any more. Without a known birth date a student is taken to be under 18.
    """
    if student.ended_at is not None:
        return Obstacle.CLOSED
    if student.not_shown:
        return Obstacle.NOT_SHOWN
    if not is_minor(student, day):
        return None
    if student.directory_opt_out:
        return Obstacle.OPT_OUT
    return None if guardian_yes else Obstacle.GUARDIAN


def may_share(student: Person, day: date, guardian_yes: bool) -> bool:
    """Whether strangers may read what this student has chosen to show."""
    return obstacle(student, day, guardian_yes) is None


def may_use_linkedin(student: Person, day: date) -> bool:
    age = student.age_on(day)
    return age is not None and age >= LINKEDIN_AGE


def is_feedback_open(given: datetime | None, other: datetime | None, at: datetime) -> bool:
    """Whether what one side said (`given`) may be read, as the page of the placement has it."""
    return given is not None and is_open(given, other, at)


# -- names


def in_full(student: Person, shared_on: date, day: date) -> bool:
    """Whether strangers read the whole name: from 18 on, and only if the student was 18 when they shared the page or
    has said so since. A page that was shared before shows what its guardian agreed to."""
    return not is_minor(student, shared_on) and not is_minor(student, day)


def name_for_strangers(student: Person, shared_on: date, day: date) -> str:
    return student.name if in_full(student, shared_on, day) else short_name(student.name)


BEHIND_A_NAME = re.compile(r"(?:jr|sr|ii|iii|iv|v|\d+(?:st|nd|rd|th))\.?", re.I)


def parts_of(name: str) -> tuple[str, list[str]]:
    """The first name, and the other words of a name in order; "Rivera, Maya" is turned round."""
    before, comma, behind = name.partition(",")
    if comma and behind.strip() and not BEHIND_A_NAME.fullmatch(behind.strip()):
        name = f"{behind.strip()} {before.strip()}"
    first, *rest = name.replace(",", " ").split()
    return first, [word for word in rest if not BEHIND_A_NAME.fullmatch(word)]


def short_name(name: str) -> str:
    """First name and the initial of the last: "Maya Luz Rivera" is "Maya R."."""
    first, rest = parts_of(name)
    letter = next((letter for letter in rest[-1] if letter.isalpha()), "") if rest else ""
    return f"{first} {letter.upper()}." if letter else first


def telling(words: str, student: Person) -> bool:
    """Whether a text gives away more of a student than first name and initial: another part of their name, or a way
    to be reached. Stricter than what an applicant may write: a capital is enough, also where a sentence begins."""
    first, rest = parts_of(student.name)
    others = {contact.bare(part) for word in rest for part in re.split(r"[-‐‑]", word)} - {contact.bare(first), ""}
    capitals = (
        word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", contact.visible(words)) if word[0].isupper()
    )
    named = any(contact.bare(re.sub(r"['’]s$", "", word)) in others for word in capitals)
    return named or bool(contact.found(words, " ".join(others), student.username or ""))
