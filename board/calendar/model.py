"""The secret address of somebody's calendar."""

from peewee import CharField, Check, ForeignKeyField

from board.db import Moment, Table
from board.people.model import Person


class CalendarAddress(Table):
    """Kept as a hash; a new one takes the place of the old."""

    person = ForeignKeyField(Person, unique=True, on_delete="CASCADE", backref="calendar_addresses")
    secret_hash = CharField(64, unique=True)
    created_at = Moment()

    class Meta:
        constraints = [Check("length(secret_hash) = 64")]
