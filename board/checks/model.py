"""What was checked, with which rules, and what a teacher judged harmless."""

import json

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from board.checks.results import Stage
from board.db import Moment, Table, one_of
from board.employers.model import Employer
from board.people.model import Person


class Rule(Table):
    """One rule as this school keeps it: changed, or looked up by somebody. What has no row is as it was shipped."""

    key = CharField(40)  # of states.py
    state = CharField(2)  # "": the school's own, whatever its state
    value = TextField()  # JSON
    source = CharField(160, default="")
    address = CharField(300, default="")
    reviewed_on = DateField(null=True)
    reviewed_by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    created_at = Moment()

    class Meta:
        indexes = [(("state", "key"), True)]


class Checked(Table):
    """One run of the checks over one thing at one stage: its evidence. JSON holds no name and no birth date."""

    noun = CharField(20)
    noun_id = IntegerField()
    stage = CharField(8)
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")  # who asked; null: the board itself
    rules = CharField(40)  # the version of the rule set
    inputs = TextField()  # JSON: what was looked at
    results = TextField()  # JSON: what was found
    blocking = IntegerField(default=0)  # how many stood in the way
    at = Moment()

    class Meta:
        indexes = [(("noun", "noun_id", "stage"), False)]
        constraints = [one_of("stage", Stage), Check("blocking >= 0")]

    @property
    def found(self) -> list[dict]:
        return json.loads(self.results)

    @classmethod
    def last(cls, noun: str, noun_id: int, *stages: str) -> "Checked | None":
        """The last run over a thing, of one of these stages."""
        query = cls.select().where(cls.noun == noun, cls.noun_id == noun_id)
        if stages:
            query = query.where(cls.stage.in_([str(stage) for stage in stages]))
        return query.order_by(cls.id.desc()).first()


class Harmless(Table):
    """A teacher judged a hit harmless for this employer, and why: a bakery always says "bake"."""

    employer = ForeignKeyField(Employer, on_delete="CASCADE", backref="harmless")
    mark = CharField(80)  # of the Result
    reason = CharField(400)
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    posting_id = IntegerField(null=True)  # where it was judged first
    once = IntegerField(default=0)  # 1: for that posting alone
    created_at = Moment()

    class Meta:
        indexes = [(("employer", "mark"), False)]
        constraints = [Check("length(mark) > 0 AND length(reason) > 0")]


def harmless_for(employer: Employer):
    """What is remembered for an employer, with who said it, the newest first."""
    query = Harmless.select(Harmless, Person).left_outer_join(Person)
    return query.where(Harmless.employer == employer, Harmless.once == 0).order_by(Harmless.id.desc())
