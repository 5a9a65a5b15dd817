"""What the review desk remembers: who reads which field, who has taken what, words kept ready, a first teacher's yes, and
decisions that can still be taken back."""

import json

from peewee import CharField, Check, ForeignKeyField, IntegerField, TextField

from board.db import Moment, Table, one_of
from board.people.model import LANGUAGES, Person
from board.postings.model import Posting, Section
from board.school.model import Field


class ReviewField(Table):
    """A field of which a teacher reads the postings; one that nobody has chosen is everybody's."""

    person = ForeignKeyField(Person, on_delete="CASCADE", backref="review_fields")
    field = ForeignKeyField(Field, on_delete="CASCADE")

    class Meta:
        indexes = [(("person", "field"), True)]


class Claim(Table):
    """A teacher has taken a posting; it lapses an hour after they last had it open."""

    posting = ForeignKeyField(Posting, unique=True, on_delete="CASCADE", backref="claims")
    person = ForeignKeyField(Person, on_delete="CASCADE")
    at = Moment()


class Canned(Table):
    """Words kept ready for employers: a teacher's own, or without a person the school's."""

    person = ForeignKeyField(Person, null=True, on_delete="CASCADE", backref="canned")
    section = CharField(10, null=True)  # where it is offered; null: beside every section
    words = TextField()
    language = CharField(2, default="en")
    created_at = Moment()

    class Meta:
        constraints = [
            one_of("section", Section, null=True),
            one_of("language", LANGUAGES),
            Check("length(words) > 0"),
        ]


class Approval(Table):
    """A first teacher's yes where two have to agree; it holds for the text with this mark."""

    posting = ForeignKeyField(Posting, unique=True, on_delete="CASCADE", backref="approvals")
    person = ForeignKeyField(Person, on_delete="CASCADE")
    mark = CharField(40)
    made_at = Moment()

    class Meta:
        constraints = [Check("length(mark) > 0")]


class Decision(Table):
    """What a teacher decided, its Steps from the first to the last, and what was there before."""

    posting = ForeignKeyField(Posting, on_delete="CASCADE", backref="decisions")
    person = ForeignKeyField(Person, on_delete="CASCADE")
    move = CharField(20)
    first_step = IntegerField()
    last_step = IntegerField()
    before = TextField()  # JSON, see deciding.py
    version = IntegerField()  # of the posting once it was decided
    made_at = Moment()
    undone_at = Moment(null=True)

    class Meta:
        indexes = [(("person", "made_at"), False), (("posting", "made_at"), False)]
        constraints = [Check("last_step >= first_step")]

    @property
    def was(self) -> dict:
        return json.loads(self.before)
