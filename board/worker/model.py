"""What the worker has done: one row for each job of the timetable, its runs that did something, and a sign of life."""

import json

from peewee import CharField, Check, IntegerField, TextField

from board.db import Moment, Table


class JobState(Table):
    """How a job of the timetable stands. While it runs, `ended_at` is empty."""

    name = CharField(20, unique=True)
    known_at = Moment()  # since when it is in the timetable
    began_at = Moment(null=True)  # the last run, however it ended
    ended_at = Moment(null=True)
    done_at = Moment(null=True)  # when the last run that went well began
    wanted_at = Moment(null=True)  # somebody asked for a run
    retry_at = Moment(null=True)  # after a run that failed
    failures = IntegerField(default=0)  # in a row
    milliseconds = IntegerField(default=0)
    did = TextField(default="")  # JSON: how many of what
    problem = TextField(default="")  # a marked sentence
    facts = TextField(default="")  # JSON: what goes into it
    detail = TextField(default="")  # for whoever mends it: the error as Python tells it

    class Meta:
        constraints = [Check("length(name) > 0"), Check("failures >= 0")]

    @property
    def is_running(self) -> bool:
        return self.began_at is not None and self.ended_at is None


class JobRun(Table):
    """A run that did something, or failed. Idle ones leave no trace but their JobState."""

    name = CharField(20)
    began_at = Moment()
    milliseconds = IntegerField(default=0)
    did = TextField(default="")
    problem = TextField(default="")
    facts = TextField(default="")
    detail = TextField(default="")

    class Meta:
        indexes = [(("name", "began_at"), False)]


class Heartbeat(Table):
    """When the worker was last heard of: one row."""

    started_at = Moment()
    beat_at = Moment()

    class Meta:
        constraints = [Check("id = 1")]


def counts(row: JobState | JobRun) -> dict[str, int]:
    """How many of what a run did: {"notices": 3}. What did not happen is left out."""
    return json.loads(row.did) if row.did else {}


def facts(row: JobState | JobRun) -> dict:
    """What goes into the sentence of its problem."""
    return json.loads(row.facts) if row.facts else {}
