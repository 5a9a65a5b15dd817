"""What follows an accepted application: the plan and the work, hours, hand-ins, messages, pay, feedback, experience.

The table of placements is made anew, for CHECKs can't be added to one. Nothing points to it yet, so its rows are
copied and none of another table is touched. Columns that are added may be empty: SQLite writes those into the schema.
"""

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

COLUMNS = (
    ("school", "guardian_not_asked", "INTEGER"),
    ("school", "contact_passes", "INTEGER"),
    ("person", "directory_opt_out", "INTEGER"),
)
# what a placement begins with came from its posting until now
KEPT = """
INSERT INTO placement (id, application_id, state, held_at, hours, pay_cents, starts_on, due_on, supervisor_id,
                       agreed_at, started_at, ended_at, created_at)
SELECT before.id, before.application_id, before.state, before.held_at, posting.hours, posting.pay_cents,
       posting.starts_on, CASE WHEN posting.due_on >= posting.starts_on THEN posting.due_on END, posting.supervisor_id,
       CASE WHEN before.state NOT IN ('proposed', 'not_agreed') THEN before.created_at END,
       CASE WHEN before.state IN ('active', 'delivered', 'completed') THEN before.created_at END,
       CASE WHEN before.state IN ('not_agreed', 'completed', 'ended_early') THEN before.created_at END,
       before.created_at
FROM placement_before AS before
JOIN application ON application.id = before.application_id JOIN posting ON posting.id = application.posting_id
"""


def up(migrator, db):
    for table, column, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')
    db.execute_sql("DROP INDEX placement_application_id")
    db.execute_sql("ALTER TABLE placement RENAME TO placement_before")

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Skill(Table):
        pass

    class Supervisor(Table):
        pass

    class Application(Table):
        pass

    class Period(Table):
        kind = CharField(8)
        name = CharField(80)
        first_on = DateField()
        last_on = DateField()

        class Meta:
            indexes = [(("first_on", "last_on"), False)]
            constraints = [
                Check("kind IN ('holiday', 'finals', 'testing', 'summer')"),
                Check("last_on >= first_on"),
            ]

    class Placement(Table):
        application = ForeignKeyField(Application, on_delete="RESTRICT", unique=True)
        state = CharField(12)
        held_at = DateTimeField(null=True)
        hours = IntegerField(null=True)
        pay_cents = IntegerField(null=True)
        starts_on = DateField(null=True)
        due_on = DateField(null=True)
        lead = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        cover = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        supervisor = ForeignKeyField(Supervisor, on_delete="SET NULL", null=True)
        agreed_at = DateTimeField(null=True)
        started_at = DateTimeField(null=True)
        ended_at = DateTimeField(null=True)
        end_reason = CharField(8, null=True)
        own_goal_minutes = IntegerField(null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("state", "due_on"), False), (("lead", "state"), False)]
            constraints = [
                Check(
                    "state IN ('proposed', 'agreed', 'not_agreed', 'active', 'delivered', 'completed', 'ended_early')"
                ),
                Check("end_reason IS NULL OR end_reason IN ('time', 'plans', 'fit', 'silent', 'other')"),
                Check("due_on >= starts_on"),
                Check("hours > 0 AND pay_cents > 0 AND own_goal_minutes > 0"),
                Check("state IN ('proposed', 'not_agreed', 'ended_early') OR agreed_at IS NOT NULL"),
                Check("state NOT IN ('active', 'delivered', 'completed') OR started_at IS NOT NULL"),
                Check("(state IN ('not_agreed', 'completed', 'ended_early')) = (ended_at IS NOT NULL)"),
                Check("end_reason IS NULL OR state = 'ended_early'"),
            ]

    class GuardianYes(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        about = CharField(8)
        signed_on = DateField()
        recorded_by = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        created_at = DateTimeField()
        withdrawn_at = DateTimeField(null=True)

        class Meta:
            constraints = [
                Check("about IN ('match', 'sharing')"),
            ]

    class Agreement(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE", unique=True)
        version = IntegerField()
        what = TextField()
        place = CharField(300)
        times = CharField(300)
        pay_by = DateField(null=True)
        pay_how = CharField(300)
        call = CharField(300)
        worker_kind = CharField(10, null=True)
        permit_needed = BooleanField()
        permit_number = CharField(40)
        permit_on = DateField(null=True)
        insurance = CharField(300)
        updated_at = DateTimeField()

        class Meta:
            constraints = [
                Check("worker_kind IS NULL OR worker_kind IN ('employee', 'contractor')"),
                Check("version > 0"),
            ]

    class Signature(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        party = CharField(8)
        version = IntegerField()
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        recorded_by = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        signed_on = DateField()
        created_at = DateTimeField()

        class Meta:
            indexes = [(("placement", "party", "version"), True)]
            constraints = [
                Check("party IN ('student', 'employer', 'teacher', 'guardian')"),
            ]

    class PlacementMilestone(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        position = IntegerField()
        title = CharField(200)
        due_on = DateField(null=True)
        done_at = DateTimeField(null=True)
        accepted_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("placement", "position"), True)]
            constraints = [
                Check("length(title) > 0"),
                Check("accepted_at IS NULL OR done_at IS NOT NULL"),
            ]

    class HoursEntry(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        state = CharField(9)
        worked_on = DateField()
        starts_at = CharField(5, null=True)
        ends_at = CharField(5, null=True)
        minutes = IntegerField()
        did = CharField(500)
        skill = ForeignKeyField(Skill, on_delete="SET NULL", null=True)
        query = TextField()
        confirmed_at = DateTimeField(null=True)
        confirmed_by = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("placement", "worked_on"), False)]
            constraints = [
                Check("state IN ('logged', 'confirmed', 'queried')"),
                Check("minutes BETWEEN 5 AND 1440"),
                Check("(starts_at IS NULL) = (ends_at IS NULL)"),
                Check("(state = 'confirmed') = (confirmed_at IS NOT NULL)"),
                Check("length(did) > 0"),
            ]

    class CheckIn(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        due_on = DateField()
        party = CharField(8)
        well = BooleanField(null=True)
        words = TextField()
        answered_at = DateTimeField(null=True)
        settled_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("placement", "due_on", "party"), True)]
            constraints = [
                Check("party IN ('student', 'employer')"),
                Check("(well IS NULL) = (answered_at IS NULL)"),
            ]

    class Delivery(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        number = IntegerField()
        words = TextField()
        delivered_at = DateTimeField()
        accepted = BooleanField(null=True)
        answer = TextField()
        answered_at = DateTimeField(null=True)
        answered_by = ForeignKeyField(Person, on_delete="SET NULL", null=True)

        class Meta:
            indexes = [(("placement", "number"), True)]
            constraints = [
                Check("number > 0"),
                Check("(accepted IS NULL) = (answered_at IS NULL)"),
            ]

    class Attachment(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        delivery = ForeignKeyField(Delivery, on_delete="CASCADE", null=True)
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        name = CharField(160)
        address = CharField(1000)
        stored = CharField(64, null=True, unique=True)
        kind = CharField(100)
        size = IntegerField()
        digest = CharField(64)
        created_at = DateTimeField()

        class Meta:
            constraints = [
                Check("length(name) > 0"),
                Check("(stored IS NULL) = (length(address) > 0)"),
                Check("size >= 0"),
            ]

    class Message(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        writer = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        words = TextField()
        created_at = DateTimeField()
        held_at = DateTimeField(null=True)
        passed_at = DateTimeField(null=True)
        stopped_at = DateTimeField(null=True)
        decided_by = ForeignKeyField(Person, on_delete="SET NULL", null=True)

        class Meta:
            indexes = [(("placement", "id"), False)]
            constraints = [
                Check("length(words) > 0"),
                Check("passed_at IS NULL OR stopped_at IS NULL"),
                Check("held_at IS NOT NULL OR (passed_at IS NULL AND stopped_at IS NULL)"),
            ]

    class MessageRead(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        upto = IntegerField()

        class Meta:
            indexes = [(("placement", "person"), True)]

    class Payment(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE", unique=True)
        cents = IntegerField()
        due_on = DateField(null=True)
        how = CharField(300)
        why = TextField()
        paid_on = DateField(null=True)
        received_on = DateField(null=True)
        created_at = DateTimeField()

        class Meta:
            constraints = [
                Check("cents >= 0"),
            ]

    class EmployerFeedback(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE", unique=True)
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        quality = IntegerField(null=True)
        reliability = IntegerField(null=True)
        communication = IntegerField(null=True)
        independence = IntegerField(null=True)
        learning = IntegerField(null=True)
        quote = CharField(600)
        may_name_reference = BooleanField()
        given_at = DateTimeField()

        class Meta:
            constraints = [
                Check("quality BETWEEN 1 AND 4"),
                Check("reliability BETWEEN 1 AND 4"),
                Check("communication BETWEEN 1 AND 4"),
                Check("independence BETWEEN 1 AND 4"),
                Check("learning BETWEEN 1 AND 4"),
            ]

    class SkillRating(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE")
        skill = ForeignKeyField(Skill, on_delete="CASCADE")
        level = IntegerField()
        words = CharField(300)

        class Meta:
            indexes = [(("placement", "skill"), True)]
            constraints = [
                Check("level BETWEEN 1 AND 4"),
            ]

    class StudentFeedback(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE", unique=True)
        clear_task = IntegerField()
        answers = IntegerField()
        respect = IntegerField()
        learning = IntegerField()
        again = IntegerField()
        reflection = TextField()
        given_at = DateTimeField()

        class Meta:
            constraints = [
                Check("clear_task BETWEEN 1 AND 4"),
                Check("answers BETWEEN 1 AND 4"),
                Check("respect BETWEEN 1 AND 4"),
                Check("learning BETWEEN 1 AND 4"),
                Check("again BETWEEN 1 AND 4"),
            ]

    class Experience(Table):
        placement = ForeignKeyField(Placement, on_delete="CASCADE", unique=True)
        student = ForeignKeyField(Person, on_delete="CASCADE")
        title = CharField(120)
        organization = CharField(120)
        place = CharField(160)
        began_on = DateField()
        ended_on = DateField()
        minutes = IntegerField()
        supervisor = CharField(120)
        supervisor_title = CharField(80)
        delivered = TextField()
        quote = CharField(600)
        may_name_reference = BooleanField()
        shows_hours = BooleanField()
        shows_supervisor = BooleanField()
        shows_delivered = BooleanField()
        shows_skills = BooleanField()
        shows_quote = BooleanField()
        in_portfolio = BooleanField()
        token = CharField(64, null=True, unique=True)
        shared_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("student", "ended_on"), False)]
            constraints = [
                Check("length(title) > 0 AND length(organization) > 0"),
                Check("ended_on >= began_on"),
                Check("minutes >= 0"),
                Check("(token IS NULL) = (shared_at IS NULL)"),
            ]

    class ExperienceSkill(Table):
        experience = ForeignKeyField(Experience, on_delete="CASCADE")
        name = CharField(60)
        level = IntegerField(null=True)
        vouched_by = CharField(160)
        shown = BooleanField()

        class Meta:
            indexes = [(("experience", "name"), True)]
            constraints = [
                Check("level BETWEEN 1 AND 4"),
            ]

    class Portfolio(Table):
        student = ForeignKeyField(Person, on_delete="CASCADE", unique=True)
        about = CharField(400)
        token = CharField(64, null=True, unique=True)
        shared_at = DateTimeField(null=True)

        class Meta:
            constraints = [
                Check("(token IS NULL) = (shared_at IS NULL)"),
            ]

    class CalendarAddress(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE", unique=True)
        secret_hash = CharField(64, unique=True)
        created_at = DateTimeField()

        class Meta:
            constraints = [
                Check("length(secret_hash) = 64"),
            ]

    GuardianYes.add_index(
        GuardianYes.placement,
        GuardianYes.about,
        unique=True,
        where=SQL("withdrawn_at IS NULL"),
        name="guardian_yes_live",
    )
    db.create_tables(
        [
            Period,
            Placement,
            GuardianYes,
            Agreement,
            Signature,
            PlacementMilestone,
            HoursEntry,
            CheckIn,
            Delivery,
            Attachment,
            Message,
            MessageRead,
            Payment,
            EmployerFeedback,
            SkillRating,
            StudentFeedback,
            Experience,
            ExperienceSkill,
            Portfolio,
            CalendarAddress,
        ]
    )
    db.execute_sql(KEPT)
    db.execute_sql("DROP TABLE placement_before")
