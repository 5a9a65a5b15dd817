"""One-time links that go out by mail: to sign in, and to confirm an address.

Whoever asks learns nothing: the answer, and the work done for it, are the same whether the address has an account or
not. Only the hash of a token is stored; a link is used up by a button, never by being looked at.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from board.audit import trail
from board.audit.model import Kind
from board.db import database, now
from board.mail import actions as mail
from board.mail import links as addresses
from board.moves import Refused
from board.people import rules
from board.people.actions import key_hash
from board.people.model import MailLink, MailLinkKind, Person, Slowdown
from board.school.model import School
from board.words import N_

LASTS = {MailLinkKind.SIGN_IN: rules.SIGN_IN_LINK_LASTS, MailLinkKind.CONFIRM: rules.CONFIRM_LINK_LASTS}
PATHS = {MailLinkKind.SIGN_IN: "/in/", MailLinkKind.CONFIRM: "/confirm/"}
KEPT = timedelta(days=60)  # used and late ones, to say what became of them


class TooOften(Refused):
    """More letters were asked for within the hour than anybody needs."""


@dataclass(frozen=True)
class Asker:
    """The browser that asks: the random value in its cookie, and what it calls itself."""

    mark: str
    name: str = ""
    language: str = ""


def count_letter(address: str, kind: MailLinkKind = MailLinkKind.CONFIRM) -> None:
    """One more letter to this address within the hour, or TooOften: said of what was typed, account or not. A machine
    that joins and joins uses up the letters of joining, and keeps nobody from signing in."""
    with database.atomic():
        since = now() - timedelta(hours=1)
        recent = MailLink.select().where(MailLink.kind == kind, MailLink.created_at > since)
        if recent.count() >= rules.LETTERS_AN_HOUR:
            raise TooOften(N_("The board has sent as many letters as it may in an hour. Please try again in an hour."))
        mark = hashlib.sha256(f"letter {address}".encode()).hexdigest()
        row = Slowdown.get_or_none(Slowdown.account_hash == mark)
        if row is None or now() - row.last_at >= timedelta(hours=1):
            Slowdown.replace(account_hash=mark, failures=1, last_at=now()).execute()
        elif row.failures >= rules.LETTERS_TO_ONE and now() - row.last_at < rules.SIGN_IN_LINK_LASTS:
            raise TooOften(
                N_("Links to this address were requested %(most)s times in the past hour. Check its inbox and spam folder, or try again in an hour."),
                most=rules.LETTERS_TO_ONE,
            )  # fmt: skip
        else:  # the hour begins with the first of them; after the last, one more each time its link has died: else
            # anybody could keep its owner out by asking in their place
            values: dict = {"failures": row.failures + 1}
            if row.failures + 1 >= rules.LETTERS_TO_ONE:
                values = {"failures": rules.LETTERS_TO_ONE, "last_at": now()}
            Slowdown.update(**values).where(Slowdown.id == row.id).execute()


def make(kind: MailLinkKind, person: Person, email: str, asker: Asker, then: str = "") -> str:
    """A new link; returns its address, whose token is stored nowhere."""
    token = secrets.token_urlsafe(24)
    MailLink.delete().where(MailLink.person == person, MailLink.created_at < now() - KEPT).execute()
    link = MailLink.create(
        kind=kind, secret_hash=key_hash(token), person=person, email=email, browser_hash=key_hash(asker.mark),
        asked_from=asker.name[:80], next=then[:200], expires_at=now() + LASTS[kind],
    )  # fmt: skip
    trail.note(Kind.KEY, None, "person", person.id, what=f"mail_{kind}", link=link.id)
    return addresses.to(None, PATHS[kind] + token)


def find(kind: MailLinkKind, token: str) -> MailLink | None:
    """A link in whatever state, with its person."""
    query = MailLink.select(MailLink, Person).join(Person)
    return query.where(MailLink.kind == kind, MailLink.secret_hash == key_hash(token)).first()


def gone(link: MailLink) -> str:
    """Why a link does not open any more: "used", "late" or "moved" (not the person's address now); else ""."""
    person = link.person
    if link.used_at:
        return "used"
    if link.expires_at <= now():
        return "late"
    theirs = person.email if link.kind == MailLinkKind.SIGN_IN else person.claimed_email
    return "moved" if person.ended_at or link.email != theirs else ""


def is_from(link: MailLink, mark: str) -> bool:
    """Whether the browser with this mark is the one that asked."""
    return bool(mark) and link.browser_hash == key_hash(mark)


def use(link: MailLink) -> None:
    """Close a link; raises Refused if somebody used it in the meantime. The caller's transaction."""
    if not MailLink.update(used_at=now()).where(MailLink.id == link.id, MailLink.used_at.is_null()).execute():
        raise Refused(N_("This link has been used already."))


# -- signing in


def may_sign_in_by_mail(person: Person) -> bool:
    school = School.here()
    return person.ended_at is None and rules.by_mail(person.role, bool(school and school.teachers_by_mail))


def ask_to_sign_in(address: str, asker: Asker, then: str = "") -> None:
    """A letter with a link, if this address belongs to somebody who may sign in so. Raises TooOften.

    For nobody the same is done and undone, so that neither the answer nor its time says who has an account.
    """
    with database.atomic():
        count_letter(address, MailLinkKind.SIGN_IN)
        person = Person.active().where(Person.email == address).first()
        newcomer = Person.active().where(Person.claimed_email == address).order_by(Person.id.desc()).first()
        somebody = person or Person(role="", name="-")
        may = may_sign_in_by_mail(somebody)
        stands_in = Person.select().order_by(Person.id).first()
        with database.atomic() as letter:
            if newcomer and newcomer.is_newcomer and person is None:
                send_confirmation(newcomer, asker)
                return
            send_sign_in(person if may else stands_in, asker, then, address)
            if not may:
                letter.rollback()


def send_sign_in(person: Person, asker: Asker, then: str, address: str) -> None:
    link = make(MailLinkKind.SIGN_IN, person, address, asker, then)
    values = {
        "name": person.first_name, "link": link, "asked_from": asker.name,
        "minutes": int(rules.SIGN_IN_LINK_LASTS.total_seconds() // 60),
    }  # fmt: skip
    mail.queue("sign_in_link", address, values, language=person.language or asker.language)


def send_confirmation(person: Person, asker: Asker) -> None:
    """Ask at an address whether it is theirs. Where it has an account already, the letter says so instead."""
    address = person.claimed_email
    account = Person.get_or_none(Person.email == address)
    link = make(MailLinkKind.CONFIRM, person, address, asker)
    values = {
        "name": person.first_name, "link": link, "employer": person.employer.name if person.employer_id else "",
        "asked_from": asker.name, "days": rules.CONFIRM_LINK_LASTS.days,
    }  # fmt: skip
    if account:
        values["name"] = account.first_name
    mail.queue("have_account" if account else "confirm_address", address, values, language=asker.language)
