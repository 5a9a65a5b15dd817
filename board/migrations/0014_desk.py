"""The review desk: who reads which field, who has taken what, words kept ready, a first teacher's yes, and decisions that
can be taken back for a few minutes."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

COLUMNS = (
    ("step", "tell_at", "DATETIME"),
    ("employer", "trusted_at", "DATETIME"),
    ("school", "second_teacher", "INTEGER"),
    ("school", "trusted_skip", "INTEGER"),
)
SECTIONS = "section IS NULL OR section IN ('basics', 'work', 'skills', 'time', 'pay', 'place', 'who', 'dates')"


def up(migrator, db):
    for table, column, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Field(Table):
        pass

    class Posting(Table):
        pass

    class ReviewField(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        field = ForeignKeyField(Field, on_delete="CASCADE")

        class Meta:
            indexes = [(("person", "field"), True)]

    class Claim(Table):
        posting = ForeignKeyField(Posting, unique=True, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        at = DateTimeField()

    class Canned(Table):
        person = ForeignKeyField(Person, null=True, on_delete="CASCADE")
        section = CharField(10, null=True)
        words = TextField()
        language = CharField(2)
        created_at = DateTimeField()

        class Meta:
            constraints = [Check(SECTIONS), Check("language IN ('en', 'es')"), Check("length(words) > 0")]

    class Approval(Table):
        posting = ForeignKeyField(Posting, unique=True, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        mark = CharField(40)
        made_at = DateTimeField()

        class Meta:
            constraints = [Check("length(mark) > 0")]

    class Decision(Table):
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        move = CharField(20)
        first_step = IntegerField()
        last_step = IntegerField()
        before = TextField()
        version = IntegerField()
        made_at = DateTimeField()
        undone_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("person", "made_at"), False), (("posting", "made_at"), False)]
            constraints = [Check("last_step >= first_step")]

    db.create_tables([ReviewField, Claim, Canned, Approval, Decision])
    # a board from before gets the words that are shipped; a new one gets them when it is founded
    if Field.select().exists():
        rows = tomllib.loads((Path(__file__).parent.parent / "postings" / "canned.toml").read_text("utf-8"))["canned"]
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        for row in rows:
            for language in ("en", "es"):
                Canned.create(section=row.get("section"), words=row[language], language=language, created_at=now)
