"""What the school looked at before it trusted an employer, its supervisors as persons, and what the school asks.

Employers verified before keep no end: nobody has said one. Their pages and the list of employers ask for it.
"""

from peewee import SQL, CharField, Check, DateField, DateTimeField, ForeignKeyField, Model, TextField


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Employer(Table):
        pass

    class Supervisor(Table):
        pass

    class Vetting(Table):
        employer = ForeignKeyField(Employer, on_delete="CASCADE")
        began_at = DateTimeField()
        ended_at = DateTimeField(null=True)
        until = DateField(null=True)
        lacking = TextField()

        class Meta:
            constraints = [Check("(ended_at IS NULL) OR (until IS NOT NULL)")]

    Vetting.add_index(Vetting.employer, unique=True, where=SQL("ended_at IS NULL"), name="vetting_one_open")

    class VettingItem(Table):
        vetting = ForeignKeyField(Vetting, on_delete="CASCADE")
        item = CharField(12)
        outcome = CharField(10)
        words = TextField()
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        checked_at = DateTimeField()

        class Meta:
            indexes = [(("vetting", "item"), True)]
            constraints = [
                Check("item IN ('exists', 'domain', 'address', 'references', 'rules', 'insurance', 'visit')"),
                Check("outcome IN ('fine', 'not_needed', 'problem')"),
                Check("length(words) > 0"),
            ]

    class SupervisorCheck(Table):
        supervisor = ForeignKeyField(Supervisor, on_delete="CASCADE", unique=True)
        background = CharField(10)
        background_on = DateField(null=True)
        background_by = CharField(120)
        contact_seen_on = DateField(null=True)
        vetted_until = DateField(null=True)
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        updated_at = DateTimeField()

        class Meta:
            indexes = [(("vetted_until",), False)]
            constraints = [
                Check("background IN ('not_asked', 'asked', 'clear', 'not_clear')"),
                Check("background NOT IN ('clear', 'not_clear') OR background_on IS NOT NULL"),
                Check("background <> 'not_clear' OR vetted_until IS NULL"),
                Check("vetted_until IS NULL OR contact_seen_on IS NOT NULL"),
            ]

    db.create_tables([Vetting, VettingItem, SupervisorCheck])
    db.execute_sql('ALTER TABLE "school" ADD COLUMN "background_check" VARCHAR(8)')
    db.execute_sql('ALTER TABLE "school" ADD COLUMN "vetting_years" INTEGER')
