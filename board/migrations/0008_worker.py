"""What the worker has done: how each job stands, its runs, and a sign of life."""

from peewee import CharField, Check, DateTimeField, IntegerField, Model, TextField


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class JobState(Table):
        name = CharField(20, unique=True)
        known_at = DateTimeField()
        began_at = DateTimeField(null=True)
        ended_at = DateTimeField(null=True)
        done_at = DateTimeField(null=True)
        wanted_at = DateTimeField(null=True)
        retry_at = DateTimeField(null=True)
        failures = IntegerField()
        milliseconds = IntegerField()
        did = TextField()
        problem = TextField()
        facts = TextField()
        detail = TextField()

        class Meta:
            constraints = [Check("length(name) > 0"), Check("failures >= 0")]

    class JobRun(Table):
        name = CharField(20)
        began_at = DateTimeField()
        milliseconds = IntegerField()
        did = TextField()
        problem = TextField()
        facts = TextField()
        detail = TextField()

        class Meta:
            indexes = [(("name", "began_at"), False)]

    class Heartbeat(Table):
        started_at = DateTimeField()
        beat_at = DateTimeField()

        class Meta:
            constraints = [Check("id = 1")]

    db.create_tables([JobState, JobRun, Heartbeat])
