"""That a parent or guardian was erased: when, by whom, and nothing else of them."""

from peewee import Check, DateTimeField, ForeignKeyField, IntegerField, Model


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class HomeErasure(Table):
        guardian_id = IntegerField(unique=True)
        student = ForeignKeyField(Person, on_delete="CASCADE")
        by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        at = DateTimeField()
        cleaned_at = DateTimeField(null=True)
        rows = IntegerField()

        class Meta:
            constraints = [Check("rows >= 0")]

    db.create_tables([HomeErasure])
