"""What was shown to whom, who opened whose record, what somebody says is wrong, and who was erased."""

from peewee import SQL, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from board.applications.model import Application
from board.db import Moment, Table, one_of
from board.employers.model import Employer
from board.people.model import Person
from board.placements.model import Placement
from board.words import N_, Labelled

WORDS = 2000  # characters of a request and of its answer


class What(Labelled):
    """What of a student was shown."""

    APPLICATION = "application", N_("Application: grade band, skills, reasons and answers, under a code")
    FIRST_NAME = "first_name", N_("First name")
    CONTACT = "contact", N_("School e-mail address")
    EXPERIENCE = "experience", N_("Public page of an experience")
    PORTFOLIO = "portfolio", N_("Public portfolio")


class Word(Labelled):
    """On whose word it was shown (34 CFR 99.30, 99.32)."""

    STUDENT = "student", N_("the student sent or shared it")
    TEACHER = "teacher", N_("a teacher agreed to the match")
    GUARDIAN = "guardian", N_("a parent or guardian said yes")
    ADULT = "adult", N_("the student is 18, and the match was agreed")
    SCHOOL = "school", N_("the school, without a parent or guardian; a teacher agreed")


class Disclosure(Table):
    """One thing of a student that was shown to an employer, or (no employer) to whoever has a link: when, on whose word.

    The fields of 34 CFR 99.32: what, to whom, for which legitimate interest (the project), when.
    """

    student = ForeignKeyField(Person, on_delete="CASCADE", backref="disclosures")
    employer = ForeignKeyField(Employer, null=True, on_delete="SET NULL")
    application = ForeignKeyField(Application, null=True, on_delete="CASCADE")
    placement = ForeignKeyField(Placement, null=True, on_delete="CASCADE")
    what = CharField(12)
    word = CharField(8)
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")  # whose move it was
    at = Moment()

    class Meta:
        indexes = [(("student", "at"), False), (("employer", "at"), False)]
        constraints = [one_of("what", What), one_of("word", Word)]


Disclosure.add_index(
    Disclosure.application,
    Disclosure.what,
    unique=True,
    where=SQL("what = 'application'"),
    name="disclosure_application",
)
Disclosure.add_index(
    Disclosure.placement, Disclosure.what, unique=True, where=SQL("what = 'first_name'"), name="disclosure_first_name"
)


class Access(Table):
    """Somebody of the school opened the record of a student whom they do not look after: one row a day."""

    staff = ForeignKeyField(Person, on_delete="CASCADE", backref="accesses")
    student = ForeignKeyField(Person, on_delete="CASCADE", backref="accessed")
    page = CharField(20)  # the first they opened that day
    day = DateField()  # at the school
    at = Moment()

    class Meta:
        indexes = [(("staff", "student", "day"), True), (("student", "at"), False)]


class CorrectionState(Labelled):
    OPEN = "open", N_("Waiting for an answer")
    CORRECTED = "corrected", N_("Corrected")
    DECLINED = "declined", N_("Left as it is")


class Correction(Table):
    """Somebody says that something the board holds of them is wrong, and what the school answered."""

    person = ForeignKeyField(Person, on_delete="CASCADE", backref="corrections")
    state = CharField(10, default=CorrectionState.OPEN)
    words = CharField(WORDS)
    answer = TextField(default="")
    answered_by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    answered_at = Moment(null=True)
    created_at = Moment()

    class Meta:
        indexes = [(("state", "created_at"), False)]
        constraints = [
            one_of("state", CorrectionState),
            Check("length(words) > 0"),
            Check("(state = 'open') = (answered_at IS NULL)"),
        ]

    @property
    def state_label(self) -> str:
        return CorrectionState(self.state).label

    @classmethod
    def seen_by(cls, person: Person | None):
        """One's own; coordinators see all."""
        if person and person.is_coordinator:
            return cls.select()
        return cls.select().where(cls.person == (person.id if person else None))

    @classmethod
    def open(cls):
        return cls.select().where(cls.state == CorrectionState.OPEN)


class Erasure(Table):
    """Somebody was erased: the row of their account stays without anything of them. `cleaned_at`: no file of the board
    holds a byte of them any more."""

    person = ForeignKeyField(Person, unique=True, on_delete="CASCADE", backref="erasures")
    by = ForeignKeyField(Person, null=True, on_delete="SET NULL")  # null: the school's own times
    at = Moment()
    cleaned_at = Moment(null=True)
    rows = IntegerField(default=0)  # that were deleted or emptied
    in_index = BooleanField(default=False)  # the search index may hold words of theirs

    class Meta:
        constraints = [Check("rows >= 0")]


class HomeErasure(Table):
    """A parent or guardian was erased: one row for each child they were written down for."""

    guardian_id = IntegerField(unique=True)  # the row stays without anything of them, until the student is erased
    student = ForeignKeyField(Person, on_delete="CASCADE", backref="home_erasures")
    by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    at = Moment()
    cleaned_at = Moment(null=True)
    rows = IntegerField(default=0)  # that were deleted or emptied

    class Meta:
        constraints = [Check("rows >= 0")]
