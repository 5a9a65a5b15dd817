"""What students suggest."""

from peewee import CharField, Check, ForeignKeyField, IntegerField, TextField

from board.db import Moment, Table, one_of
from board.employers.model import Employer
from board.people.model import Person
from board.postings.model import HOURS, TITLE, Posting
from board.words import N_, Labelled


class State(Labelled):
    WAITING = "waiting", N_("Waiting for an answer")
    INVITED = "invited", N_("Passed on")
    DECLINED = "declined", N_("Not this time")
    TAKEN_BACK = "taken_back", N_("Taken back")


class Suggestion(Table):
    """An employer a student names; with a title, also a project that the student pitches to them.

    What is pitched becomes that employer's draft. `why` and `known` are for the coordinator alone.
    """

    student = ForeignKeyField(Person, on_delete="CASCADE", backref="suggestions")
    state = CharField(10, default=State.WAITING)
    organization = CharField(120)
    place = CharField(120)
    why = TextField()
    known = TextField(default="")  # how the student knows them
    title = CharField(TITLE, default="")
    make = TextField(default="")  # what the student would make
    hours = IntegerField(null=True)
    employer = ForeignKeyField(Employer, null=True, on_delete="RESTRICT", backref="suggestions")  # whom it went to
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")  # who was invited for it
    posting = ForeignKeyField(Posting, null=True, on_delete="SET NULL")  # the draft that was made of the pitch
    created_at = Moment()

    class Meta:
        indexes = [(("state", "created_at"), False), (("student", "state"), False)]
        constraints = [
            one_of("state", State),
            Check("length(organization) > 0 AND length(why) > 0"),
            Check("(length(title) > 0) = (length(make) > 0)"),
            Check(f"hours BETWEEN {HOURS[0]} AND {HOURS[1]}"),
            Check("state <> 'invited' OR employer_id IS NOT NULL"),
        ]

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def has_pitch(self) -> bool:
        return bool(self.title)

    @classmethod
    def seen_by(cls, person: Person | None):
        """A student's own; coordinators see all; nobody else any."""
        if person and person.is_coordinator:
            return cls.select()
        return cls.select().where(cls.student == (person.id if person and person.is_student else None))

    @classmethod
    def waiting(cls):
        return cls.select().where(cls.state == State.WAITING)
