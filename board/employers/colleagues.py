"""People of an employer invite a colleague, by a letter and by a link that the page shows once."""

import hashlib
from datetime import timedelta

from board.db import database, now
from board.employers.model import Employer
from board.employers.rules import invitations_an_hour, may_bring
from board.mail import actions as mail
from board.mail import links
from board.moves import NotAllowed, Refused, Step, record
from board.people import accounts, rules
from board.people.model import Person, Role, Slowdown
from board.words import N_


class NotThisAddress(Refused):
    """The address belongs to somebody; whose it is, is said of one's own people alone."""


class TooManyInvitations(Refused):
    """More within the hour than an employer has people to bring."""


def invite(employer: Employer, by: Person, name: str, email: str) -> tuple[Person, str]:
    """A new person of this employer, and the token of their link. The letter goes to them.

    Raises TooManyInvitations, or NotThisAddress; each of those counts as an invitation, so that nobody goes through
    a list of addresses here.
    """
    must_bring(by, employer)
    try:
        with database.atomic():
            must_be_few(employer)
            person = taken_back_before(employer, email)
            if person:
                accounts.reopen_account(person, by)
                accounts.change(person, by, {"name": name})
            else:
                must_be_free(employer, email)
                person = Person.create(role=Role.EMPLOYER, name=name, email=email, employer=employer)
            record(employer, "invite_colleague", by, employer.state, employer.state, detail={"person": person.id})
            return person, send(person, by)
    except NotThisAddress:
        mark = mark_of(employer)
        Slowdown.replace(account_hash=mark, failures=asked_for(mark) + 1, last_at=now()).execute()
        raise


def again(person: Person, by: Person) -> str:
    """A new link and letter for a colleague who has not come yet; the old link stops working."""
    employer = Employer.get_by_id(person.employer_id)
    must_bring(by, employer)
    with database.atomic():
        must_be_few(employer)
        return send(person, by)


def send(person: Person, by: Person) -> str:
    token = accounts.invite(person, by)
    values = {
        "inviter": by.name, "employer": person.employer.name, "days": rules.INVITATION_LASTS.days,
        "link": links.to(None, f"/welcome/{token}"),
    }  # fmt: skip
    mail.queue("colleague_invitation", person, values, language=by.language or "")
    return token


def must_bring(by: Person, employer: Employer) -> None:
    if not may_bring(by, employer):
        raise NotAllowed("invite")


# -- what keeps it from being misused


def must_be_few(employer: Employer) -> None:
    if invited_within_the_hour(employer) + asked_for(mark_of(employer)) >= invitations_an_hour(employer):
        raise TooManyInvitations(
            N_("That is more invitations than one organization sends in an hour. Please try again in an hour.")
        )


def invited_within_the_hour(employer: Employer) -> int:
    theirs = Person.select(Person.id).where(Person.employer == employer)
    since = now() - timedelta(hours=1)
    sent = Step.select().where(Step.noun == "person", Step.move == "invite", Step.at > since)
    return sent.where(Step.person.in_(theirs)).count()


def mark_of(employer: Employer) -> str:
    """The row that counts addresses of this employer's that belong to somebody."""
    return hashlib.sha256(f"invite {employer.id}".encode()).hexdigest()


def asked_for(mark: str) -> int:
    row = Slowdown.get_or_none(Slowdown.account_hash == mark)
    return row.failures if row and now() - row.last_at < timedelta(hours=1) else 0


def must_be_free(employer: Employer, email: str) -> None:
    other = Person.get_or_none((Person.email == email) | (Person.username == email))
    if other and other.employer_id == employer.id and other.ended_at is None:
        raise NotThisAddress(N_("%(name)s has this address and is one of you already."), name=other.name)
    if other:
        raise NotThisAddress(
            N_("We can't send an invitation to this address. If it is right, ask the coordinator of the school.")
        )


def taken_back_before(employer: Employer, email: str) -> Person | None:
    """Somebody whose invitation a colleague had taken back before they came. Who came and left, or was closed by the
    school, comes back through the school."""
    person = Person.get_or_none(Person.email == email, Person.employer == employer, Person.ended_at.is_null(False))
    if person is None or accounts.has_come(person):
        return None
    ended = Step.of(person).where(Step.move == "end_account").order_by(Step.id.desc()).first()
    return person if ended and ended.person and ended.person.employer_id == employer.id else None
