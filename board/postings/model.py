"""Postings, their skills, milestones and questions; revisions; the talk about them; what students save."""

import json
from datetime import date

from peewee import SQL, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField, fn

from board.db import Moment, Table, one_of
from board.employers.model import Employer, Supervisor
from board.people.model import Person
from board.school.model import Field, School, Skill, today
from board.words import N_, Labelled

HOURS = (1, 80)
WEEKS = (1, 8)  # longer is a job, not a micro-internship
SEATS = (1, 20)
TITLE, SUMMARY = 160, 200  # characters
QUESTIONS = 3
MILESTONES = 5


class State(Labelled):
    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Waiting for a teacher")
    CHANGES_REQUESTED = "changes_requested", N_("Changes asked for")
    DECLINED = "declined", N_("Declined")
    OPEN = "open", N_("Open")
    PAUSED = "paused", N_("Paused")
    FILLED = "filled", N_("Filled")
    CLOSED = "closed", N_("Closed")


EDITABLE = (State.DRAFT, State.CHANGES_REQUESTED)  # the employer changes the text itself
APPROVED = (State.OPEN, State.PAUSED, State.FILLED)  # changes go through a revision


class Place(Labelled):
    REMOTE = "remote", N_("Remote")
    ON_SITE = "on-site", N_("On site")
    HYBRID = "hybrid", N_("Hybrid")


class AiTools(Labelled):
    FINE = "fine", N_("AI tools are fine")
    ASK = "ask", N_("Ask before using AI tools")
    NO = "no", N_("Please no AI tools")


class WorkerKind(Labelled):
    """How the employer takes the student on; the employer says, the board never decides."""

    EMPLOYEE = "employee", N_("As an employee")
    CONTRACTOR = "contractor", N_("As an independent contractor")
    UNSURE = "unsure", N_("We are not sure yet")


class Premises(Labelled):
    WORKPLACE = "workplace", N_("A workplace: a shop, an office, a workshop")
    PUBLIC = "public", N_("A public place: a library, a park, an event")
    HOME = "home", N_("Somebody's home")


class Alone(Labelled):
    """Whether the student is ever alone with one adult where nobody sees them."""

    NEVER = "never", N_("No: others are always around, or can come in at any time")
    SOMETIMES = "sometimes", N_("Yes, at times")


class Need(Labelled):
    MUST = "must", N_("Must have")
    NICE = "nice", N_("Nice to have")


class Posting(Table):
    """An employer's offer of one micro-internship. Pay is for the whole project, in US cents."""

    employer = ForeignKeyField(Employer, on_delete="RESTRICT", backref="postings")
    contact = ForeignKeyField(Person, null=True, on_delete="RESTRICT", backref="postings")  # who hears of it first
    state = CharField(20, default=State.DRAFT)
    held_at = Moment(null=True)  # the school took it off the board: hidden until it puts it back
    reference = CharField(80, null=True, unique=True)  # the importer's key
    version = IntegerField(default=1)  # one more at every change a reader could see

    title = CharField(TITLE, default="")
    summary = CharField(SUMMARY, default="")
    description = TextField(default="")  # Markdown
    deliverable = TextField(default="")
    field = ForeignKeyField(Field, null=True, on_delete="RESTRICT", backref="postings")
    hours = IntegerField(null=True)  # estimated, for the whole project and one student
    weeks = IntegerField(null=True)
    rhythm = CharField(200, default="")
    starts_on = DateField(null=True)
    due_on = DateField(null=True)
    seats = IntegerField(default=1)
    pay_cents = IntegerField(null=True)
    paid_how = CharField(300, default="")
    place = CharField(8, null=True)
    location = CharField(120, default="")  # the town or neighbourhood
    address = CharField(200, default="")
    times = CharField(200, default="")
    getting_there = CharField(300, default="")
    supervisor = ForeignKeyField(Supervisor, null=True, on_delete="RESTRICT", backref="postings")
    resume_title = CharField(80, default="")
    minimum_age = IntegerField(null=True)
    minimum_grade = IntegerField(null=True)
    first_project_welcome = BooleanField(default=False)
    ai_tools = CharField(4, null=True)
    ai_note = CharField(200, default="")
    apply_by = DateField(null=True)
    decide_by = DateField(null=True)

    # for the checks; null: nobody was asked
    tasks = TextField(null=True)  # JSON: slugs of checks/tasks.py
    sessions = TextField(
        null=True
    )  # JSON: [{"day": 0, "from": "15:30", "to": "18:00"}], where times are fixed; 0: Monday
    worker_kind = CharField(10, null=True)
    premises = CharField(9, null=True)
    alone = CharField(9, null=True)

    created_at = Moment()
    updated_at = Moment()
    submitted_at = Moment(null=True)
    opened_at = Moment(null=True)  # first approved

    class Meta:
        indexes = [
            (("state", "apply_by"), False),
            (("employer", "state"), False),
            (("state", "held_at", "apply_by", "version"), False),  # which are live, and in which version, by itself
        ]
        constraints = [
            one_of("state", State),
            one_of("place", Place, null=True),
            one_of("ai_tools", AiTools, null=True),
            Check(f"length(title) <= {TITLE} AND length(summary) <= {SUMMARY}"),
            Check(f"hours BETWEEN {HOURS[0]} AND {HOURS[1]}"),
            Check(f"weeks BETWEEN {WEEKS[0]} AND {WEEKS[1]}"),
            Check(f"seats BETWEEN {SEATS[0]} AND {SEATS[1]}"),
            Check("pay_cents > 0"),
            Check("minimum_age BETWEEN 14 AND 19"),
            Check("minimum_grade BETWEEN 9 AND 12"),
            Check("version > 0"),
            Check("state IN ('draft', 'declined') OR submitted_at IS NOT NULL OR reference IS NOT NULL"),
            Check("state NOT IN ('open', 'paused', 'filled') OR opened_at IS NOT NULL"),
        ]

    @property
    def state_label(self) -> str:
        """What people are told: an open posting past its last day reads as expired."""
        return N_("Expired") if self.is_expired else State(self.state).label

    @property
    def task_list(self) -> list[str]:
        """Slugs of checks/tasks.py."""
        return json.loads(self.tasks) if self.tasks else []

    @property
    def session_list(self) -> list[dict]:
        """Fixed times of the week, as content.py has them."""
        return json.loads(self.sessions) if self.sessions else []

    @property
    def place_label(self) -> str:
        return Place(self.place).label if self.place else ""

    @property
    def premises_label(self) -> str:
        return Premises(self.premises).label if self.premises else ""

    @property
    def ai_label(self) -> str:
        return AiTools(self.ai_tools).label if self.ai_tools else ""

    @property
    def pay(self) -> float | None:
        """Dollars for the whole project."""
        return self.pay_cents / 100 if self.pay_cents else None

    @property
    def hourly(self) -> float | None:
        """Dollars an estimated hour."""
        return self.pay_cents / 100 / self.hours if self.pay_cents and self.hours else None

    @property
    def is_live(self) -> bool:
        """Open, not held, and still before the end of its last day to apply."""
        return self.state == State.OPEN and not self.held_at and (self.apply_by is None or self.apply_by >= today())

    @property
    def is_expired(self) -> bool:
        return self.state == State.OPEN and self.apply_by is not None and self.apply_by < today()

    # -- named lists
    @classmethod
    def is_live_on(cls, day: date):
        """The condition for what students find; expired is computed, never stored."""
        return (cls.state == State.OPEN) & cls.held_at.is_null() & (cls.apply_by.is_null() | (cls.apply_by >= day))

    @classmethod
    def live(cls):
        return cls.select().where(cls.is_live_on(today()))

    @classmethod
    def awaiting_review(cls):
        return cls.select().where(cls.state == State.SUBMITTED).order_by(cls.submitted_at, cls.id)

    @classmethod
    def seen_by(cls, person: Person | None):
        """Everything this person may read. Pages, search, counts and exports all start here.

        Visitors come here only when the board is open to them (`access` sees to that). Staff see all but
        drafts; an employer's people their own, and what others offer once the school has checked who they are:
        anybody can join, so before that they are strangers. A student sees also what they have asked to do,
        unless it is held.
        """
        if person and person.is_teacher:
            return cls.select().where(cls.state != State.DRAFT)
        seen = cls.is_live_on(today())
        if person and person.is_employer:
            if not is_open_to(person.employer):
                return cls.select().where(cls.employer == person.employer_id)
            seen |= cls.employer == person.employer_id
        if person and person.is_student:
            seen |= cls.id.in_(_applied_to(person)) & cls.held_at.is_null()
        return cls.select().where(seen)

    # -- where and with whom a student works
    withheld = False  # it was taken out of this one in memory

    def for_reader(self, person: Person | None) -> "Posting":
        """As this person may read it: where and with whom is for the school and for its own employer alone."""
        if person is None or (person.is_employer and person.employer_id != self.employer_id):
            self.location = self.address = self.times = self.getting_there = ""
            self.supervisor = self.sessions = None
            self.withheld = True
        return self


def is_open_to(employer: Employer) -> bool:
    """Whether this employer's people read the board: once checked, or when it is open to everybody."""
    if employer.is_verified:
        return True
    return School.select().where(School.open_to_visitors).exists()


def _applied_to(student: Person):
    """Postings a student has sent an application to. The table is named, not imported: it lies further on."""
    return SQL("(SELECT posting_id FROM application WHERE student_id = ? AND state <> 'draft')", [student.id])


class PostingHelper(Table):
    """Somebody of the employer who hears of this posting as well as its contact."""

    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="helpers")
    person = ForeignKeyField(Person, on_delete="CASCADE")
    created_at = Moment()

    class Meta:
        indexes = [(("posting", "person"), True)]


class PostingSkill(Table):
    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="skills")
    skill = ForeignKeyField(Skill, on_delete="RESTRICT", backref="postings")
    need = CharField(4, default=Need.MUST)
    position = IntegerField(default=0)

    class Meta:
        indexes = [(("posting", "skill"), True)]
        constraints = [one_of("need", Need)]


class Milestone(Table):
    """A part of the work that is shown early."""

    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="milestones")
    position = IntegerField()
    title = CharField(200)
    week = IntegerField(null=True)  # by the end of this week of the project

    class Meta:
        indexes = [(("posting", "position"), True)]
        constraints = [Check("length(title) > 0"), Check(f"week BETWEEN {WEEKS[0]} AND {WEEKS[1]}")]


class Question(Table):
    """What an employer asks everybody who applies."""

    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="questions")
    position = IntegerField()
    words = CharField(300)

    class Meta:
        indexes = [(("posting", "position"), True)]
        constraints = [Check("length(words) > 0"), Check(f"position BETWEEN 1 AND {QUESTIONS}")]


class RevisionState(Labelled):
    PROPOSED = "proposed", N_("Waiting for a teacher")
    APPROVED = "approved", N_("Approved")
    RETURNED = "returned", N_("Returned")
    TAKEN_BACK = "taken_back", N_("Taken back")


class Revision(Table):
    """The whole text of a posting at one moment: as it was approved, or as its employer would have it."""

    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="revisions")
    state = CharField(12, default=RevisionState.PROPOSED)
    content = TextField()  # JSON, see content.py
    author = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    created_at = Moment()

    class Meta:
        indexes = [(("posting", "state"), False)]
        constraints = [one_of("state", RevisionState)]

    @property
    def state_label(self) -> str:
        return RevisionState(self.state).label

    @property
    def values(self) -> dict:
        return json.loads(self.content)


Revision.add_index(Revision.posting, unique=True, where=SQL("state = 'proposed'"), name="revision_one_proposed")


class Section(Labelled):
    """The parts of the posting page that a teacher's words can stand beside."""

    BASICS = "basics", N_("The basics")
    WORK = "work", N_("The work")
    SKILLS = "skills", N_("Skills")
    TIME = "time", N_("Time")
    PAY = "pay", N_("Pay")
    PLACE = "place", N_("Place")
    WHO = "who", N_("Who may apply")
    DATES = "dates", N_("Dates")


class Comment(Table):
    """Words between teachers and employer about a posting; with a section, a change asked for."""

    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="comments")
    author = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    section = CharField(10, null=True)
    words = TextField()
    created_at = Moment()

    class Meta:
        indexes = [(("posting", "created_at"), False)]
        constraints = [one_of("section", Section, null=True), Check("length(words) > 0")]


class Viewing(Table):
    """Which teacher has a posting open on the desk, so that two do not read the same one."""

    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="viewings")
    person = ForeignKeyField(Person, on_delete="CASCADE")
    seen_at = Moment()

    class Meta:
        indexes = [(("posting", "person"), True)]


class Saved(Table):
    """A project a student keeps for later."""

    student = ForeignKeyField(Person, on_delete="CASCADE", backref="saved")
    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="saved_by")
    created_at = Moment()

    class Meta:
        indexes = [(("student", "posting"), True)]


class SavedSearch(Table):
    """A search a student keeps, and hears of when a project comes that it finds."""

    student = ForeignKeyField(Person, on_delete="CASCADE", backref="saved_searches")
    asked = TextField()  # its part of an address: "q=poster&place=remote"; see searches.py
    checked_step = IntegerField(default=0)  # the last Step that opened a project and has been looked at
    noticed_on = DateField(null=True)  # the last day its student was told
    created_at = Moment()

    class Meta:
        indexes = [(("student", "asked"), True)]
        constraints = [Check("length(asked) > 0")]


class Finding(Table):
    """A project that came after a search was saved, and that it finds."""

    search = ForeignKeyField(SavedSearch, on_delete="CASCADE", backref="findings")
    posting = ForeignKeyField(Posting, on_delete="CASCADE")
    looked = BooleanField(default=False)  # its student has opened the search since
    told = BooleanField(default=False)  # a notice has counted it
    created_at = Moment()

    class Meta:
        indexes = [(("search", "posting"), True)]


class IndexRepair(Table):
    """Postings whose place in the search index may be out of date: searched from here until it is not."""

    posting_id = IntegerField(primary_key=True)
    mark = CharField(16)  # another one at every change, so that an older repair does not strike out a newer one
    created_at = Moment()


def count_by_state(query) -> dict[str, int]:
    """How many postings of a query stand in each state."""
    rows = query.select(Posting.state, fn.COUNT(Posting.id)).group_by(Posting.state).tuples()
    return dict(rows)
