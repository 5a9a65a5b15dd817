"""Placements. An accepted application becomes one, proposed until a teacher agrees."""

from peewee import CharField, ForeignKeyField

from board.applications.model import Application
from board.db import Moment, Table, one_of
from board.words import N_, Labelled


class State(Labelled):
    PROPOSED = "proposed", N_("Waiting for a teacher to agree")
    AGREED = "agreed", N_("Agreed")
    NOT_AGREED = "not_agreed", N_("Not agreed")
    ACTIVE = "active", N_("Under way")
    DELIVERED = "delivered", N_("Handed in")
    COMPLETED = "completed", N_("Completed")
    ENDED_EARLY = "ended_early", N_("Ended early")


class Placement(Table):
    """One student does one posting."""

    application = ForeignKeyField(Application, unique=True, on_delete="RESTRICT", backref="placements")
    state = CharField(12, default=State.PROPOSED)
    held_at = Moment(null=True)
    created_at = Moment()

    class Meta:
        constraints = [one_of("state", State)]
