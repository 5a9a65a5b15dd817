"""Employers and the worksite supervisors they name."""

from peewee import CharField, Check, DateField, ForeignKeyField, TextField

from board.db import Moment, Table, one_of
from board.people.model import Person
from board.words import N_, Labelled


class State(Labelled):
    UNVERIFIED = "unverified", N_("Not yet checked")
    VERIFIED = "verified", N_("Checked by the school")
    REFUSED = "refused", N_("Refused")
    LAPSED = "lapsed", N_("Check has lapsed")
    SUSPENDED = "suspended", N_("Suspended")


class Size(Labelled):
    ONE = "1", N_("Just one person")
    FEW = "2-10", N_("2 to 10 people")
    SMALL = "11-50", N_("11 to 50 people")
    MIDDLE = "51-250", N_("51 to 250 people")
    LARGE = "251+", N_("More than 250 people")


class Employer(Table):
    """An organisation that posts, of any size."""

    name = CharField(120)
    state = CharField(12, default=State.UNVERIFIED)
    size = CharField(8, null=True)
    place = CharField(120, default="")
    website = CharField(200, default="")
    about = TextField(default="")  # Markdown
    offer = TextField(default="")  # what they said they would offer, when they asked to join
    verified_until = DateField(null=True)
    unconfirmed_at = Moment(null=True)  # joined by the public page then, and nobody has confirmed an address yet
    trusted_at = Moment(
        null=True
    )  # a coordinator said: their small changes need no teacher, where the school allows it
    created_at = Moment()

    class Meta:
        indexes = [(("name",), False)]
        constraints = [one_of("state", State), one_of("size", Size, null=True), Check("length(name) > 0")]

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def size_label(self) -> str:
        return Size(self.size).label if self.size else ""

    @property
    def is_verified(self) -> bool:
        return self.state == State.VERIFIED

    @classmethod
    def arrived(cls):
        """Without those of whom nobody has confirmed a mail address yet."""
        return cls.select().where(cls.unconfirmed_at.is_null())

    @classmethod
    def seen_by(cls, person: Person | None):
        """Staff see all that have arrived; an employer's people their own; everybody those the school has checked."""
        if person and person.is_teacher:
            return cls.arrived()
        seen = cls.state == State.VERIFIED
        if person and person.employer_id:
            seen |= cls.id == person.employer_id
        return cls.select().where(seen)


class Supervisor(Table):
    """The named adult a student works with; vetted as a person, need not have an account."""

    employer = ForeignKeyField(Employer, on_delete="CASCADE", backref="supervisors")
    name = CharField(120)
    title = CharField(80, default="")
    created_at = Moment()

    class Meta:
        indexes = [(("employer", "name"), True)]
        constraints = [Check("length(name) > 0")]


Person.employer.deferred = False  # as in people.model: the constraint belongs to the schema
