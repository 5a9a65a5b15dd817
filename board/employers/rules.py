"""Who may check, suspend and change an employer."""

from datetime import timedelta

from board.employers.model import Employer, State
from board.moves import Move
from board.people.model import Person, Role
from board.words import N_

COORDINATOR = (Role.COORDINATOR,)
FORGET_NEWCOMERS = timedelta(days=30)  # without a confirmed address
SHUT_OUT = (State.REFUSED, State.SUSPENDED)  # its people sign in and read, no more
JOINS_AN_HOUR = 30  # on the whole board: a school meets a handful of new employers a week; more is a machine

STANDING = {
    State.UNVERIFIED: N_("The school has not checked you yet. Write your postings and send them: a teacher can approve "
                         "them once a coordinator has made sure who you are."),
    State.VERIFIED: N_("The school has checked who you are. A teacher can approve your postings."),
    State.REFUSED: N_("The school decided not to work with you. You can still sign in and read what you wrote here."),
    State.LAPSED: N_("The school's check has lapsed and has to be renewed. Until then your postings are paused and nothing "
                    "new can be approved; what students already do with you goes on."),
    State.SUSPENDED: N_("The school has suspended you: your postings are off the board and what goes on is on hold. You can "
                       "still sign in and read."),
}  # fmt: skip

MOVES = {
    move.name: move
    for move in (
        Move("verify", N_("Verify"), (State.UNVERIFIED, State.LAPSED, State.SUSPENDED), State.VERIFIED, COORDINATOR),
        Move("renew", N_("Renew the check"), (State.VERIFIED,), State.VERIFIED, COORDINATOR),
        Move("refuse", N_("Refuse"), (State.UNVERIFIED,), State.REFUSED, COORDINATOR, reason=True, danger=True),
        Move(
            "suspend",
            N_("Suspend"),
            (State.VERIFIED, State.LAPSED),
            State.SUSPENDED,
            COORDINATOR,
            reason=True,
            danger=True,
        ),
        Move("lapse", N_("Let the check lapse"), (State.VERIFIED,), State.LAPSED),
    )
}


# an office of thirty is here in three hours; before the school has checked who sends them, letters to strangers are few
INVITATIONS_AN_HOUR, BEFORE_THE_CHECK = 10, 3


def invitations_an_hour(employer: Employer) -> int:
    return INVITATIONS_AN_HOUR if employer.is_verified else BEFORE_THE_CHECK


def may_bring(person: Person | None, employer: Employer) -> bool:
    """Who may invite a colleague: people of the employer, not while the school has refused or suspended it. Who has no
    mail address of their own sends no letters to others."""
    if person is None or person.ended_at or not person.is_employer or not person.email:
        return False
    return person.employer_id == employer.id and employer.state not in SHUT_OUT


def may_edit(person: Person | None, employer: Employer) -> bool:
    """Their own people, and coordinators."""
    return bool(person) and (person.employer_id == employer.id or person.is_coordinator)
