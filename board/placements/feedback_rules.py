"""When feedback opens, who may give it and who reads what; and the four steps of each scale in words. Pure."""

from datetime import datetime, timedelta

from board.people.model import Person
from board.placements.model import Placement, State
from board.placements.rules import runs
from board.words import N_

SEALED = timedelta(days=7)  # so long the first of two waits for the second
QUOTE = 600  # characters: two sentences

# what is asked, and its four steps from the lowest: plain words, no grades
EMPLOYER_ASKED = {
    "quality": (N_("The work itself"), (
        N_("Much of it could not be used"), N_("Some of it could be used, after changes"),
        N_("Good work that we use"), N_("Better than what we asked for"),
    )),
    "reliability": (N_("Keeping to what was agreed"), (
        N_("Often missed what we agreed"), N_("Kept some of what we agreed"),
        N_("Mostly kept what we agreed"), N_("Always kept what we agreed"),
    )),
    "communication": (N_("Letting us know"), (
        N_("We seldom knew how it was going"), N_("Told us when we asked"),
        N_("Told us in good time how it was going"), N_("Told us early, also when something was stuck"),
    )),
    "independence": (N_("Working on their own"), (
        N_("Needed help with each step"), N_("Needed help with many steps"),
        N_("Found most of the way alone"), N_("Found the way, and asked when it counted"),
    )),
    "learning": (N_("Learning on the way"), (
        N_("Did not take up what we said yet"), N_("Took up some of what we said"),
        N_("Took up what we said and used it"), N_("Took it up, and went on to learn more"),
    )),
}  # fmt: skip
BRIEF = ("quality", "reliability", "communication")  # of a small project
SKILL_STEPS = (
    N_("Is just beginning with it"), N_("Can do it with some help"), N_("Can do it alone"),
    N_("Could show others how to do it"),
)  # fmt: skip
STUDENT_ASKED = {
    "clear_task": (N_("Was it clear what to do?"), (
        N_("It stayed unclear"), N_("Only after asking a few times"), N_("Mostly clear"), N_("Clear from the first day"),
    )),
    "answers": (N_("Did you get answers?"), (
        N_("Hardly ever"), N_("After a long wait"), N_("Mostly within a day or two"), N_("Quickly, and they helped"),
    )),
    "respect": (N_("Were you treated with respect?"), (
        N_("Often not"), N_("Not always"), N_("Nearly always"), N_("Always"),
    )),
    "learning": (N_("Did you learn something?"), (
        N_("Nothing new"), N_("A little"), N_("Quite a bit"), N_("More than I expected"),
    )),
    "again": (N_("Would you do another project with them?"), (
        N_("No"), N_("Probably not"), N_("Probably"), N_("Yes, at once"),
    )),
}  # fmt: skip


def asked_of(placement: Placement) -> tuple[str, ...]:
    """What its employer is asked: three things of a small project, five of others."""
    return BRIEF if placement.is_small else tuple(EMPLOYER_ASKED)


def opened_on(student_at: datetime | None, employer_at: datetime | None) -> datetime | None:
    """The moment from which feedback is open: both have given it, or seven days have passed since the first was given.
    None while nobody has."""
    given = [at for at in (student_at, employer_at) if at]
    if not given:
        return None
    alone = min(given) + SEALED
    return min(max(given), alone) if len(given) == 2 else alone


def is_open(student_at: datetime | None, employer_at: datetime | None, at: datetime) -> bool:
    opens = opened_on(student_at, employer_at)
    return opens is not None and opens <= at


def has_come_to(placement: Placement) -> bool:
    """Whether there is something to give feedback on: the work is handed in, or it had begun when it ended."""
    if placement.state in (State.DELIVERED, State.COMPLETED):
        return True
    return placement.state == State.ENDED_EARLY and placement.started_at is not None


def may_give(
    person: Person, placement: Placement, student_at: datetime | None, employer_at: datetime | None, at: datetime
) -> bool:
    """Their own, once: it can be changed until it opens. Who is late gives it all the same."""
    if person.is_teacher or person.ended_at or not runs(person, placement) or not has_come_to(placement):
        return False
    own = student_at if person.is_student else employer_at
    return own is None or not is_open(student_at, employer_at, at)


def reads(person: Person, student_at: datetime | None, employer_at: datetime | None, at: datetime) -> tuple[bool, bool]:
    """Whether this party reads what (the student, the employer) gave: their own always, the school both at once, the
    student the employer's once it is open; the employer never the student's."""
    if person.is_teacher:
        return student_at is not None, employer_at is not None
    if person.is_student:
        return student_at is not None, employer_at is not None and is_open(student_at, employer_at, at)
    return False, employer_at is not None
