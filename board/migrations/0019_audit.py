"""The audit trail: a chain of entries that is only added to. It begins with what was done on this board before: a first
entry that says how many Steps there were, and one for each of them, marked as copied."""

from peewee import CharField, Check, DateTimeField, IntegerField, Model, TextField

from board.audit.rules import hash_of  # its form never changes, or no entry could be checked any more
from board.db import now

TRIGGERS = (
    "CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry"
    " BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is never changed'); END",
    "CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON audit_entry"
    " BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is never deleted'); END",
    "CREATE TRIGGER audit_entry_is_next BEFORE INSERT ON audit_entry"
    " WHEN NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM audit_entry)"
    " OR NEW.previous IS NOT COALESCE((SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1),"
    f" '{'0' * 64}')"
    " BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail continues the last one'); END",
)
STEPS = "SELECT id, noun, noun_id, move, person_id, from_state, to_state, at FROM step ORDER BY id"
SETTINGS = ("school", "field", "skill", "synonym", "period", "starter")
KINDS = {
    ("person", "change_role"): "role",
    ("person", "end_sessions"): "sign-in-ended",
    ("person", "invite"): "key",
    ("person", "new_code"): "key",
    ("person", "make_calendar"): "key",
    ("placement", "share"): "key",
    ("portfolio", "share"): "key",
}


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Entry(Table):
        at = DateTimeField()
        kind = CharField(20)
        what = CharField(60)
        person_id = IntegerField(null=True)
        noun = CharField(20)
        noun_id = IntegerField(null=True)
        step_id = IntegerField(null=True)
        from_state = CharField(20)
        to_state = CharField(20)
        detail = TextField()
        previous = CharField(64)
        hash = CharField(64)

        class Meta:
            table_name = "audit_entry"
            indexes = [(("noun", "noun_id"), False), (("person_id",), False), (("kind",), False), (("at",), False)]
            constraints = [Check("length(previous) = 64 AND length(hash) = 64")]

    class Checked(Table):
        upto = IntegerField()
        hash = CharField(64)
        at = DateTimeField()
        broken_at = IntegerField(null=True)
        wrong = CharField(12)

        class Meta:
            table_name = "audit_checked"
            constraints = [Check("id = 1"), Check("(broken_at IS NULL) = (wrong = '')")]

    class Tally(Table):
        key = CharField(80, unique=True)
        kind = CharField(20)
        person_id = IntegerField(null=True)
        noun = CharField(20)
        noun_id = IntegerField(null=True)
        number = IntegerField()
        held = IntegerField()
        written_at = DateTimeField()
        last_at = DateTimeField()

        class Meta:
            table_name = "audit_tally"
            constraints = [Check("number >= 0 AND held >= 0")]

    db.create_tables([Entry, Checked, Tally])
    begin(db)
    for trigger in TRIGGERS:
        db.execute_sql(trigger)


def begin(db) -> None:
    """The first entry, and the Steps from before."""
    steps = db.execute_sql(STEPS).fetchall()
    rows = [(str(now()), "begin", "", None, "", None, None, "", "", f'{{"steps":{len(steps)}}}')]
    for step_id, noun, noun_id, move, person_id, from_state, to_state, at in steps:
        kind = KINDS.get((noun, move)) or ("setting" if noun in SETTINGS else "move")
        if noun == "report":  # it says that there was one, not who made it
            person_id = None
        rows.append((at, kind, move, person_id, noun, noun_id, step_id, from_state, to_state, '{"copied":true}'))
    seal, made = "0" * 64, []
    for number, row in enumerate(rows, 1):
        fields = (number, *row, seal)
        seal = hash_of(fields)
        made.append((*fields, seal))
    db.connection().executemany(f"INSERT INTO audit_entry VALUES ({', '.join('?' * 13)})", made)
