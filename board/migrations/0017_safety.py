"""Something felt wrong: reports become cases with their line of readers, whom they are about, and a log of their own.

The table of reports is made anew: what a report may be about and its states are CHECKs. Nothing points to it, so its
rows are copied and none of another table is touched. Who reported stands in the case alone from now on, in no Step.
"""

from peewee import (
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

COLUMNS = (("safety_person", "INTEGER"), ("safety_backup", "INTEGER"), ("safety_phone", "VARCHAR(40)"))
KEPT = """
INSERT INTO report (id, about, number, posting_id, application_id, placement_id, person_id, by, words, in_danger, state,
                    outcome, holds_posting, holds_placement, holds_messages, posting_held_before,
                    placement_held_before, opened_at, closed_at, created_at)
SELECT old.id, old.about, COALESCE(old.application_id, old.posting_id), old.posting_id, application.id, placement.id,
       old.person_id, COALESCE(person.role, 'student'), old.words, 0,
       CASE old.state WHEN 'open' THEN 'new' ELSE 'closed' END,
       CASE old.state WHEN 'settled' THEN 'settled' END,
       posting.held_at IS NOT NULL AND person.role = 'student' AND old.state = 'open', 0, 0, 0, 0,
       CASE old.state WHEN 'settled' THEN COALESCE(step.at, old.created_at) END,
       CASE old.state WHEN 'settled' THEN COALESCE(step.at, old.created_at) END, old.created_at
FROM report_before AS old JOIN posting ON posting.id = old.posting_id
LEFT JOIN person ON person.id = old.person_id
LEFT JOIN application ON application.id = old.application_id
LEFT JOIN placement ON placement.application_id = application.id
LEFT JOIN step ON step.noun = 'report' AND step.noun_id = old.id AND step.move = 'settle'
"""
LOG = """
INSERT INTO report_entry (report_id, person_id, kind, words, at)
SELECT report.id, step.person_id, 'closed', step.reason, step.at
FROM step JOIN report ON report.id = step.noun_id WHERE step.noun = 'report' AND step.move = 'settle'
"""
READERS = """
INSERT INTO report_reader (report_id, person_id, stage, since)
SELECT report.id, person.id, 2, report.created_at FROM report JOIN person ON person.role = 'coordinator'
WHERE person.ended_at IS NULL
"""


def up(migrator, db):
    for column, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "school" ADD COLUMN "{column}" {kind}')
    for index in ("report_posting_id", "report_person_id"):
        db.execute_sql(f"DROP INDEX {index}")
    db.execute_sql("ALTER TABLE report RENAME TO report_before")

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

    class Application(Table):
        pass

    class Placement(Table):
        pass

    class Message(Table):
        pass

    class Report(Table):
        about = CharField(12)
        number = IntegerField()
        posting = ForeignKeyField(Posting, null=True, on_delete="SET NULL")
        application = ForeignKeyField(Application, null=True, on_delete="SET NULL")
        placement = ForeignKeyField(Placement, null=True, on_delete="SET NULL")
        message = ForeignKeyField(Message, null=True, on_delete="SET NULL")
        employer = ForeignKeyField(Employer, null=True, on_delete="SET NULL")
        subject = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        guardian_id = IntegerField(null=True)
        by = CharField(12)
        words = TextField()
        in_danger = BooleanField()
        state = CharField(8)
        outcome = CharField(12, null=True)
        holds_posting = BooleanField()
        holds_placement = BooleanField()
        holds_messages = BooleanField()
        posting_held_before = BooleanField()
        placement_held_before = BooleanField()
        opened_at = DateTimeField(null=True)
        due_at = DateTimeField(null=True)
        closed_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("about", "number"), False), (("state", "due_at"), False)]
            constraints = [
                Check(
                    "about IN ('posting', 'thread', 'application', 'placement', 'message', 'person', 'employer', "
                    "'portfolio')"
                ),
                Check("by IN ('student', 'teacher', 'coordinator', 'employer', 'guardian')"),
                Check("state IN ('new', 'open', 'closed')"),
                Check(
                    "outcome IS NULL OR outcome IN ('nothing', 'settled', 'rules', 'ended', 'suspended', 'authorities', "
                    "'other')"
                ),
                Check("(state = 'closed') = (closed_at IS NOT NULL)"),
                Check("state <> 'closed' OR outcome IS NOT NULL"),
            ]

    class ReportAbout(Table):
        report = ForeignKeyField(Report, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        named = BooleanField()

        class Meta:
            indexes = [(("report", "person"), True)]

    class ReportReader(Table):
        report = ForeignKeyField(Report, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        stage = IntegerField()
        since = DateTimeField()
        opened_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("report", "person"), True)]

    class ReportEntry(Table):
        report = ForeignKeyField(Report, on_delete="CASCADE")
        person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        to = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        kind = CharField(12)
        words = TextField()
        done_on = DateField(null=True)
        at = DateTimeField()

        class Meta:
            constraints = [
                Check(
                    "kind IN ('arrived', 'added', 'reaches', 'passed_on', 'still', 'nobody', 'opened', 'note', 'told', "
                    "'mandated', 'messages', 'placement', 'posting', 'closed', 'reopened')"
                ),
            ]

    db.create_tables([Report, ReportAbout, ReportReader, ReportEntry])
    db.execute_sql(KEPT)
    db.execute_sql("DROP TABLE report_before")
    db.execute_sql(READERS)
    db.execute_sql(LOG)
    # until now a report told the coordinators through these, with whom it came from: a person's own story shows Steps
    db.execute_sql("UPDATE step SET person_id = NULL WHERE noun = 'report' AND move IN ('report', 'add')")
