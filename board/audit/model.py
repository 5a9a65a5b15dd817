"""The audit trail: its entries, how far they were checked, and what was held back in a storm."""

import json

from peewee import CharField, Check, IntegerField, TextField

from board.db import Moment, Table
from board.words import N_, Labelled

NOTHING = "0" * 64  # what the first entry continues


class Kind(Labelled):
    BEGIN = "begin", N_("The trail begins")
    MOVE = "move", N_("What people did")
    VIEW = "view", N_("A student’s page was looked at")
    SIGN_IN = "sign-in", N_("Signing in")
    SIGN_IN_FAILED = "sign-in-failed", N_("Signing in failed")
    SIGN_OUT = "sign-out", N_("Signing out")
    SIGN_IN_ENDED = "sign-in-ended", N_("Signed out by somebody")
    REFUSED = "refused", N_("Not allowed")
    UNSEEN = "unseen", N_("Asked for what is not there for them")
    SETTING = "setting", N_("Settings")
    ROLE = "role", N_("Roles")
    KEY = "key", N_("Keys and links made")
    EXPORT = "export", N_("Data taken out")
    REMOVED = "removed", N_("Deleted")
    RESTORED = "restored", N_("A backup was put back")


class Entry(Table):
    """One thing that happened. Numbers and codes alone: what it is called stands in tables that can be erased.

    `id` is its place in the chain: 1, 2, 3, with none left out. People and things are plain numbers, so that an entry
    stays as it is when they go.
    """

    at = Moment()
    kind = CharField(20)
    what = CharField(60, default="")  # a move, a route
    person_id = IntegerField(null=True)  # who did it; null: the board itself, or nobody signed in
    noun = CharField(20, default="")  # the table of the thing it was done to
    noun_id = IntegerField(null=True)
    step_id = IntegerField(null=True)
    from_state = CharField(20, default="")
    to_state = CharField(20, default="")
    detail = TextField(default="")  # JSON: numbers and codes
    previous = CharField(64)  # the seal of the entry before
    hash = CharField(64)  # see rules.hash_of

    class Meta:
        table_name = "audit_entry"
        indexes = [(("noun", "noun_id"), False), (("person_id",), False), (("kind",), False), (("at",), False)]
        constraints = [Check("length(previous) = 64 AND length(hash) = 64")]

    @property
    def facts(self) -> dict:
        return json.loads(self.detail) if self.detail else {}

    @property
    def kind_label(self) -> str:
        return Kind(self.kind).label if self.kind in set(Kind) else self.kind

    @classmethod
    def create_table(cls, safe=True, **options):
        """With what keeps its rows as they are."""
        super().create_table(safe, **options)
        for trigger in TRIGGERS:
            cls._meta.database.execute_sql(trigger)


# said by the database, so that it holds for whoever has a way to it that is not ours. REPLACE would delete a row without
# asking the second, so a row goes in at the end or not at all, and continues the last one
TRIGGERS = (
    "CREATE TRIGGER IF NOT EXISTS audit_entry_stays BEFORE UPDATE ON audit_entry"
    " BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is never changed'); END",
    "CREATE TRIGGER IF NOT EXISTS audit_entry_is_kept BEFORE DELETE ON audit_entry"
    " BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is never deleted'); END",
    "CREATE TRIGGER IF NOT EXISTS audit_entry_is_next BEFORE INSERT ON audit_entry"
    " WHEN NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM audit_entry)"
    f" OR NEW.previous IS NOT COALESCE((SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1), '{NOTHING}')"
    " BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail continues the last one'); END",
)


class Checked(Table):
    """How far the chain was followed, and what was found: one row."""

    upto = IntegerField(default=0)  # the last entry that held, with all before it
    hash = CharField(64, default="")  # its seal, so that a chain made anew from the start does not pass for the old one
    at = Moment()
    broken_at = IntegerField(null=True)  # the first entry that does not hold
    wrong = CharField(12, default="")  # what is wrong with it: a code of chain.WRONG

    class Meta:
        table_name = "audit_checked"
        constraints = [Check("id = 1"), Check("(broken_at IS NULL) = (wrong = '')")]


class Tally(Table):
    """How often the same was tried lately, so that a machine that tries all night fills no disk."""

    key = CharField(80, unique=True)
    kind = CharField(20)
    person_id = IntegerField(null=True)
    noun = CharField(20, default="")
    noun_id = IntegerField(null=True)
    number = IntegerField(default=0)  # since the last quiet hour
    held = IntegerField(default=0)  # of them, not in the trail yet
    written_at = Moment()
    last_at = Moment()

    class Meta:
        table_name = "audit_tally"
        constraints = [Check("number >= 0 AND held >= 0")]
