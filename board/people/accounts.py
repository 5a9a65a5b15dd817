"""What is done to accounts: made, invited, changed, closed. Each is one transaction and one Step."""

from datetime import timedelta

from board.audit import trail
from board.audit.model import Kind
from board.db import database, now
from board.mail import actions as mail
from board.mail import links
from board.moves import NotAllowed, Refused, Step, record, tell
from board.people import rules, sessions
from board.people.actions import end_keys, free_username, has_come, make_key, spell_code
from board.people.model import STAFF, Interest, KeyKind, Person, PersonSkill, Role, SignIn
from board.school.actions import skills_named
from board.school.model import Field, Skill, SkillState, today
from board.words import N_

# what a coordinator may write, by kind of account; the rest belongs to other verbs
DETAILS = ("name", "email", "username", "title")
STUDENT_DETAILS = ("name", "email", "username", "grade", "birth_date", "adviser", "directory_opt_out")


class Taken(Refused):
    """Somebody else has this mail address or username; `field` says which."""

    def __init__(self, field: str):
        self.field = field
        super().__init__(
            N_("Somebody else has this mail address.") if field == "email" else N_("Somebody else has this username.")
        )


def check_free(person_id: int | None, email: str | None, username: str | None) -> None:
    """Mail addresses and usernames share one sign-in field, so neither may be somebody else's either."""
    for field, value in (("email", email), ("username", username)):
        if value:
            other = Person.select().where((Person.email == value) | (Person.username == value))
            if person_id:
                other = other.where(Person.id != person_id)
            if other.exists():
                raise Taken(field)


def add_student(values: dict, by: Person) -> Person:
    """A new student. `values` as STUDENT_DETAILS; a username is made where none is given."""
    check_birth_date(values.get("birth_date"))
    with database.atomic():
        values = {key: values.get(key) or None for key in STUDENT_DETAILS}
        check_free(None, values["email"], values["username"])
        values["username"] = values["username"] or free_username(values["name"])
        student = Person.create(role=Role.STUDENT, **values)
        record(student, "add", by, "active")
    return student


def check_birth_date(born) -> None:
    problem = rules.birth_date_problem(born, today()) if born else ""
    if problem:
        raise Refused(problem)


class TooManyInvitations(Refused):
    """More invitations within the hour than a mail server would believe."""


def invite_teacher(name: str, email: str, by: Person, send: bool = False) -> tuple[Person, str]:
    """A teacher without a password yet, and the token of the link that lets them choose one."""
    with database.atomic():
        check_free(None, email, None)
        person = Person.create(role=Role.TEACHER, name=name, email=email)
        return person, invite(person, by, send)


def invite(person: Person, by: Person, send: bool = False) -> str:
    """A new invitation, mailed if they say so; the one before it stops working. Returns the token, which is kept
    nowhere. Raises TooManyInvitations."""
    if not rules.may_invite(by, person, has_come(person)):
        raise NotAllowed("invite")
    with database.atomic():
        since = now() - timedelta(hours=1)
        if (
            Step.select().where(Step.noun == "person", Step.move == "invite", Step.at > since).count()
            >= rules.INVITATIONS_AN_HOUR
        ):
            raise TooManyInvitations(
                N_("%(most)s invitations were made within the hour. Mail servers take more for spam: go on in an hour."),
                most=rules.INVITATIONS_AN_HOUR,
            )  # fmt: skip
        token = make_key(KeyKind.INVITATION, person, by, rules.INVITATION_LASTS)
        record(person, "invite", by, "")
        if send and person.email:
            mail_invitation(person, by, token)
    return token


def mail_invitation(person: Person, by: Person, token: str) -> None:
    values = {
        "name": person.first_name, "who": by.name, "employer": person.employer.name if person.employer_id else "",
        "link": links.to(None, f"/welcome/{token}"), "days": rules.INVITATION_LASTS.days,
    }  # fmt: skip
    mail.queue("invitation", person, values)


def give_code(person: Person, by: Person) -> str:
    """A new sign-in code, spelled as it is written on a slip."""
    must_help(by, person)
    with database.atomic():
        code = make_key(KeyKind.CODE, person, by, rules.CODE_LASTS)
        record(person, "new_code", by, "")
    return spell_code(code)


def take_back(person: Person, by: Person) -> None:
    """End an invitation that nobody has taken up; the account goes with it."""
    with database.atomic():
        if not rules.may_take_back(by, person, has_come(person)):
            raise NotAllowed("take_back")
        end_account(person, by)


def must_help(by: Person, person: Person) -> None:
    if not rules.may_help(by, person):
        raise NotAllowed("help")


# -- changes


def change(person: Person, by: Person, values: dict) -> list[str]:
    """Write a person's details; returns the names of what changed. Raises Taken and Refused."""
    allowed = STUDENT_DETAILS if person.is_student else DETAILS
    values = {key: value for key, value in values.items() if key in allowed}
    if "directory_opt_out" in values:
        values["directory_opt_out"] = values["directory_opt_out"] or None
    if "birth_date" in values:
        check_birth_date(values["birth_date"])
    with database.atomic():
        for key in ("email", "username"):
            if key in values:
                values[key] = values[key] or None
        email, username = values.get("email", person.email), values.get("username", person.username)
        if not email and not username:
            raise Refused(N_("Keep a mail address or a username: people sign in with one of them."))
        check_free(person.id, email, username)
        changed = differing(person, values)
        if changed:
            # another address that waits for its link is settled by this one
            claim: dict = {"claimed_email": None} if "email" in changed and person.email else {}
            write(person, {key: values[key] for key in changed} | claim)
            # the names of what changed, never the values: a birth date is nobody's history
            tell(person, record(person, "change", by, "", detail={"changed": changed}))
    return changed


def write(person: Person, values: dict) -> None:
    for key, value in values.items():
        setattr(person, key, value)
    Person.update(**values).where(Person.id == person.id).execute()


def change_role(person: Person, by: Person, role: str) -> None:
    """A teacher becomes a coordinator or the other way round; the board keeps at least one coordinator."""
    if not by.is_coordinator or person.role not in STAFF or role not in STAFF:
        raise NotAllowed("change_role")
    with database.atomic():
        must_leave_a_coordinator(person, unless=role == Role.COORDINATOR)
        changed = Person.update(role=str(role)).where(Person.id == person.id, Person.role != str(role)).execute()
        if changed:
            record(person, "change_role", by, str(role), person.role)
            person.role = str(role)


def must_leave_a_coordinator(person: Person, unless: bool = False) -> None:
    # somebody who was invited and has never come cannot run the board
    others = Person.active().where(
        Person.role == Role.COORDINATOR, Person.id != person.id, Person.password_hash.is_null(False)
    )
    if person.role == Role.COORDINATOR and not unless and not others.exists():
        raise Refused(N_("This is the only coordinator who can sign in. Make somebody else a coordinator first."))


def end_account(person: Person, by: Person) -> None:
    """Close an account: no sign-in, no new moves; what they did stays in the history."""
    with database.atomic():
        must_leave_a_coordinator(person)
        if not Person.update(ended_at=now()).where(Person.id == person.id, Person.ended_at.is_null()).execute():
            return
        sessions.end_all(person)
        end_keys(person)
        tell(person, record(person, "end_account", by, "ended"))


def reopen_account(person: Person, by: Person) -> None:
    with database.atomic():
        if Person.update(ended_at=None).where(Person.id == person.id, Person.ended_at.is_null(False)).execute():
            record(person, "reopen_account", by, "active")
            person.ended_at = None


def end_sessions(person: Person, by: Person) -> int:
    """Sign a person out of every browser; returns of how many."""
    with database.atomic():
        ended = sessions.end_all(person)
        record(person, "end_sessions", by, "")
    return ended


def end_session(person: Person, number: int) -> bool:
    """A person signs one of their own browsers out; False when it is not theirs or already out."""
    query = SignIn.update(ended_at=now()).where(
        SignIn.id == number, SignIn.person == person, SignIn.ended_at.is_null()
    )  # fmt: skip
    with database.atomic():
        ended = bool(query.execute())
        if ended:
            trail.note(Kind.SIGN_IN_ENDED, person.id, "person", person.id, count=1)
    return ended


def end_other_sessions(person: Person, but: SignIn | None) -> int:
    """A person signs every other browser of theirs out; returns how many."""
    with database.atomic():
        ended = sessions.end_all(person, but=but)
        if ended:
            trail.note(Kind.SIGN_IN_ENDED, person.id, "person", person.id, count=ended)
    return ended


def differing(person: Person, values: dict) -> list[str]:
    """Which of these values are other than what stands in the person's row."""

    def key_of(value):
        return value.id if isinstance(value, Person) else value

    return [
        key
        for key, value in values.items()
        if key_of(value) != (person.adviser_id if key == "adviser" else getattr(person, key))
    ]


# -- what a student says of themself


def save_profile(student: Person, skills: list[str], fields: list[int], adviser: Person | None) -> None:
    """Skills by name (unknown ones are proposed to the school), fields of interest by id, the adviser."""
    with database.atomic():
        known = skills_named(skills, student)
        PersonSkill.delete().where(PersonSkill.person == student).execute()
        if known:
            PersonSkill.insert_many([{"person": student.id, "skill": skill.id} for skill in known]).execute()
        shown = {number for (number,) in Field.shown().select(Field.id).tuples()}
        hidden = Field.select(Field.id).where(Field.hidden)
        Interest.delete().where(Interest.person == student, Interest.field.not_in(hidden)).execute()
        rows = [{"person": student.id, "field": number} for number in dict.fromkeys(fields) if number in shown]
        if rows:
            Interest.insert_many(rows).execute()
        Person.update(adviser=adviser).where(Person.id == student.id).execute()
        student.adviser = adviser


def profile(student: Person) -> tuple[list, set[int]]:
    """The skills a student names, by name, and the ids of the fields that interest them."""
    skills = [
        row.skill
        for row in student.skills.select(PersonSkill, Skill).join(Skill).order_by(PersonSkill.id)
        if row.skill.state != SkillState.REFUSED
    ]
    fields = {number for (number,) in student.interests.select(Interest.field).tuples()}
    return skills, fields
