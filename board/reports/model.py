"""Reports that something is wrong with a posting, a thread or an application."""

from peewee import SQL, CharField, Check, ForeignKeyField, IntegerField, TextField

from board.db import Moment, Table, one_of
from board.people.model import Person
from board.postings.model import Posting
from board.words import N_, Labelled


class State(Labelled):
    OPEN = "open", N_("To look at")
    SETTLED = "settled", N_("Settled")


class About(Labelled):
    POSTING = "posting", N_("A project")
    THREAD = "thread", N_("A conversation")
    APPLICATION = "application", N_("An application")


class Report(Table):
    """One person's words; only coordinators read them."""

    about = CharField(12)
    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="reports")
    application_id = IntegerField(null=True)
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="reports")
    words = TextField()
    state = CharField(8, default=State.OPEN)
    created_at = Moment()

    class Meta:
        constraints = [
            one_of("about", About),
            one_of("state", State),
            Check("length(words) > 0"),
            Check("(about = 'application') = (application_id IS NOT NULL)"),
        ]

    @classmethod
    def seen_by(cls, person: Person | None):
        return cls.select() if person and person.is_coordinator else cls.select().where(SQL("0 = 1"))
