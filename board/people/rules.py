"""Passwords, how fast one may guess, and who may look after whom. Pure; each number with its source."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from board.people.model import Person, Role, age_on
from board.words import N_

# NIST SP 800-63B-4 asks length and a blocklist, no composition and no rotation; 12 keeps it typable in class
PASSWORD_LENGTH = (12, 200)

# free tries, then each failure doubles the wait, up to a quarter of an hour; forgotten after a day
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(days=1)

INVITATION_LASTS = timedelta(days=14)
CODE_LASTS = timedelta(days=14)
SET_UP_LASTS = timedelta(days=7)

# links in mails. NIST SP 800-63B-4 gives an out-of-band secret ten minutes; greylisting alone may take five of them
SIGN_IN_LINK_LASTS = timedelta(minutes=15)
CONFIRM_LINK_LASTS = timedelta(days=14)
LETTERS_TO_ONE = 5  # asked for by anybody, to one address, within an hour
LETTERS_OF_ONE = 10  # to confirm an address, asked for by one account, whatever the address, within an hour
LETTERS_AN_HOUR = 200  # of a kind, asked for by anybody, on the whole board: a machine is at work, not a town
INVITATIONS_AN_HOUR = 200  # mail servers take more than a few hundred strangers an hour for spam
FRESH = timedelta(hours=1)  # how long ago somebody may have signed in to change how they sign in, without a password


def same_name(name: str) -> str:
    """What two spellings of one name have in common: case and spaces tell nobody apart."""
    return " ".join(name.casefold().split())


@lru_cache
def common_passwords() -> frozenset[str]:
    listed = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8").split("\n")
    return frozenset(line.strip().casefold() for line in listed if line.strip())


# what a guesser tries first is made of few pieces: a known word, a year, a row of keys. A password needs as many
# pieces as three words have; a character that is no part of a piece counts half, and each piece counts once
ENOUGH = 3.0
KNOWN_WORD, RUN, CHARACTER = 1.0, 0.5, 0.5
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl;",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)
RUNS = tuple(row for row in ROWS) + tuple(row[::-1] for row in ROWS)
FEW_DIGITS = re.compile(r"[0-9]{2,6}(?![0-9])")  # what people put behind a word
LONGEST_WORD = 40
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


def password_problem(password: str, *own_words: str) -> str:
    """What is wrong with a new password, as a marked sentence, or "". `own_words`: name, mail, school."""
    low, high = PASSWORD_LENGTH
    if len(password) < low:
        return N_("Use at least 12 characters. Three or four words in a row are easy to remember.")
    if len(password) > high:
        return N_("Use at most 200 characters.")
    folded = unicodedata.normalize("NFKC", password).casefold()
    spellings = (folded, folded.translate(LOOKALIKES))
    if min(pieces(spelling) for spelling in spellings) < ENOUGH or folded in common_passwords():
        return N_("This password is one of the first that anybody would try. Choose another.")
    own = {word for words in own_words for word in re.split(r"[\W_]+", (words or "").casefold()) if len(word) > 3}
    if min(pieces(spelling, frozenset(own)) for spelling in spellings) < ENOUGH:
        return N_("This password is mostly your name, address or school. Choose another.")
    return ""


def pieces(text: str, own: frozenset[str] = frozenset()) -> float:
    """How many pieces a guesser would have to put together, the same piece counted once; own words count nothing."""
    text = text[: (text + text).find(text, 1)]  # of a text that repeats itself, the part that repeats
    found: dict[str, float] = {}
    at = 0
    while at < len(text):
        piece, worth = piece_at(text, at, own)
        found[piece] = worth
        at += len(piece)
    return sum(found.values())


def piece_at(text: str, at: int, own: frozenset[str]) -> tuple[str, float]:
    for end in range(min(len(text), at + LONGEST_WORD), at + 3, -1):
        piece = text[at:end]
        if piece in own:
            return piece, 0.0
        if any(piece in run for run in RUNS):
            return piece, RUN
        if piece in common_passwords():
            return piece, KNOWN_WORD
    digits = FEW_DIGITS.match(text, at)
    return (digits.group(), RUN) if digits else (text[at], CHARACTER)


def wait_after(failures: int) -> timedelta:
    """How long an account rests after so many failed sign-ins."""
    if failures < FREE_TRIES:
        return timedelta()
    doublings = min(failures - FREE_TRIES, 20)  # far beyond LONGEST_WAIT, and no number too large for a clock
    return min(timedelta(seconds=2**doublings), LONGEST_WAIT)


def may_try(failures: int, last_at: datetime | None, at: datetime) -> bool:
    return last_at is None or at - last_at > FORGET_AFTER or at - last_at >= wait_after(failures)


def may_help(person: Person, other: Person) -> bool:
    """Who may give somebody a new sign-in code: coordinators everybody else, teachers students."""
    if person.ended_at or other.ended_at:
        return False
    if person.is_coordinator:
        return person.id != other.id
    return person.role == Role.TEACHER and other.role == Role.STUDENT


def by_mail(role: str, teachers: bool) -> bool:
    """Who may sign in by a link in a mail: employers, teachers where the school allows it; never a student, and not
    who runs the board."""
    return role == Role.EMPLOYER or (role == Role.TEACHER and teachers)


def may_invite(person: Person, other: Person, came: bool) -> bool:
    """Who may give somebody an invitation link: whoever may help them, and colleagues at one employer.

    Colleagues only until the other has come (`came`): the link chooses a password, and would take their account over.
    """
    if may_help(person, other):
        return True
    if person.ended_at or other.ended_at or came or person.id == other.id:
        return False
    return is_colleague(person, other)


def may_take_back(person: Person, other: Person, came: bool) -> bool:
    """Who may end an invitation nobody has taken up: colleagues. A coordinator closes any account elsewhere."""
    if person.ended_at or other.ended_at or came or person.id == other.id:
        return False
    return is_colleague(person, other)


def is_colleague(person: Person, other: Person) -> bool:
    """Both of one employer."""
    return person.is_employer and other.is_employer and person.employer_id == other.employer_id


# COPPA (16 CFR 312): nothing is kept of a child under 13. At the other end, special education lasts to 21 (34 CFR 300.101)
UNDER_AGE = 13
OLDEST = 25


def birth_date_problem(born: date, day: date) -> str:
    """What is wrong with a student's birth date, as a marked sentence, or ""."""
    if born > day:
        return N_("This birth date lies in the future.")
    age = age_on(born, day)
    if age < UNDER_AGE:
        return N_("This board is not for children under 13. Nothing about this student was kept.")
    if age > OLDEST:
        return N_("This birth date would make a student of more than 25 years. Check the year.")
    return ""


def may_apply(student: Person) -> bool:
    """A student whose birth date the school does not know may browse, not apply."""
    return student.is_student and student.birth_date is not None
