"""Parents and guardians: who they are, how they were asked, what they answered; and students no employer is shown.

A yes to a match that stood on a paper becomes one of the answers; what was agreed to about a public page stays.
"""

from peewee import SQL, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

COLUMNS = (
    ("person", "not_shown", "INTEGER"),
    ("school", "guardian_asked_when", "VARCHAR(5)"),
    ("school", "guardian_call", "VARCHAR(200)"),
)
PAPERS = """
INSERT INTO guardian_answer (application_id, answer, how, name, why, text_digest, language, recorded_by_id, signed_on,
                             created_at, withdrawn_at)
SELECT placement.application_id, 'yes', 'paper', '', '', '', 'en', guardian_yes.recorded_by_id, guardian_yes.signed_on,
       guardian_yes.created_at, guardian_yes.withdrawn_at
FROM guardian_yes JOIN placement ON placement.id = guardian_yes.placement_id
WHERE guardian_yes.about = 'match' ORDER BY guardian_yes.id
"""


def up(migrator, db):
    for table, column, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Application(Table):
        pass

    class Guardian(Table):
        student = ForeignKeyField(Person, on_delete="CASCADE", backref="a")
        name = CharField(120)
        email = CharField(254, null=True)
        language = CharField(2)
        relation = CharField(40)
        source = CharField(6)
        added_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="b")
        created_at = DateTimeField()
        gone_at = DateTimeField(null=True)

        class Meta:
            constraints = [
                Check("language IN ('en', 'es')"),
                Check("source IN ('roster', 'staff')"),
                Check("length(name) > 0"),
                Check("email = lower(email)"),
            ]

    Guardian.add_index(
        Guardian.student, Guardian.email, unique=True, name="guardian_address",
        where=SQL("gone_at IS NULL AND email IS NOT NULL"),
    )  # fmt: skip

    class GuardianAsk(Table):
        application = ForeignKeyField(Application, on_delete="CASCADE", backref="c")
        guardian = ForeignKeyField(Guardian, null=True, on_delete="CASCADE", backref="d")
        way = CharField(4)
        secret_hash = CharField(64, unique=True)
        language = CharField(2)
        asked_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="e")
        created_at = DateTimeField()
        ended_at = DateTimeField(null=True)

        class Meta:
            constraints = [
                Check("way IN ('mail', 'slip')"),
                Check("language IN ('en', 'es')"),
                Check("length(secret_hash) = 64"),
                Check("way = 'slip' OR guardian_id IS NOT NULL"),
            ]

    class GuardianAnswer(Table):
        application = ForeignKeyField(Application, on_delete="CASCADE", backref="f")
        guardian = ForeignKeyField(Guardian, null=True, on_delete="SET NULL", backref="g")
        answer = CharField(8)
        how = CharField(7)
        name = CharField(120)
        why = TextField()
        text_version = IntegerField(null=True)
        text_digest = CharField(64)
        language = CharField(2)
        recorded_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="h")
        signed_on = DateField()
        created_at = DateTimeField()
        withdrawn_at = DateTimeField(null=True)
        settled_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("application", "created_at"), False)]
            constraints = [
                Check("answer IN ('yes', 'question', 'no')"),
                Check("how IN ('link', 'paper', 'school', 'student')"),
                Check("language IN ('en', 'es')"),
                Check("how <> 'school' OR (length(name) > 0 AND length(why) > 0)"),
                Check("withdrawn_at IS NULL OR answer = 'yes'"),
                Check("settled_at IS NULL OR answer = 'question'"),
            ]

    db.create_tables([Guardian, GuardianAsk, GuardianAnswer])
    db.execute_sql(PAPERS)
    db.execute_sql("DELETE FROM guardian_yes WHERE about = 'match'")
