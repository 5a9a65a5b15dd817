"""Applications, the evidence and answers in them, and the drafts teachers are asked to read."""

import secrets

from peewee import SQL, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from board.db import Moment, Table, one_of
from board.people.model import Person
from board.postings.model import Posting, Question
from board.school.model import Skill
from board.words import N_, Labelled


class State(Labelled):
    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Sent")
    SHORTLISTED = "shortlisted", N_("Shortlisted")
    OFFERED = "offered", N_("Offered")
    ACCEPTED = "accepted", N_("Accepted")
    TURNED_DOWN = "turned_down", N_("Turned down")
    LAPSED = "lapsed", N_("Offer lapsed")
    TAKEN_BACK = "taken_back", N_("Offer taken back")
    NOT_SELECTED = "not_selected", N_("Not selected")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


ENDED = (State.TURNED_DOWN, State.LAPSED, State.TAKEN_BACK, State.NOT_SELECTED, State.WITHDRAWN)
WAITING = (State.SUBMITTED, State.SHORTLISTED)  # the employer has to answer
LIVE = (State.DRAFT, State.SUBMITTED, State.SHORTLISTED, State.OFFERED, State.ACCEPTED)
SENT = (State.SUBMITTED, State.SHORTLISTED, State.OFFERED, State.ACCEPTED)  # on its way
SEATED = (State.OFFERED, State.ACCEPTED)  # has a seat of the posting, see Application.seated


class Reason(Labelled):
    """Why a student was not selected, in words that are kind and true."""

    EXPERIENCE = "more-experience", N_("Somebody had done something very like this before")
    AVAILABILITY = "availability", N_("The times did not fit")
    CLOSE_CALL = "close-call", N_("It was close: several applications were strong")
    FILLED = "filled", N_("All the places are taken")
    CLOSED = "closed", N_("The employer closed the project before choosing")
    NO_DECISION = "no-decision", N_("The employer did not decide in time")
    OTHER = "other", N_("Another reason")


CHOSEN_BY_EMPLOYER = (Reason.EXPERIENCE, Reason.AVAILABILITY, Reason.CLOSE_CALL, Reason.OTHER)


def new_code() -> str:
    """What an employer calls a student before a teacher has agreed: "3F2A"."""
    return secrets.token_hex(2).upper()


class Application(Table):
    """One student asks to do one posting."""

    posting = ForeignKeyField(Posting, on_delete="RESTRICT", backref="applications")
    student = ForeignKeyField(Person, on_delete="RESTRICT", backref="applications")
    state = CharField(14, default=State.DRAFT)
    code = CharField(4, default=new_code)
    why = TextField(default="")
    seat = IntegerField(null=True)
    answer_by = DateField(null=True)  # an offer's last day
    reason = CharField(20, null=True)  # of "not selected"; words are on the Step
    created_at = Moment()
    updated_at = Moment()
    submitted_at = Moment(null=True)

    match = None  # what became of it (a placement), where a query brings it along; see views.with_match

    class Meta:
        indexes = [(("posting", "code"), True), (("student", "state"), False), (("posting", "state"), False)]
        constraints = [
            one_of("state", State),
            one_of("reason", Reason, null=True),
            Check("length(code) = 4"),
            Check("(state IN ('offered', 'accepted')) = (seat IS NOT NULL)"),
            Check("seat > 0"),
            Check("state <> 'offered' OR answer_by IS NOT NULL"),
            Check("(state = 'not_selected') = (reason IS NOT NULL)"),
            Check("state IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL"),
        ]

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def reason_label(self) -> str:
        return Reason(self.reason).label if self.reason else ""

    @classmethod
    def seen_by(cls, person: Person | None):
        """A student's own; an employer's once they are sent, but of nobody who is not to be shown to them; staff those
        sent, and drafts they are asked to read."""
        if person is None:
            return cls.select().where(SQL("0 = 1"))
        if person.is_student:
            return cls.select().where(cls.student == person)
        sent = cls.submitted_at.is_null(False)
        if person.is_teacher:
            asked = Reading.select(Reading.application).where(Reading.teacher == person)
            return cls.select().where(sent | cls.id.in_(asked))
        own = Posting.select(Posting.id).where(Posting.employer == person.employer_id)
        return cls.select().where(sent & cls.posting.in_(own) & cls.is_shown())

    @classmethod
    def is_shown(cls):
        """The condition for what employers may know of at all."""
        return cls.student.not_in(Person.not_shown_ids())

    @classmethod
    def seated(cls, posting: Posting):
        """Those that take one of a posting's places: offered, or accepted and its match has not fallen through."""
        return cls.select().where(cls.posting == posting, cls.state.in_(SEATED), cls.id.not_in(_fallen_through()))


def _fallen_through():
    """Applications whose match was not agreed, or ended before it began: they stay accepted and keep their number, and
    the place is somebody else's. The table is named, not imported: it lies further on."""
    return SQL(
        "(SELECT application_id FROM placement"
        " WHERE state = 'not_agreed' OR (state = 'ended_early' AND started_at IS NULL))"
    )


Application.add_index(
    Application.posting, Application.student, unique=True, name="application_one_live",
    where=SQL("state IN ('draft', 'submitted', 'shortlisted', 'offered', 'accepted')"),
)  # fmt: skip
# two offers can't take one seat
Application.add_index(
    Application.posting, Application.seat, unique=True, name="application_seat", where=SQL("seat IS NOT NULL")
)


class Answer(Table):
    """An answer to one of the employer's questions, with the question as it read."""

    application = ForeignKeyField(Application, on_delete="CASCADE", backref="answers")
    question = ForeignKeyField(Question, null=True, on_delete="SET NULL")
    position = IntegerField()
    asked = CharField(300)
    words = TextField(default="")

    class Meta:
        indexes = [(("application", "position"), True)]


class EvidenceKind(Labelled):
    CLASS = "class", N_("From a class")
    CLUB = "club", N_("From a club or team")
    JOB = "job", N_("From a job")
    HOME = "home", N_("From home")
    HOBBY = "hobby", N_("From a hobby")


class Evidence(Table):
    """Where a student shows a skill: one sentence."""

    application = ForeignKeyField(Application, on_delete="CASCADE", backref="evidence")
    skill = ForeignKeyField(Skill, on_delete="CASCADE")
    kind = CharField(6, null=True)
    words = CharField(400, default="")

    class Meta:
        indexes = [(("application", "skill"), True)]
        constraints = [one_of("kind", EvidenceKind, null=True)]


class Reading(Table):
    """A student asks a teacher to read a draft first."""

    application = ForeignKeyField(Application, on_delete="CASCADE", backref="readings")
    teacher = ForeignKeyField(Person, on_delete="CASCADE", backref="readings")
    asked_at = Moment()
    answered_at = Moment(null=True)
    words = TextField(default="")


Reading.add_index(Reading.application, unique=True, where=SQL("answered_at IS NULL"), name="reading_one_open")
