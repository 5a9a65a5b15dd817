"""Accounts, the sign-ins that are their sessions, one-time keys, and what a student says of themself."""

from datetime import date

from peewee import SQL, BooleanField, CharField, Check, DateField, DeferredForeignKey, ForeignKeyField, IntegerField

from board.db import Moment, Table, one_of
from board.school.model import GRADES, Field, Skill
from board.words import N_, Labelled


class Role(Labelled):
    STUDENT = "student", N_("Student")
    TEACHER = "teacher", N_("Teacher")
    COORDINATOR = "coordinator", N_("Work-based learning coordinator")
    EMPLOYER = "employer", N_("Employer")


STAFF = (Role.TEACHER, Role.COORDINATOR)
LANGUAGES = {"en": "English", "es": "Español"}


def age_on(born: date, day: date) -> int:
    """Full years on a day. Born on Feb 29: a year older on Mar 1."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class Person(Table):
    """One account. Students may lack a mail address; employers' people belong to one employer."""

    role = CharField(12)
    name = CharField(120)
    email = CharField(254, null=True, unique=True)  # lower case; proved, or vouched for by the school
    claimed_email = CharField(254, null=True)  # said to be theirs; becomes `email` by the link that is mailed there
    username = CharField(60, null=True, unique=True)  # lower case
    password_hash = CharField(200, null=True)
    language = CharField(2, null=True)
    employer = DeferredForeignKey("Employer", null=True, on_delete="RESTRICT", backref="people")
    title = CharField(80, default="")  # what an employer's person or a teacher does
    grade = IntegerField(null=True)
    birth_date = DateField(null=True)  # known to the school alone; shown to nobody else
    adviser = ForeignKeyField("self", null=True, on_delete="SET NULL", backref="advisees")
    directory_opt_out = BooleanField(null=True)  # the family wants no directory information given out; null: no
    not_shown = BooleanField(null=True)  # no employer is shown anything of this student; null: they are
    ended_at = Moment(null=True)  # the account is closed
    created_at = Moment()

    class Meta:
        constraints = [
            one_of("role", Role),
            one_of("language", LANGUAGES, null=True),
            Check("length(name) > 0"),
            Check("email IS NOT NULL OR username IS NOT NULL"),
            Check("email = lower(email) AND username = lower(username)"),
            Check("(role = 'employer') = (employer_id IS NOT NULL)"),
            Check("role = 'student' OR (birth_date IS NULL AND grade IS NULL AND adviser_id IS NULL)"),
            Check(f"grade BETWEEN {GRADES[0]} AND {GRADES[-1]}"),
        ]

    # -- what Flask-Login asks of a user; the session is a SignIn row (see sessions.py)
    is_authenticated = True
    is_active = True
    is_anonymous = False
    secret = ""

    def get_id(self) -> str:
        return self.secret

    # -- questions about the person, asked by rules and templates alike
    @property
    def is_student(self) -> bool:
        return self.role == Role.STUDENT

    @property
    def is_teacher(self) -> bool:
        """Teachers and coordinators: whoever may approve."""
        return self.role in STAFF

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR

    @property
    def is_employer(self) -> bool:
        return self.role == Role.EMPLOYER

    @property
    def role_label(self) -> str:
        return Role(self.role).label

    @property
    def is_newcomer(self) -> bool:
        """Joined by the public page and has not confirmed a mail address yet: nobody at school hears of them."""
        return self.email is None and self.claimed_email is not None

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    def age_on(self, day: date) -> int | None:
        """Full years on a day; None when the school does not know the birth date."""
        return age_on(self.birth_date, day) if self.birth_date else None

    @classmethod
    def active(cls):
        return cls.select().where(cls.ended_at.is_null())

    @classmethod
    def known(cls):
        """Everybody but newcomers."""
        return cls.select().where(cls.email.is_null(False) | cls.claimed_email.is_null())

    @classmethod
    def not_shown_ids(cls):
        """Students of whom no employer is shown anything, as a query of their ids."""
        hidden = cls.alias()
        return hidden.select(hidden.id).where(hidden.not_shown)

    @classmethod
    def has_come(cls):
        """The condition for somebody who has taken their invitation up: a password, or a sign-in without one."""
        return cls.password_hash.is_null(False) | cls.id.in_(SignIn.select(SignIn.person))

    @classmethod
    def staff(cls):
        return cls.active().where(cls.role.in_(STAFF)).order_by(cls.name)


class PersonSkill(Table):
    """A skill a student says they have."""

    person = ForeignKeyField(Person, on_delete="CASCADE", backref="skills")
    skill = ForeignKeyField(Skill, on_delete="CASCADE")

    class Meta:
        indexes = [(("person", "skill"), True)]


class Interest(Table):
    """A field a student wants to hear about."""

    person = ForeignKeyField(Person, on_delete="CASCADE", backref="interests")
    field = ForeignKeyField(Field, on_delete="CASCADE")

    class Meta:
        indexes = [(("person", "field"), True)]


class SignIn(Table):
    """One signed-in browser: the session itself. Its secret lives in the cookie; here is only the hash."""

    person = ForeignKeyField(Person, on_delete="CASCADE", backref="sign_ins")
    secret_hash = CharField(64, unique=True)
    browser = CharField(80, default="")
    created_at = Moment()
    seen_at = Moment()
    ended_at = Moment(null=True)
    scope = CharField(60, null=True)  # what alone this sign-in opens, see doors/scopes.py; null: everything

    class Meta:
        constraints = [Check("length(secret_hash) = 64")]


class KeyKind(Labelled):
    SET_UP = "set-up", N_("Set-up address")
    INVITATION = "invitation", N_("Invitation")
    CODE = "code", N_("Sign-in code")


class Key(Table):
    """A one-time way in, kept as a hash: the set-up address, an invitation link, a code on a slip."""

    kind = CharField(12)
    secret_hash = CharField(64, unique=True)
    person = ForeignKeyField(Person, null=True, on_delete="CASCADE", backref="keys")
    made_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="keys_made")
    expires_at = Moment()
    used_at = Moment(null=True)
    created_at = Moment()

    class Meta:
        constraints = [one_of("kind", KeyKind), Check("(kind = 'set-up') = (person_id IS NULL)")]


# one live code a person: a new one takes the place of the old
Key.add_index(Key.person, unique=True, where=(SQL("used_at IS NULL AND person_id IS NOT NULL")), name="key_live")


class MailLinkKind(Labelled):
    SIGN_IN = "sign-in", N_("Sign-in link")
    CONFIRM = "confirm", N_("Link to confirm an address")


class MailLink(Table):
    """A one-time link that was mailed to an address. Used and late ones stay a while, to say what became of them."""

    kind = CharField(12)
    secret_hash = CharField(64, unique=True)
    person = ForeignKeyField(Person, on_delete="CASCADE", backref="mail_links")
    email = CharField(254)  # where it went: it opens nothing once that is not the person's address
    browser_hash = CharField(64)  # of the random value in the cookie of the browser that asked
    asked_from = CharField(80, default="")  # that browser in words
    next = CharField(200, default="")
    expires_at = Moment()
    used_at = Moment(null=True)
    created_at = Moment()

    class Meta:
        constraints = [one_of("kind", MailLinkKind)]


class Slowdown(Table):
    """Tries that are counted, by the hash of what was typed (failed sign-ins of an account, links asked for), whether
    it exists or not."""

    account_hash = CharField(64, unique=True)
    failures = IntegerField(default=0)
    last_at = Moment()

    class Meta:
        constraints = [Check("failures >= 0")]


# a deferred key is left out of CREATE TABLE unless it is told that its table is known by now
Skill.proposed_by.deferred = False
