"""Letters are written down here, in the caller's transaction; the worker sends them (see sending.py)."""

import json
import re
import secrets
from collections.abc import Callable

from board.db import database, now
from board.mail import links, rules
from board.mail.model import GATHERED, Mail, MailChoice, MailNotice, MailSettings, Pace, State
from board.moves import Step, record
from board.notices import Kind, Notice, followers, kind_of
from board.people.model import Person
from board.school.model import School
from board.words import clean, one_line

LETTER = re.compile(r"[a-z][a-z0-9_]{0,39}")

# called after the commit of a letter, so that the worker looks now and not in a minute
woken: list[Callable[[], None]] = []


def queue(letter: str, to: Person | str, values: dict, *, thread: str = "", language: str = "") -> Mail:
    """A letter that is no notice: `templates/mail/<letter>.txt` and `.html`, drawn with these plain values when it is
    sent, in the person's language. Part of the caller's transaction; the worker is woken after its commit.

    How many letters somebody may cause is the caller's to limit. A person without an address is a ValueError.
    """
    person = to if isinstance(to, Person) else None
    address = (person.email if person else to) or ""
    if not address or not LETTER.fullmatch(letter):
        raise ValueError(f"no letter {letter!r} can go to {address!r}")
    values = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
    return write(
        person, letter, address=address, content=json.dumps(values), thread=one_line(thread)[:80],
        language=language or (person and person.language) or "en",
    )  # fmt: skip


def write(person: Person | None, letter: str, **more) -> Mail:
    mail = Mail.create(person=person, letter=letter, message_id=new_message_id(), **{"next_at": now(), **more})
    for wake in woken:
        database.after_commit(wake)
    return mail


def new_message_id() -> str:
    return f"<{secrets.token_hex(16)}@{links.host()}>"


# -- notices become letters


CHUNK = 100  # rows of one INSERT


def follow_notices(steps: list[int]) -> None:
    """Each notice of these steps goes into a letter or waits for a digest, as its reader has chosen; in the
    transaction that makes the notices, and a notice once, so nobody is left out or told twice."""
    told = MailNotice.select(MailNotice.notice)
    query = (
        Notice.select(Notice, Step, Person)
        .join(Step)
        .switch(Notice)
        .join(Person, on=Notice.person)
        .where(Notice.step.in_(steps), Notice.id.not_in(told))
        .where(Person.email.is_null(False), Person.ended_at.is_null())
        .order_by(Notice.step)
    )
    notices = list(query)
    chosen = choices_of({notice.person_id for notice in notices})
    rows, at_once = [], {}
    for notice in notices:
        person, kind = notice.person, kind_of(notice.step)
        pace = chosen.get((person.id, kind)) or rules.default(person.role, kind)
        row = {"notice": notice.id, "person": person.id, "kind": str(kind), "pace": str(pace), "made_at": now()}
        if pace in GATHERED:
            rows.append(row | {"mail": None})
        elif pace == Pace.AT_ONCE:
            at_once.setdefault((person, kind), []).append(row)
    for (person, kind), some in at_once.items():
        letters = [[row] for row in some] if len(some) <= rules.MOST_AT_ONCE else [some]
        for letter in letters:
            mail = letter_of_notices(person, str(kind))
            rows += [row | {"mail": mail.id} for row in letter]
    for start in range(0, len(rows), CHUNK):
        MailNotice.insert_many(rows[start : start + CHUNK]).execute()


def choices_of(people: set[int]) -> dict[tuple[int, str], str]:
    numbers, found = sorted(people), {}
    for start in range(0, len(numbers), CHUNK):
        some = MailChoice.select().where(MailChoice.person.in_(numbers[start : start + CHUNK]))
        found |= {(choice.person_id, choice.kind): choice.pace for choice in some}
    return found


def letter_of_notices(person: Person, kind: str) -> Mail:
    """Not before quiet hours are over."""
    school, at = School.here(), now()
    if school:
        settings = MailSettings.here()
        at = rules.not_before(person.role, at, (settings.quiet_from, settings.quiet_to), school.zone)
    return write(person, "notices", address=person.email, language=person.language or "en", kind=kind, next_at=at)


if follow_notices not in followers:
    followers.append(follow_notices)


def gather() -> int:
    """Digests: what waits for one since before the last morning goes out in one letter a person and pace.

    Asked every minute; a morning the worker slept through is made up for as soon as it wakes. Returns how many.
    """
    school, made = School.here(), 0
    if school is None:
        return 0
    for pace in GATHERED:
        morning = rules.last_morning(pace, now(), school.zone)
        waiting = MailNotice.select().where(
            MailNotice.mail.is_null(), MailNotice.pace == pace, MailNotice.made_at < morning
        )
        for (number,) in list(waiting.select(MailNotice.person).distinct().tuples()):
            with database.atomic():
                person = Person.get_by_id(number)
                mine = (MailNotice.person == number) & MailNotice.mail.is_null() & (MailNotice.pace == pace)
                mine &= MailNotice.made_at < morning
                if person.ended_at or not person.email:
                    MailNotice.delete().where(mine).execute()
                    continue
                mail = letter_of_notices(person, str(pace))
                if MailNotice.update(mail=mail).where(mine).execute():
                    made += 1
                else:  # another worker was first
                    mail.delete_instance()
    return made


# -- what people choose


def paces_of(person: Person) -> dict[Kind, Pace]:
    """How soon this person hears of each kind that is offered to them."""
    chosen = choices_of({person.id})
    offered = rules.OFFERED[person.role]
    return {kind: Pace(chosen.get((person.id, kind), default)) for kind, (_label, default) in offered.items()}


def choose(person: Person, paces: dict[str, str]) -> None:
    """Keep what a person has chosen; what waits for a digest follows. Unknown kinds are nobody's choice."""
    with database.atomic():
        for kind, pace in paces.items():
            kind, pace = Kind(kind), Pace(pace)
            MailChoice.insert(person=person, kind=str(kind), pace=str(pace)).on_conflict(
                conflict_target=[MailChoice.person, MailChoice.kind], update={MailChoice.pace: str(pace)}
            ).execute()
            waiting = (MailNotice.person == person) & MailNotice.mail.is_null() & (MailNotice.kind == str(kind))
            if pace == Pace.OFF:
                MailNotice.delete().where(waiting).execute()
            elif pace in GATHERED:
                MailNotice.update(pace=str(pace)).where(waiting).execute()
            else:  # it was to come in a digest, and now comes with the next
                MailNotice.update(pace=str(Pace.DAILY)).where(waiting).execute()


def turn_off(person: Person, kind: str) -> None:
    """The link in a letter: no more mail of this kind; of a digest, no more of all that came with it."""
    kinds = [one for one, pace in paces_of(person).items() if pace == kind] if kind in GATHERED else [kind]
    choose(person, dict.fromkeys(kinds, Pace.OFF))


# -- what a coordinator does


SETTINGS = ("sender", "reply_to", "quiet_from", "quiet_to")


def change_settings(by: Person, values: dict) -> None:
    with database.atomic():
        settings = MailSettings.here()
        changed = {key: [values[key]] for key in SETTINGS if values[key] != getattr(settings, key)}
        row = {key: values[key] for key in SETTINGS}
        MailSettings.insert(id=1, **row).on_conflict(conflict_target=[MailSettings.id], update=row).execute()
        if changed:
            record(School.here(), "change_settings", by, "", detail={"changed": changed})


def again(mail: Mail) -> bool:
    """A letter that failed is tried once more, to the address its person has by now."""
    with database.atomic():
        address = (mail.person and mail.person.email) or mail.address
        query = Mail.update(state=str(State.WAITING), address=address, next_at=now(), made_at=now(), tries=0)
        changed = query.where(Mail.id == mail.id, Mail.state == State.FAILED).execute()
        for wake in woken if changed else ():
            database.after_commit(wake)
    return bool(changed)


def all_again() -> int:
    """Every letter that failed, once more: the server was set up wrongly, and is not any longer."""
    with database.atomic():
        query = Mail.update(state=str(State.WAITING), next_at=now(), made_at=now(), tries=0)
        changed = query.where(Mail.state == State.FAILED).execute()
        for wake in woken if changed else ():
            database.after_commit(wake)
    return changed


def give_up(mail: Mail) -> bool:
    """A coordinator has seen it and lets it go."""
    query = Mail.update(state=str(State.DROPPED), content="").where(Mail.id == mail.id, Mail.state == State.FAILED)
    return bool(query.execute())


def forget() -> int:
    """Letters are no archive: what was sent goes after some weeks, what was not after some more. Returns how many."""
    gone = (Mail.state == State.SENT) & (Mail.sent_at < now() - rules.SENT_KEPT)
    gone |= Mail.state.in_((State.FAILED, State.DROPPED)) & (Mail.made_at < now() - rules.UNSENT_KEPT)
    return Mail.delete().where(gone).execute()
