"""What a posting says for the checks, what was checked, what a teacher judged harmless."""

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

COLUMNS = (
    ("posting", "tasks", "TEXT"),
    ("posting", "sessions", "TEXT"),
    ("posting", "worker_kind", "VARCHAR(10)"),
    ("posting", "premises", "VARCHAR(9)"),
    ("posting", "alone", "VARCHAR(9)"),
)


def up(migrator, db):
    for table, column, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Employer(Table):
        pass

    class Checked(Table):
        noun = CharField(20)
        noun_id = IntegerField()
        stage = CharField(8)
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        rules = CharField(40)
        inputs = TextField()
        results = TextField()
        blocking = IntegerField()
        at = DateTimeField()

        class Meta:
            indexes = [(("noun", "noun_id", "stage"), False)]
            constraints = [
                Check("stage IN ('submit', 'approve', 'apply', 'start', 'hours', 'again')"),
                Check("blocking >= 0"),
            ]

    class Harmless(Table):
        employer = ForeignKeyField(Employer, on_delete="CASCADE")
        mark = CharField(80)
        reason = CharField(400)
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        posting_id = IntegerField(null=True)
        once = IntegerField()
        created_at = DateTimeField()

        class Meta:
            indexes = [(("employer", "mark"), False)]
            constraints = [Check("length(mark) > 0 AND length(reason) > 0")]

    db.create_tables([Checked, Harmless])
