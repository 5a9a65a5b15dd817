"""Letters, what each of them tells, what people want to hear by mail, and what the school has set for all mail."""

import json

from peewee import CharField, Check, ForeignKeyField, IntegerField, TextField

from board.db import Moment, Table, now, one_of
from board.notices import Notice
from board.people.model import LANGUAGES, Person
from board.words import N_, Labelled

QUIET_HOURS = (21, 7)  # from, to: hours of the day at the school


class State(Labelled):
    WAITING = "waiting", N_("Waits")
    SENDING = "sending", N_("On its way")
    SENT = "sent", N_("Sent")
    FAILED = "failed", N_("Could not be delivered")
    DROPPED = "dropped", N_("No longer needed")


class Pace(Labelled):
    """How soon somebody hears of something by mail."""

    AT_ONCE = "at-once", N_("At once")
    DAILY = "daily", N_("Once a day, in the morning")
    WEEKLY = "weekly", N_("Once a week, on Monday")
    OFF = "off", N_("Not by mail")


GATHERED = (Pace.DAILY, Pace.WEEKLY)


class Mail(Table):
    """One letter to one address. It is drawn when it is sent; until then it holds no words, only what they need."""

    person = ForeignKeyField(Person, null=True, on_delete="CASCADE", backref="mail")
    address = CharField(254)
    letter = CharField(40)  # the template
    content = TextField(default="")  # JSON: what the template needs; may hold a secret, so emptied once it is sent
    language = CharField(2, default="en")
    thread = CharField(80, default="")  # what it is about, as in "posting-12": mail programs keep these together
    kind = CharField(20, default="")  # what turns it off: a kind of notice or a pace; empty: it cannot be
    state = CharField(12, default=State.WAITING)
    tries = IntegerField(default=0)  # also the token of whoever has claimed it
    next_at = Moment()  # waiting: not before; sending: whoever claimed it is dead by then
    message_id = CharField(200, unique=True)  # the same on each try, so that a second copy can be told
    error = TextField(default="")  # why it has not gone yet, in the server's words
    made_at = Moment()
    sent_at = Moment(null=True)

    class Meta:
        indexes = [(("state", "letter", "next_at"), False), (("address",), False)]
        constraints = [
            one_of("state", State),
            one_of("language", LANGUAGES),
            Check("length(address) > 0"),
            Check("length(message_id) > 0"),
            Check("tries >= 0"),
            Check("(state = 'sent') = (sent_at IS NOT NULL)"),
        ]

    @property
    def values(self) -> dict:
        return json.loads(self.content) if self.content else {}

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @classmethod
    def due(cls):
        """What should be on its way now, and what somebody claimed who has died since."""
        return cls.select().where(cls.state.in_((State.WAITING, State.SENDING)), cls.next_at <= now())

    @classmethod
    def failed(cls):
        return cls.select().where(cls.state == State.FAILED)


class MailNotice(Table):
    """A notice that goes out by mail, once: in the letter named, or in the digest that is made next."""

    notice = ForeignKeyField(Notice, unique=True, on_delete="CASCADE")
    person = ForeignKeyField(Person, on_delete="CASCADE")
    kind = CharField(20)
    pace = CharField(10)
    mail = ForeignKeyField(Mail, null=True, on_delete="CASCADE", backref="notices")
    made_at = Moment()

    class Meta:
        indexes = [(("mail", "pace", "made_at"), False)]
        constraints = [Check("length(kind) > 0"), one_of("pace", [pace for pace in Pace if pace != Pace.OFF])]


class MailChoice(Table):
    """What somebody has chosen for one kind of notice, where that is not what everybody gets."""

    person = ForeignKeyField(Person, on_delete="CASCADE", backref="mail_choices")
    kind = CharField(20)
    pace = CharField(10)

    class Meta:
        indexes = [(("person", "kind"), True)]
        constraints = [Check("length(kind) > 0"), one_of("pace", Pace)]


class MailSettings(Table):
    """What the school has set for all mail: one row at most."""

    sender = CharField(254, default="")  # empty: made from the board's address
    reply_to = CharField(254, default="")
    quiet_from = IntegerField(default=QUIET_HOURS[0])  # students get no mail from this hour
    quiet_to = IntegerField(default=QUIET_HOURS[1])  # to this one; the same: no quiet hours

    class Meta:
        constraints = [
            Check("id = 1"),
            Check("quiet_from BETWEEN 0 AND 23"),
            Check("quiet_to BETWEEN 0 AND 23"),
        ]

    @classmethod
    def here(cls) -> "MailSettings":
        return cls.get_or_none(cls.id == 1) or cls(id=1)
