"""Cases: what felt wrong to somebody, whom it is about, who may read it, and a log of their own."""

from peewee import SQL, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from board.applications.model import Application
from board.db import Moment, Table, one_of
from board.employers.model import Employer
from board.guardians.model import Guardian
from board.people.model import Person, Role
from board.placements.model import Message, Placement
from board.postings.model import Posting
from board.words import N_, Labelled

WORDS = 8000  # characters of one report, all that was added included


class State(Labelled):
    NEW = "new", N_("Not opened yet")
    OPEN = "open", N_("Looked after")
    CLOSED = "closed", N_("Closed")


class About(Labelled):
    """The page on which somebody pressed the button."""

    POSTING = "posting", N_("A project")
    THREAD = "thread", N_("A conversation about a project")
    APPLICATION = "application", N_("An application")
    PLACEMENT = "placement", N_("A project that is worked on")
    MESSAGE = "message", N_("A message")
    PERSON = "person", N_("A person")
    EMPLOYER = "employer", N_("An organization")
    PORTFOLIO = "portfolio", N_("A portfolio")


class By(Labelled):
    """In which role it was said: the account may be gone, and a parent or guardian has none."""

    STUDENT = "student", N_("a student")
    TEACHER = "teacher", N_("a teacher")
    COORDINATOR = "coordinator", N_("a coordinator")
    EMPLOYER = "employer", N_("an employer")
    GUARDIAN = "guardian", N_("a parent or guardian")


class Outcome(Labelled):
    NOTHING = "nothing", N_("Looked into it; nothing was wrong")
    SETTLED = "settled", N_("Talked about it and settled it")
    RULES = "rules", N_("Settled it with new rules or another adult")
    ENDED = "ended", N_("The project was ended")
    SUSPENDED = "suspended", N_("The employer was suspended")
    AUTHORITIES = "authorities", N_("Handed to the authorities")
    OTHER = "other", N_("Something else")


class Report(Table):
    """One case. `about` and `number` are in the address it was said at; the rest says what that belonged to."""

    about = CharField(12)
    number = IntegerField()
    posting = ForeignKeyField(Posting, null=True, on_delete="SET NULL", backref="reports")
    application = ForeignKeyField(Application, null=True, on_delete="SET NULL", backref="reports")
    placement = ForeignKeyField(Placement, null=True, on_delete="SET NULL", backref="reports")
    message = ForeignKeyField(Message, null=True, on_delete="SET NULL", backref="reports")
    employer = ForeignKeyField(Employer, null=True, on_delete="SET NULL", backref="reports")
    subject = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="reports_on")  # of a profile
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="reports")  # who said it
    guardian_id = IntegerField(null=True)  # who said it, of those without an account
    by = CharField(12)
    words = TextField(default="")
    in_danger = BooleanField(default=False)  # somebody may be in danger now
    state = CharField(8, default=State.NEW)
    outcome = CharField(12, null=True)
    # what stands still because of this case, and whether it did before
    holds_posting = BooleanField(default=False)
    holds_placement = BooleanField(default=False)
    holds_messages = BooleanField(default=False)
    posting_held_before = BooleanField(default=False)
    placement_held_before = BooleanField(default=False)
    opened_at = Moment(null=True)
    due_at = Moment(null=True)  # not opened until then: the next in line gets it
    closed_at = Moment(null=True)
    created_at = Moment()

    class Meta:
        indexes = [(("about", "number"), False), (("state", "due_at"), False)]
        constraints = [
            one_of("about", About),
            one_of("by", By),
            one_of("state", State),
            one_of("outcome", Outcome, null=True),
            Check("(state = 'closed') = (closed_at IS NOT NULL)"),
            Check("state <> 'closed' OR outcome IS NOT NULL"),
        ]

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def outcome_label(self) -> str:
        return Outcome(self.outcome).label if self.outcome else ""

    @property
    def said_by(self) -> str:
        """The name of whoever said it, as whoever is in line for it reads; "" where it is not kept any more."""
        if self.person:
            return self.person.name
        home = Guardian.get_or_none(Guardian.id == self.guardian_id) if self.guardian_id else None
        return home.name if home else ""

    @classmethod
    def seen_by(cls, person: Person | None):
        """Those whose line has reached this member of staff: never one that is about them, whatever their role."""
        if person is None or not person.is_teacher or person.ended_at:
            return cls.select().where(SQL("0 = 1"))
        return cls.select().where(cls.reaches(person.id))

    @classmethod
    def reaches(cls, person):
        """The condition for it; the role is the caller's to ask. `person` may stand in for an id (see statements)."""
        reached = ReportReader.select(ReportReader.report).where(ReportReader.person == person)
        about = ReportAbout.select(ReportAbout.report).where(ReportAbout.person == person, ReportAbout.named)
        return cls.id.in_(reached) & cls.id.not_in(about)

    @classmethod
    def going_on(cls):
        return cls.select().where(cls.state != State.CLOSED)


class ReportAbout(Table):
    """Somebody a case is about. Not `named`: they lead or cover the placement, and step aside while others are there."""

    report = ForeignKeyField(Report, on_delete="CASCADE", backref="abouts")
    person = ForeignKeyField(Person, on_delete="CASCADE", backref="cases_about")
    named = BooleanField(default=True)

    class Meta:
        indexes = [(("report", "person"), True)]


class ReportReader(Table):
    """Somebody whom the line of a case has reached, and when they opened it first."""

    report = ForeignKeyField(Report, on_delete="CASCADE", backref="readers")
    person = ForeignKeyField(Person, on_delete="CASCADE", backref="cases_read")
    stage = IntegerField()
    since = Moment()
    opened_at = Moment(null=True)

    class Meta:
        indexes = [(("report", "person"), True)]


class Kind(Labelled):
    """What a line of a case's log says; most follow the name of somebody."""

    ARRIVED = "arrived", N_("said that something felt wrong")
    ADDED = "added", N_("added to it")
    REACHES = "reaches", N_("It went to %(to)s.")
    PASSED_ON = "passed_on", N_("It was not opened in time and went on to %(to)s.")
    STILL = "still", N_("It is not opened yet: %(to)s is told again.")
    NOBODY = "nobody", N_("There is nobody it may go to: whoever said it reads whom to call.")
    OPENED = "opened", N_("opened it")
    NOTE = "note", N_("wrote a note")
    TOLD = "told", N_("told whoever said it")
    MANDATED = "mandated", N_("made a mandated report")
    MESSAGES = "messages", N_("opened the messages again")
    PLACEMENT = "placement", N_("let the project go on")
    POSTING = "posting", N_("let the posting go on")
    CLOSED = "closed", N_("closed it")
    REOPENED = "reopened", N_("opened it again after it was closed")


class ReportEntry(Table):
    """One line of a case's own log. It is read by the line of the case alone, never with the history of anything."""

    report = ForeignKeyField(Report, on_delete="CASCADE", backref="entries")
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="case_entries")
    to = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="case_entries_to")
    kind = CharField(12)
    words = TextField(default="")
    done_on = DateField(null=True)  # of a mandated report
    at = Moment()

    class Meta:
        constraints = [one_of("kind", Kind)]


def role_of(person: Person) -> By:
    return By(str(Role(person.role)))
