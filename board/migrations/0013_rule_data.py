"""The rules as a school keeps them, its semesters, and its hours."""

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, Model, TextField

COLUMNS = (("school", "bell_starts", "VARCHAR(5)"), ("school", "bell_ends", "VARCHAR(5)"))


def up(migrator, db):
    for table, column, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Rule(Table):
        key = CharField(40)
        state = CharField(2)
        value = TextField()
        source = CharField(160)
        address = CharField(300)
        reviewed_on = DateField(null=True)
        reviewed_by = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("state", "key"), True)]

    class Term(Table):
        name = CharField(80)
        first_on = DateField()
        last_on = DateField()

        class Meta:
            constraints = [Check("last_on >= first_on"), Check("length(name) > 0")]

    db.create_tables([Rule, Term])
