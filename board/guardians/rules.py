"""Whether a parent's or guardian's yes is needed and stands. Pure.

Anybody's standing "no" wins, and a yes that was taken back is one. A later answer of the same person takes the place
of theirs. A guardian's yes ends on the day the student turns 18: from then on the student is asked. What was agreed
before then goes on until they answer; what was not waits for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from board.guardians.model import GuardianAnswer, How, Word
from board.moves import Refused
from board.people.rules import same_name
from board.words import N_

ANSWERS_AN_HOUR = 10  # about one application by link: more is nobody making up their mind
LETTERS_A_DAY = 3  # to one guardian about one application, sent by hand
REMIND_AFTER = timedelta(days=4)  # without an answer, once
OLDEST_PAPER = 366  # days
PAGE_STAYS = timedelta(days=180)  # after the end a family can still read how it was, and no longer
SAID_NO = ("guardian_no", "guardian_refused", "own_no")  # moves: a yes taken back, a no, and the student's own at 18


@dataclass(frozen=True)
class Consent:
    """What is asked, and which answers stand. `of_student`: the student is 18 and is asked themself."""

    needed: bool
    yes: GuardianAnswer | None = None
    no: GuardianAnswer | None = None
    question: GuardianAnswer | None = None
    of_student: bool = False

    @property
    def is_missing(self) -> bool:
        return self.needed and self.yes is None


def key_of(answer: GuardianAnswer) -> tuple:
    """Whose answer it is: somebody the school knows, else the name on the slip or paper. Two who share a slip or whose
    papers lie side by side are two, so that one cannot say yes over the other's no."""
    if answer.guardian_id:
        return "person", answer.guardian_id
    if answer.how in (How.LINK, How.PAPER) and answer.name:
        return "name", same_name(answer.name)
    return str(answer.how), None


NAMELESS = (str(How.LINK), None)  # a no on a slip needs no name


def standing(answers: Iterable[GuardianAnswer]) -> list[GuardianAnswer]:
    """The newest answer of each person, the oldest of them first. `answers` come in the order they were given. What was
    said on a slip without a name is over once whoever holds the slip says something else."""
    newest: dict[tuple, GuardianAnswer] = {}
    for answer in answers:
        if answer.how == How.LINK and answer.guardian_id is None:
            newest.pop(NAMELESS, None)
        newest[key_of(answer)] = answer
    return sorted(newest.values(), key=lambda answer: answer.id or 0)


def says_no(answer: GuardianAnswer) -> bool:
    """A no, or a yes taken back. The school's own consent taken back is nobody's no: somebody at home can be asked now."""
    return answer.answer == Word.NO or (answer.withdrawn_at is not None and answer.how != How.SCHOOL)


def consent(answers: Iterable[GuardianAnswer], minor: bool, was_minor: bool, asked: bool) -> Consent:
    """`minor`: on the day it is asked about; `was_minor`: on the day of the match; `asked`: the school asks."""
    rows = standing(answers)
    own = next((one for one in rows if one.how == How.STUDENT), None)
    home = of_home([one for one in rows if one.how != How.STUDENT], asked)
    if minor:
        return home
    if own:
        refused = says_no(own)
        return Consent(True, None if refused else own, own if refused else None, of_student=True)
    if not (was_minor and home.needed):
        return Consent(False)
    return Consent(home.is_missing, of_student=True)  # agreed before the birthday: it goes on


def of_home(rows: list[GuardianAnswer], asked: bool) -> Consent:
    no = next((one for one in rows if says_no(one)), None)
    yes = next((one for one in rows if one.answer == Word.YES and one.withdrawn_at is None), None)
    question = next((one for one in rows if one.answer == Word.QUESTION and one.settled_at is None), None)
    return Consent(asked or no is not None, None if no else yes, no, question)


def check_paper(signed_on: date | None, day: date) -> date:
    """The day on a paper. Raises Refused when it cannot be."""
    if signed_on is None:
        raise Refused(N_("Give the day on which it was signed."))
    if signed_on > day:
        raise Refused(N_("That day has not come yet. Give the day that stands beside the signature."))
    if (day - signed_on).days > OLDEST_PAPER:
        raise Refused(N_("That is more than a year ago. Ask for a new signature."))
    return signed_on
