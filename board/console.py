"""Accounts made at the command line, when there is nobody on the board yet who could make them."""

import os
import re
from datetime import date
from pathlib import Path

from board.audit import trail
from board.audit.model import Kind
from board.db import database, now
from board.employers.model import Employer
from board.moves import Refused, record
from board.people import rules
from board.people.actions import free_username, make_key, set_password, spell_code
from board.people.model import Key, KeyKind, Person, Role
from board.school.actions import found
from board.school.model import GRADES, LOWEST_AGE, STATES, TIME_ZONES, School
from board.words import N_

MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
SCHOOL = {"name": "Our school", "state": "NY", "time_zone": "America/New_York"}
# where most of a zone's people live, for a school that has not said its state
STATE_OF = {
    "America/New_York": "NY", "America/Detroit": "MI", "America/Indiana/Indianapolis": "IN",
    "America/Kentucky/Louisville": "KY", "America/Chicago": "IL", "America/Denver": "CO", "America/Boise": "ID",
    "America/Phoenix": "AZ", "America/Los_Angeles": "CA", "America/Anchorage": "AK", "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
}  # fmt: skip


def set_up_key() -> str:
    """The token of the one-time set-up address; the one before it stops working. Refused once there is a school."""
    if School.here() is not None:
        raise Refused(N_("This board is set up already. Make further accounts with create-user."))
    with database.atomic():
        trail.note(Kind.KEY, what="set_up")
        return make_key(KeyKind.SET_UP, None, None, rules.SET_UP_LASTS)


def begin_school(name: str = "", state: str = "", time_zone: str = "") -> School | None:
    """The school, where there is none yet; then nothing asks for set-up. None when there is one already."""
    if School.here() is not None:
        return None
    guessed = {"time_zone": zone_here(), "state": STATE_OF[zone_here()]}
    given = {"name": name, "state": state.upper(), "time_zone": time_zone}
    values = SCHOOL | guessed | {key: value for key, value in given.items() if value}
    if time_zone and not state:
        values["state"] = STATE_OF.get(time_zone, "")
    if values["time_zone"] not in TIME_ZONES:
        raise Refused(N_("%(zone)s is not one of the time zones: %(all)s."), zone=time_zone, all=", ".join(TIME_ZONES))
    if values["state"] not in STATES:
        raise Refused(N_("%(state)s is not a state; give its two letters, as in OR."), state=state)
    if len(values["name"]) > 120:
        raise Refused(N_("Give the school a name of at most 120 characters."))
    with database.atomic():
        school = found(**values, minimum_age=LOWEST_AGE)
        Key.update(used_at=now()).where(Key.kind == KeyKind.SET_UP, Key.used_at.is_null()).execute()
    return school


def zone_here() -> str:
    """This machine's time zone if it is one a school can choose, else New York's."""
    name = os.environ.get("TZ", "").lstrip(":")
    if not name:
        name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    return name if name in TIME_ZONES else SCHOOL["time_zone"]


def create(
    role: str, name: str, email: str = "", employer: str = "", birth_date: date | None = None, grade: int | None = None,
    password: str = "",
) -> tuple[Person, str]:  # fmt: skip
    """A new account and, without a password, its one-time way in: a student's code, another's invitation token.

    Raises Refused with a sentence.
    """
    name, email = " ".join(name.split()), email.strip().lower()
    if not name or len(name) > 120:
        raise Refused(N_("Give a name of at most 120 characters."))
    if email and (not MAIL.fullmatch(email) or len(email) > 254):
        raise Refused(N_("%(email)s is not a mail address."), email=email)
    if not email and role != Role.STUDENT:
        raise Refused(N_("Give a mail address with --email; only students can do without."))
    if (birth_date or grade) and role != Role.STUDENT:
        raise Refused(N_("Only students have a birth date and a grade."))
    if bool(employer) != (role == Role.EMPLOYER):
        raise Refused(N_("--employer NAME goes with --role employer, and with no other role."))
    if grade and grade not in GRADES:
        raise Refused(N_("The grade should be from 9 to 12."))
    today = School.here().today()
    if birth_date and not 10 <= today.year - birth_date.year <= 25:
        raise Refused(N_("A birth date of %(day)s can't be right for a student."), day=birth_date.isoformat())
    if email and Person.select().where((Person.email == email) | (Person.username == email)).exists():
        raise Refused(N_("There is an account with the mail address %(email)s already."), email=email)
    with database.atomic():
        person = Person.create(
            role=role, name=name, email=email or None, grade=grade, birth_date=birth_date,
            username=free_username(name) if role == Role.STUDENT else None,
            employer=employer_named(employer) if employer else None,
        )  # fmt: skip
        record(person, "add", None, "active")
        if password:
            set_password(person, password)
            return person, ""
        trail.note(Kind.KEY, None, "person", person.id, what="new_code" if person.is_student else "invite")
        if person.is_student:
            return person, spell_code(make_key(KeyKind.CODE, person, None, rules.CODE_LASTS))
        return person, make_key(KeyKind.INVITATION, person, None, rules.INVITATION_LASTS)


def employer_named(name: str) -> Employer:
    """The employer of this name, whatever its case and spaces; a new one is not yet checked."""
    name = " ".join(name.split())
    folded = name.casefold()
    for employer in Employer.select().order_by(Employer.id):
        if " ".join(employer.name.split()).casefold() == folded:
            return employer
    if len(name) > 120:
        raise Refused(N_("Give the employer a name of at most 120 characters."))
    employer = Employer.create(name=name)
    record(employer, "join", None, employer.state)
    return employer
