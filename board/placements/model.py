"""Placements: the match of one student with one project, its plan, hours, hand-ins, messages, pay and feedback."""

from peewee import SQL, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from board.applications.model import Application
from board.db import Moment, Table, one_of
from board.employers.model import Supervisor
from board.guardians.model import is_minor as is_minor
from board.people.model import Person
from board.postings.model import Posting
from board.school.model import Skill
from board.words import N_, Labelled

SMALL_HOURS = 10  # a project of fewer hours has one milestone, one hours entry and no check-ins
CHECK_IN_WEEKS = 2  # longer projects have check-ins
TITLE, WORDS, NAME = 200, 4000, 160  # characters
ENTRY_MINUTES = (5, 24 * 60)


class State(Labelled):
    PROPOSED = "proposed", N_("Waiting for a teacher to agree")
    AGREED = "agreed", N_("Agreed")
    NOT_AGREED = "not_agreed", N_("Not agreed")
    ACTIVE = "active", N_("Under way")
    DELIVERED = "delivered", N_("Handed in")
    COMPLETED = "completed", N_("Completed")
    ENDED_EARLY = "ended_early", N_("Ended early")


OPEN = (State.PROPOSED, State.AGREED, State.ACTIVE, State.DELIVERED)  # somebody still has something to do
BEFORE_START = (State.PROPOSED, State.AGREED)
RUNNING = (State.ACTIVE, State.DELIVERED)
ENDED = (State.NOT_AGREED, State.COMPLETED, State.ENDED_EARLY)


class EndReason(Labelled):
    """Why a placement ended early: without blame."""

    TIME = "time", N_("There was not enough time")
    PLANS = "plans", N_("Plans changed")
    FIT = "fit", N_("It was not the right fit")
    SILENT = "silent", N_("We lost touch")
    OTHER = "other", N_("Another reason")


class Placement(Table):
    """One student does one posting. Hours and pay are those agreed when the student said yes; pay in US cents."""

    application = ForeignKeyField(Application, unique=True, on_delete="RESTRICT", backref="placements")
    state = CharField(12, default=State.PROPOSED)
    held_at = Moment(null=True)  # on hold: no move but ending until a coordinator lifts it
    hours = IntegerField(null=True)  # estimated
    pay_cents = IntegerField(null=True)
    starts_on = DateField(null=True)
    due_on = DateField(null=True)
    lead = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="led")  # the teacher who looks after it
    cover = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="covered")  # while the lead is away
    supervisor = ForeignKeyField(Supervisor, null=True, on_delete="SET NULL", backref="placements")
    agreed_at = Moment(null=True)  # from then on the employer knows the student's first name
    started_at = Moment(null=True)
    ended_at = Moment(null=True)
    end_reason = CharField(8, null=True)
    own_goal_minutes = IntegerField(null=True)  # how many hours the student wants to reach
    created_at = Moment()

    class Meta:
        indexes = [(("state", "due_on"), False), (("lead", "state"), False)]
        constraints = [
            one_of("state", State),
            one_of("end_reason", EndReason, null=True),
            Check("due_on >= starts_on"),
            Check("hours > 0 AND pay_cents > 0 AND own_goal_minutes > 0"),
            Check("state IN ('proposed', 'not_agreed', 'ended_early') OR agreed_at IS NOT NULL"),
            Check("state NOT IN ('active', 'delivered', 'completed') OR started_at IS NOT NULL"),
            Check("(state IN ('not_agreed', 'completed', 'ended_early')) = (ended_at IS NOT NULL)"),
            Check("end_reason IS NULL OR state = 'ended_early'"),
        ]

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def end_label(self) -> str:
        return EndReason(self.end_reason).label if self.end_reason else ""

    @property
    def student(self) -> Person:
        return self.application.student

    @property
    def posting(self) -> Posting:
        return self.application.posting

    @property
    def is_small(self) -> bool:
        """Few hours: one milestone, one hours entry, one closing page."""
        return (self.hours or 0) < SMALL_HOURS

    @classmethod
    def seen_by(cls, person: Person | None):
        """The student's own, those of an employer's postings but of nobody who is not to be shown, and for staff all."""
        if person is None:
            return cls.select().where(SQL("0 = 1"))
        if person.is_teacher:
            return cls.select()
        applied = Application.select(Application.id)
        if person.is_student:
            return cls.select().where(cls.application.in_(applied.where(Application.student == person.id)))
        own = Posting.select(Posting.id).where(Posting.employer == person.employer_id)
        return cls.select().where(
            cls.application.in_(applied.where(Application.posting.in_(own), Application.is_shown()))
        )


# -- before the start


class About(Labelled):
    """What a parent or guardian says yes to. To the match itself they answer elsewhere, see guardians."""

    MATCH = "match", N_("This project, and that contact is shared with the employer")
    SHARING = "sharing", N_("A public page that verifies the experience")


class GuardianYes(Table):
    """A parent or guardian of a student under 18 has said yes to a public page: a signature on paper that somebody at
    school has seen."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="guardian_yeses")
    about = CharField(8, default=About.SHARING)
    signed_on = DateField()
    recorded_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="yeses_recorded")
    created_at = Moment()
    withdrawn_at = Moment(null=True)

    class Meta:
        constraints = [one_of("about", About)]


GuardianYes.add_index(
    GuardianYes.placement, GuardianYes.about, unique=True, where=SQL("withdrawn_at IS NULL"), name="guardian_yes_live"
)


class WorkerKind(Labelled):
    """How the employer takes the student on; the employer says, the board never decides."""

    EMPLOYEE = "employee", N_("As an employee: tax forms (W-4 and I-9) before the first day")
    CONTRACTOR = "contractor", N_("As an independent contractor: a form W-9, and a 1099 where the law asks for it")


class Agreement(Table):
    """The training agreement of one placement. A new version asks for new signatures."""

    placement = ForeignKeyField(Placement, unique=True, on_delete="CASCADE", backref="agreements")
    version = IntegerField(default=1)
    what = TextField(default="")  # the student does and hands over: as it is signed, the posting may change
    place = CharField(300, default="")  # where the work is done
    times = CharField(300, default="")
    pay_by = DateField(null=True)
    pay_how = CharField(300, default="")
    call = CharField(300, default="")  # whom to call at work, with a number
    worker_kind = CharField(10, null=True)
    permit_needed = BooleanField(default=False)
    permit_number = CharField(40, default="")
    permit_on = DateField(null=True)
    insurance = CharField(300, default="")
    updated_at = Moment()

    class Meta:
        constraints = [one_of("worker_kind", WorkerKind, null=True), Check("version > 0")]

    @property
    def worker_label(self) -> str:
        return WorkerKind(self.worker_kind).label if self.worker_kind else ""


class Party(Labelled):
    STUDENT = "student", N_("Student")
    EMPLOYER = "employer", N_("Employer")
    TEACHER = "teacher", N_("Teacher")
    GUARDIAN = "guardian", N_("Parent or guardian")


class Signature(Table):
    """One party has signed one version of the training agreement, on its page or on paper that somebody has seen."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="signatures")
    party = CharField(8)
    version = IntegerField()
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="signatures")  # null: on paper
    recorded_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="papers_seen")
    signed_on = DateField()
    created_at = Moment()

    class Meta:
        indexes = [(("placement", "party", "version"), True)]
        constraints = [one_of("party", Party)]


class PlacementMilestone(Table):
    """A part of the work that is shown early: done by the student, accepted by the employer."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="milestones")
    position = IntegerField()
    title = CharField(TITLE)
    due_on = DateField(null=True)
    done_at = Moment(null=True)
    accepted_at = Moment(null=True)

    class Meta:
        indexes = [(("placement", "position"), True)]
        constraints = [Check("length(title) > 0"), Check("accepted_at IS NULL OR done_at IS NOT NULL")]


# -- while it runs


class HoursState(Labelled):
    LOGGED = "logged", N_("To confirm")
    CONFIRMED = "confirmed", N_("Confirmed")
    QUERIED = "queried", N_("Asked about")


class HoursEntry(Table):
    """Time a student worked on one day, from-to ("HH:MM") or as a length."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="entries")
    state = CharField(9, default=HoursState.LOGGED)
    worked_on = DateField()
    starts_at = CharField(5, null=True)
    ends_at = CharField(5, null=True)
    minutes = IntegerField()
    did = CharField(500)
    skill = ForeignKeyField(Skill, null=True, on_delete="SET NULL")
    query = TextField(default="")  # what the employer asks about it
    confirmed_at = Moment(null=True)
    confirmed_by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    created_at = Moment()

    class Meta:
        indexes = [(("placement", "worked_on"), False)]
        constraints = [
            one_of("state", HoursState),
            Check(f"minutes BETWEEN {ENTRY_MINUTES[0]} AND {ENTRY_MINUTES[1]}"),
            Check("(starts_at IS NULL) = (ends_at IS NULL)"),
            Check("(state = 'confirmed') = (confirmed_at IS NOT NULL)"),
            Check("length(did) > 0"),
        ]


class CheckIn(Table):
    """On longer projects each side says every week whether all is well."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="check_ins")
    due_on = DateField()
    party = CharField(8)
    well = BooleanField(null=True)  # null: not answered; False: they need help
    words = TextField(default="")
    answered_at = Moment(null=True)
    settled_at = Moment(null=True)  # a teacher has looked after a call for help

    class Meta:
        indexes = [(("placement", "due_on", "party"), True)]
        constraints = [
            Check("party IN ('student', 'employer')"),
            Check("(well IS NULL) = (answered_at IS NULL)"),
        ]


class Delivery(Table):
    """What the student handed in, version by version."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="deliveries")
    number = IntegerField()
    words = TextField(default="")
    delivered_at = Moment()
    accepted = BooleanField(null=True)  # null: not answered; False: sent back
    answer = TextField(default="")
    answered_at = Moment(null=True)
    answered_by = ForeignKeyField(Person, null=True, on_delete="SET NULL")

    class Meta:
        indexes = [(("placement", "number"), True)]
        constraints = [Check("number > 0"), Check("(accepted IS NULL) = (answered_at IS NULL)")]


class Attachment(Table):
    """A file or a link of a placement: kept loose until it is handed in with a delivery."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="attachments")
    delivery = ForeignKeyField(Delivery, null=True, on_delete="CASCADE", backref="attachments")
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    name = CharField(NAME)  # the file's own name, or what the link is called
    address = CharField(1000, default="")  # of a link
    stored = CharField(64, null=True, unique=True)  # random name of a file on disk
    kind = CharField(100, default="")  # its media type, by content
    size = IntegerField(default=0)  # bytes
    digest = CharField(64, default="")  # SHA-256
    created_at = Moment()

    class Meta:
        constraints = [Check("length(name) > 0"), Check("(stored IS NULL) = (length(address) > 0)"), Check("size >= 0")]


class Message(Table):
    """Words in the one thread of a placement; the lead teacher reads all of them."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="messages")
    writer = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="messages")
    words = TextField()
    created_at = Moment()
    held_at = Moment(null=True)  # it holds a way to be reached: waits until a teacher has looked
    passed_at = Moment(null=True)
    stopped_at = Moment(null=True)
    decided_by = ForeignKeyField(Person, null=True, on_delete="SET NULL")

    class Meta:
        indexes = [(("placement", "id"), False)]
        constraints = [
            Check("length(words) > 0"),
            Check("passed_at IS NULL OR stopped_at IS NULL"),
            Check("held_at IS NOT NULL OR (passed_at IS NULL AND stopped_at IS NULL)"),
        ]

    @property
    def state(self) -> str:
        """sent, or held until a teacher has looked, then passed or stopped."""
        if self.held_at is None:
            return "sent"
        return "passed" if self.passed_at else "stopped" if self.stopped_at else "held"


class MessageRead(Table):
    """How far somebody has read a thread: the number of the last message."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="readers")
    person = ForeignKeyField(Person, on_delete="CASCADE")
    upto = IntegerField()

    class Meta:
        indexes = [(("placement", "person"), True)]


# -- at the end


class Payment(Table):
    """What is owed, and what each side says of it. The board moves no money."""

    placement = ForeignKeyField(Placement, unique=True, on_delete="CASCADE", backref="payments")
    cents = IntegerField()
    due_on = DateField(null=True)
    how = CharField(300, default="")
    why = TextField(default="")  # why the sum is another than agreed
    paid_on = DateField(null=True)  # says the employer
    received_on = DateField(null=True)  # says the student
    created_at = Moment()

    class Meta:
        constraints = [Check("cents >= 0")]


SCALE = (1, 4)


def scales(*columns: str) -> list[Check]:
    return [Check(f"{column} BETWEEN {SCALE[0]} AND {SCALE[1]}") for column in columns]


class EmployerFeedback(Table):
    """How the work was, from the employer: five things on a scale of four, and words the student may quote."""

    placement = ForeignKeyField(Placement, unique=True, on_delete="CASCADE", backref="employer_feedback")
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    quality = IntegerField(null=True)
    reliability = IntegerField(null=True)
    communication = IntegerField(null=True)
    independence = IntegerField(null=True)
    learning = IntegerField(null=True)
    quote = CharField(600, default="")
    may_name_reference = BooleanField(default=False)
    given_at = Moment()

    class Meta:
        constraints = scales("quality", "reliability", "communication", "independence", "learning")


class SkillRating(Table):
    """How well a skill of the project was shown."""

    placement = ForeignKeyField(Placement, on_delete="CASCADE", backref="skill_ratings")
    skill = ForeignKeyField(Skill, on_delete="CASCADE")
    level = IntegerField()
    words = CharField(300, default="")

    class Meta:
        indexes = [(("placement", "skill"), True)]
        constraints = scales("level")


class StudentFeedback(Table):
    """How the employer was, from the student, and what they learned."""

    placement = ForeignKeyField(Placement, unique=True, on_delete="CASCADE", backref="student_feedback")
    clear_task = IntegerField()
    answers = IntegerField()
    respect = IntegerField()
    learning = IntegerField()
    again = IntegerField()
    reflection = TextField(default="")
    given_at = Moment()

    class Meta:
        constraints = scales("clear_task", "answers", "respect", "learning", "again")
