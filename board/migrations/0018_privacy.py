"""What was shown to whom, who opened whose record, corrections, who was erased; and how long the school keeps what."""

from peewee import (
    SQL,
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Employer(Table):
        pass

    class Application(Table):
        pass

    class Placement(Table):
        pass

    class Disclosure(Table):
        student = ForeignKeyField(Person, on_delete="CASCADE")
        employer = ForeignKeyField(Employer, null=True, on_delete="SET NULL")
        application = ForeignKeyField(Application, null=True, on_delete="CASCADE")
        placement = ForeignKeyField(Placement, null=True, on_delete="CASCADE")
        what = CharField(12)
        word = CharField(8)
        person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        at = DateTimeField()

        class Meta:
            indexes = [(("student", "at"), False), (("employer", "at"), False)]
            constraints = [
                Check("what IN ('application', 'first_name', 'contact', 'experience', 'portfolio')"),
                Check("word IN ('student', 'teacher', 'guardian', 'adult', 'school')"),
            ]

    Disclosure.add_index(
        Disclosure.application, Disclosure.what, unique=True, where=SQL("what = 'application'"),
        name="disclosure_application",
    )  # fmt: skip
    Disclosure.add_index(
        Disclosure.placement, Disclosure.what, unique=True, where=SQL("what = 'first_name'"),
        name="disclosure_first_name",
    )  # fmt: skip

    class Access(Table):
        staff = ForeignKeyField(Person, on_delete="CASCADE")
        student = ForeignKeyField(Person, on_delete="CASCADE")
        page = CharField(20)
        day = DateField()
        at = DateTimeField()

        class Meta:
            indexes = [(("staff", "student", "day"), True), (("student", "at"), False)]

    class Correction(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        state = CharField(10)
        words = CharField(2000)
        answer = TextField()
        answered_by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        answered_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("state", "created_at"), False)]
            constraints = [
                Check("state IN ('open', 'corrected', 'declined')"),
                Check("length(words) > 0"),
                Check("(state = 'open') = (answered_at IS NULL)"),
            ]

    class Erasure(Table):
        person = ForeignKeyField(Person, unique=True, on_delete="CASCADE")
        by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        at = DateTimeField()
        cleaned_at = DateTimeField(null=True)
        rows = IntegerField()
        in_index = BooleanField()

        class Meta:
            constraints = [Check("rows >= 0")]

    db.create_tables([Disclosure, Access, Correction, Erasure])
    for column in ("left", "rejected", "messages", "logs", "backups"):
        db.execute_sql(f'ALTER TABLE "school" ADD COLUMN "keep_{column}_days" INTEGER')
