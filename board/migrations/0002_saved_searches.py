"""Students save searches, and what a search has found since."""

from peewee import BooleanField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Posting(Table):
        pass

    class SavedSearch(Table):
        student = ForeignKeyField(Person, on_delete="CASCADE")
        asked = TextField()
        checked_step = IntegerField()
        noticed_on = DateField(null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("student", "asked"), True)]
            constraints = [
                Check("length(asked) > 0"),
            ]

    class Finding(Table):
        search = ForeignKeyField(SavedSearch, on_delete="CASCADE")
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        looked = BooleanField()
        told = BooleanField()
        created_at = DateTimeField()

        class Meta:
            indexes = [(("search", "posting"), True)]

    db.create_tables([SavedSearch, Finding])
