"""Joining in one go: an organization, its person and a first draft, from one short form.

Whoever joins is a newcomer until they confirm their mail address by the link sent there: they are in and write, but
nobody at school hears of them and nothing can be sent. An address belongs to nobody by being typed: so joining with
one that has an account already looks the same, and what was typed goes to that account once its owner opens the link.
"""

import secrets
from datetime import timedelta

from board.audit import trail
from board.audit.model import Kind
from board.db import database, now
from board.employers.model import Employer
from board.employers.rules import FORGET_NEWCOMERS, JOINS_AN_HOUR
from board.moves import NotAllowed, Refused, Step, record
from board.people import links
from board.people.actions import end_keys
from board.people.links import Asker, TooOften, count_letter, send_confirmation
from board.people.model import MailLink, MailLinkKind, Person, Role
from board.people.rules import LETTERS_OF_ONE
from board.postings import actions, content
from board.postings.model import Posting, State
from board.postings.rules import SHUT_OUT
from board.words import N_


class TooManyJoins(Refused):
    """More organizations asked to join within the hour than a school ever meets."""


def join(
    organization: dict, name: str, email: str, draft: dict, asker: Asker, starter: str = ""
) -> tuple[Person, Posting]:
    """A newcomer, their unverified employer, and the draft they began, perhaps with a starter. `draft` as in content.py.

    Raises TooManyJoins, or TooOften where this address is asked for again and again: both said of what was typed alone.
    """
    with database.atomic():
        if joined_within_the_hour() >= JOINS_AN_HOUR:
            raise TooManyJoins(N_("Many organizations asked to join in the last hour. Please try again in an hour."))
        count_letter(email)
        employer = Employer.create(**organization, unconfirmed_at=now())
        person = Person.create(
            role=Role.EMPLOYER, name=name, employer=employer, claimed_email=email, language=asker.language or None,
            username=f"new-{secrets.token_hex(8)}",  # a row needs one of the two; goes with the confirmation
        )  # fmt: skip
        record(employer, "ask", person, employer.state)
        posting = actions.begin(employer, person, draft, starter=starter)
        send_confirmation(person, asker)
    return person, posting


def joined_within_the_hour() -> int:
    since = now() - timedelta(hours=1)
    return Step.select().where(Step.noun == "employer", Step.move == "ask", Step.at > since).count()


def send_again(person: Person, asker: Asker, email: str = "") -> None:
    """The letter once more, perhaps to another address, which then is the one to confirm. Raises TooOften."""
    if not (person.claimed_email or email):
        raise NotAllowed
    email = email or person.claimed_email
    with database.atomic():
        must_be_few(person)
        count_letter(email)
        Person.update(claimed_email=email).where(Person.id == person.id).execute()
        person.claimed_email = email
        send_confirmation(person, asker)


def must_be_few(person: Person) -> None:
    """One account after the other address would be a way to write to strangers."""
    recent = MailLink.select().where(MailLink.person == person, MailLink.created_at > now() - timedelta(hours=1))
    if recent.where(MailLink.kind == MailLinkKind.CONFIRM).count() >= LETTERS_OF_ONE:
        raise TooOften(N_("The board has sent as many letters as it may in an hour. Please try again in an hour."))


def owner_of(email: str) -> Person | None:
    """Whose address this is already, also of a closed account; a username counts: both are typed into one field."""
    return Person.get_or_none((Person.email == email) | (Person.username == email))


def opened(link: MailLink) -> Person:
    """Use a link up; its person as they are now. Another link of theirs may have been used a moment ago: then Refused."""
    links.use(link)
    person = Person.get_by_id(link.person_id)
    if person.claimed_email != link.email or person.ended_at:
        raise Refused(N_("This link has been used already."))
    return person


def confirm(link: MailLink) -> Person:
    """The address is theirs. Of a newcomer the school hears now. Raises Refused where it is somebody's by now."""
    with database.atomic():
        person = opened(link)
        if owner_of(link.email):
            raise Refused(N_("This address has an account by now. Open the link again."))
        newcomer = person.is_newcomer
        values = {"email": link.email, "claimed_email": None} | ({"username": None} if newcomer else {})
        Person.update(**values).where(Person.id == person.id).execute()
        for key, value in values.items():
            setattr(person, key, value)
        if newcomer:
            Employer.update(unconfirmed_at=None).where(Employer.id == person.employer_id).execute()
            employer = Employer.get_by_id(person.employer_id)
            record(employer, "join", person, employer.state)
        else:
            end_keys(person)  # they were sent to the old address
            record(person, "change", person, "", detail={"changed": ["email"]})
    return person


def hand_over(link: MailLink) -> tuple[Person, list[Posting]]:
    """The address has an employer's account: what the newcomer wrote becomes its owner's, and the newcomer is gone."""
    newcomer, owner = link.person, owner_of(link.email)
    if not (newcomer.is_newcomer and owner and owner.is_employer and not owner.ended_at):
        raise NotAllowed
    with database.atomic():
        newcomer = opened(link)
        drafts = Posting.select().where(Posting.employer == newcomer.employer_id).order_by(Posting.id)
        taken = []
        if owner.employer.state not in SHUT_OUT:
            taken = [actions.begin(owner.employer, owner, content.read(draft)) for draft in drafts]
        remove(newcomer)
    return owner, taken


def deny(link: MailLink) -> None:
    """Whoever reads the mail did not ask for it: a newcomer goes with all they wrote, another claim is dropped."""
    with database.atomic():
        person = opened(link)
        if person.is_newcomer:
            remove(person)
        else:
            Person.update(claimed_email=None).where(Person.id == person.id).execute()


def remove(newcomer: Person) -> None:
    """A newcomer and all they wrote: nobody at school has seen any of it."""
    if not newcomer.is_newcomer:
        raise NotAllowed
    with database.atomic():
        drafts = [row.id for row in Posting.select(Posting.id).where(Posting.employer == newcomer.employer_id)]
        Posting.delete().where(Posting.id.in_(drafts), Posting.state == State.DRAFT).execute()
        Step.delete().where(Step.noun == "posting", Step.noun_id.in_(drafts)).execute()
        for number in drafts:
            trail.note(Kind.REMOVED, None, "posting", number)
        trail.note(Kind.REMOVED, None, "person", newcomer.id)
        Person.delete().where(Person.id == newcomer.id).execute()
        Employer.delete().where(Employer.id == newcomer.employer_id, Employer.unconfirmed_at.is_null(False)).execute()


def forget_newcomers() -> int:
    """Who has not confirmed an address for a month goes, with what they wrote; returns how many."""
    old = Employer.select(Employer.id).where(Employer.unconfirmed_at < now() - FORGET_NEWCOMERS)
    people = list(
        Person.select().where(Person.employer.in_(old), Person.email.is_null(), Person.claimed_email.is_null(False))
    )
    for person in people:
        remove(person)
    return len(people)
