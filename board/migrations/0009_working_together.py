"""Who of an employer helps with a posting, a contact for postings that have none, and what students suggest."""

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Employer(Table):
        pass

    class Posting(Table):
        pass

    class PostingHelper(Table):
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        created_at = DateTimeField()

        class Meta:
            indexes = [(("posting", "person"), True)]

    class Suggestion(Table):
        student = ForeignKeyField(Person, on_delete="CASCADE")
        state = CharField(10)
        organization = CharField(120)
        place = CharField(120)
        why = TextField()
        known = TextField()
        title = CharField(160)
        make = TextField()
        hours = IntegerField(null=True)
        employer = ForeignKeyField(Employer, on_delete="RESTRICT", null=True)
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        posting = ForeignKeyField(Posting, on_delete="SET NULL", null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("state", "created_at"), False), (("student", "state"), False)]
            constraints = [
                Check("state IN ('waiting', 'invited', 'declined', 'taken_back')"),
                Check("length(organization) > 0 AND length(why) > 0"),
                Check("(length(title) > 0) = (length(make) > 0)"),
                Check("hours BETWEEN 1 AND 80"),
                Check("state <> 'invited' OR employer_id IS NOT NULL"),
            ]

    db.create_tables([PostingHelper, Suggestion])
    # whoever of that employer began it; what came by an import has nobody, and then all of them hear
    db.execute_sql(
        "UPDATE posting SET contact_id = (SELECT step.person_id FROM step JOIN person ON person.id = step.person_id"
        " WHERE step.noun = 'posting' AND step.noun_id = posting.id AND step.move = 'begin'"
        " AND person.employer_id = posting.employer_id ORDER BY step.id LIMIT 1) WHERE contact_id IS NULL"
    )
