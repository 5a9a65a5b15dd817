"""The first tables. Frozen: what the models were on the first day, whatever they become."""

from peewee import (
    SQL,
    BlobField,
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    DateField,
    DateTimeField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
    TimestampField,
)  # fmt: skip


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Employer(Table):
        name = CharField(120)
        state = CharField(12)
        size = CharField(8, null=True)
        place = CharField(120)
        website = CharField(200)
        about = TextField()
        offer = TextField()
        verified_until = DateField(null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("name",), False)]
            constraints = [
                Check("state IN ('unverified', 'verified', 'refused', 'lapsed', 'suspended')"),
                Check("size IS NULL OR size IN ('1', '2-10', '11-50', '51-250', '251+')"),
                Check("length(name) > 0"),
            ]

    class Person(Table):
        role = CharField(12)
        name = CharField(120)
        email = CharField(254, null=True, unique=True)
        username = CharField(60, null=True, unique=True)
        password_hash = CharField(200, null=True)
        language = CharField(2, null=True)
        title = CharField(80)
        grade = IntegerField(null=True)
        birth_date = DateField(null=True)
        adviser = ForeignKeyField("self", on_delete="SET NULL", null=True)
        ended_at = DateTimeField(null=True)
        created_at = DateTimeField()
        employer = ForeignKeyField(Employer, on_delete="RESTRICT", null=True)

        class Meta:
            constraints = [
                Check("role IN ('student', 'teacher', 'coordinator', 'employer')"),
                Check("language IS NULL OR language IN ('en', 'es')"),
                Check("length(name) > 0"),
                Check("email IS NOT NULL OR username IS NOT NULL"),
                Check("email = lower(email) AND username = lower(username)"),
                Check("(role = 'employer') = (employer_id IS NOT NULL)"),
                Check("role = 'student' OR (birth_date IS NULL AND grade IS NULL AND adviser_id IS NULL)"),
                Check("grade BETWEEN 9 AND 12"),
            ]

    class Field(Table):
        slug = CharField(60, unique=True)
        name = CharField(60, unique=True)
        cluster = CharField(80)
        colour = CharField(20)
        title = CharField(80)
        hint = CharField(200)
        position = IntegerField()
        hidden = BooleanField()

        class Meta:
            constraints = [
                Check("length(slug) > 0"),
                Check("length(name) > 0"),
                Check("length(title) > 0"),
            ]

    class Supervisor(Table):
        employer = ForeignKeyField(Employer, on_delete="CASCADE")
        name = CharField(120)
        title = CharField(80)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("employer", "name"), True)]
            constraints = [
                Check("length(name) > 0"),
            ]

    class Posting(Table):
        employer = ForeignKeyField(Employer, on_delete="RESTRICT")
        contact = ForeignKeyField(Person, on_delete="RESTRICT", null=True)
        state = CharField(20)
        held_at = DateTimeField(null=True)
        reference = CharField(80, null=True, unique=True)
        version = IntegerField()
        title = CharField(160)
        summary = CharField(200)
        description = TextField()
        deliverable = TextField()
        field = ForeignKeyField(Field, on_delete="RESTRICT", null=True)
        hours = IntegerField(null=True)
        weeks = IntegerField(null=True)
        rhythm = CharField(200)
        starts_on = DateField(null=True)
        due_on = DateField(null=True)
        seats = IntegerField()
        pay_cents = IntegerField(null=True)
        paid_how = CharField(300)
        place = CharField(8, null=True)
        location = CharField(120)
        address = CharField(200)
        times = CharField(200)
        getting_there = CharField(300)
        supervisor = ForeignKeyField(Supervisor, on_delete="RESTRICT", null=True)
        resume_title = CharField(80)
        minimum_age = IntegerField(null=True)
        minimum_grade = IntegerField(null=True)
        first_project_welcome = BooleanField()
        ai_tools = CharField(4, null=True)
        ai_note = CharField(200)
        apply_by = DateField(null=True)
        decide_by = DateField(null=True)
        created_at = DateTimeField()
        updated_at = DateTimeField()
        submitted_at = DateTimeField(null=True)
        opened_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("state", "apply_by"), False), (("employer", "state"), False)]
            constraints = [
                Check(
                    "state IN ('draft', 'submitted', 'changes_requested', 'declined', 'open', 'paused', 'filled', 'closed')"
                ),
                Check("place IS NULL OR place IN ('remote', 'on-site', 'hybrid')"),
                Check("ai_tools IS NULL OR ai_tools IN ('fine', 'ask', 'no')"),
                Check("length(title) <= 160 AND length(summary) <= 200"),
                Check("hours BETWEEN 1 AND 80"),
                Check("weeks BETWEEN 1 AND 8"),
                Check("seats BETWEEN 1 AND 20"),
                Check("pay_cents > 0"),
                Check("minimum_age BETWEEN 14 AND 19"),
                Check("minimum_grade BETWEEN 9 AND 12"),
                Check("version > 0"),
                Check("state IN ('draft', 'declined') OR submitted_at IS NOT NULL OR reference IS NOT NULL"),
                Check("state NOT IN ('open', 'paused', 'filled') OR opened_at IS NOT NULL"),
            ]

    class Application(Table):
        posting = ForeignKeyField(Posting, on_delete="RESTRICT")
        student = ForeignKeyField(Person, on_delete="RESTRICT")
        state = CharField(14)
        code = CharField(4)
        why = TextField()
        seat = IntegerField(null=True)
        answer_by = DateField(null=True)
        reason = CharField(20, null=True)
        created_at = DateTimeField()
        updated_at = DateTimeField()
        submitted_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("posting", "code"), True), (("student", "state"), False), (("posting", "state"), False)]
            constraints = [
                Check(
                    "state IN ('draft', 'submitted', 'shortlisted', 'offered', 'accepted', 'turned_down', 'lapsed', 'taken_back', 'not_selected', 'withdrawn')"
                ),
                Check(
                    "reason IS NULL OR reason IN ('more-experience', 'availability', 'close-call', 'filled', 'closed', 'no-decision', 'other')"
                ),
                Check("length(code) = 4"),
                Check("(state IN ('offered', 'accepted')) = (seat IS NOT NULL)"),
                Check("seat > 0"),
                Check("state <> 'offered' OR answer_by IS NOT NULL"),
                Check("(state = 'not_selected') = (reason IS NOT NULL)"),
                Check("state IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL"),
            ]

    class Question(Table):
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        position = IntegerField()
        words = CharField(300)

        class Meta:
            indexes = [(("posting", "position"), True)]
            constraints = [
                Check("length(words) > 0"),
                Check("position BETWEEN 1 AND 3"),
            ]

    class Answer(Table):
        application = ForeignKeyField(Application, on_delete="CASCADE")
        question = ForeignKeyField(Question, on_delete="SET NULL", null=True)
        position = IntegerField()
        asked = CharField(300)
        words = TextField()

        class Meta:
            indexes = [(("application", "position"), True)]

    class Comment(Table):
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        author = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        section = CharField(10, null=True)
        words = TextField()
        created_at = DateTimeField()

        class Meta:
            indexes = [(("posting", "created_at"), False)]
            constraints = [
                Check(
                    "section IS NULL OR section IN ('basics', 'work', 'skills', 'time', 'pay', 'place', 'who', 'dates')"
                ),
                Check("length(words) > 0"),
            ]

    class Skill(Table):
        slug = CharField(80, unique=True)
        name = CharField(60)
        folded = CharField(60, unique=True)
        field = ForeignKeyField(Field, on_delete="SET NULL", null=True)
        state = CharField(12)
        created_at = DateTimeField()
        proposed_by = ForeignKeyField(Person, on_delete="SET NULL", null=True)

        class Meta:
            constraints = [
                Check("state IN ('approved', 'proposed', 'refused')"),
                Check("length(slug) > 0"),
                Check("length(name) > 0"),
                Check("length(folded) > 0"),
            ]

    class Evidence(Table):
        application = ForeignKeyField(Application, on_delete="CASCADE")
        skill = ForeignKeyField(Skill, on_delete="CASCADE")
        kind = CharField(6, null=True)
        words = CharField(400)

        class Meta:
            indexes = [(("application", "skill"), True)]
            constraints = [
                Check("kind IS NULL OR kind IN ('class', 'club', 'job', 'home', 'hobby')"),
            ]

    class IndexRepair(Table):
        posting_id = IntegerField(primary_key=True)
        mark = CharField(16)
        created_at = DateTimeField()

    class Interest(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        field = ForeignKeyField(Field, on_delete="CASCADE")

        class Meta:
            indexes = [(("person", "field"), True)]

    class Key(Table):
        kind = CharField(12)
        secret_hash = CharField(64, unique=True)
        person = ForeignKeyField(Person, on_delete="CASCADE", null=True)
        made_by = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        expires_at = DateTimeField()
        used_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            constraints = [
                Check("kind IN ('set-up', 'invitation', 'code')"),
                Check("(kind = 'set-up') = (person_id IS NULL)"),
            ]

    class Milestone(Table):
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        position = IntegerField()
        title = CharField(200)
        week = IntegerField(null=True)

        class Meta:
            indexes = [(("posting", "position"), True)]
            constraints = [
                Check("length(title) > 0"),
                Check("week BETWEEN 1 AND 8"),
            ]

    class Step(Table):
        noun = CharField(20)
        noun_id = IntegerField()
        move = CharField(30)
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        from_state = CharField(20)
        to_state = CharField(20)
        reason = TextField()
        detail = TextField()
        at = DateTimeField()
        told_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("noun", "noun_id"), False)]

    class Notice(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        step = ForeignKeyField(Step, on_delete="CASCADE")
        read_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("person", "step"), True), (("person", "read_at"), False)]

    class PersonSkill(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        skill = ForeignKeyField(Skill, on_delete="CASCADE")

        class Meta:
            indexes = [(("person", "skill"), True)]

    class Placement(Table):
        application = ForeignKeyField(Application, on_delete="RESTRICT", unique=True)
        state = CharField(12)
        held_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            constraints = [
                Check(
                    "state IN ('proposed', 'agreed', 'not_agreed', 'active', 'delivered', 'completed', 'ended_early')"
                ),
            ]

    class PostingSkill(Table):
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        skill = ForeignKeyField(Skill, on_delete="RESTRICT")
        need = CharField(4)
        position = IntegerField()

        class Meta:
            indexes = [(("posting", "skill"), True)]
            constraints = [
                Check("need IN ('must', 'nice')"),
            ]

    class Reading(Table):
        application = ForeignKeyField(Application, on_delete="CASCADE")
        teacher = ForeignKeyField(Person, on_delete="CASCADE")
        asked_at = DateTimeField()
        answered_at = DateTimeField(null=True)
        words = TextField()

    class Report(Table):
        about = CharField(12)
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        application_id = IntegerField(null=True)
        person = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        words = TextField()
        state = CharField(8)
        created_at = DateTimeField()

        class Meta:
            constraints = [
                Check("about IN ('posting', 'thread', 'application')"),
                Check("state IN ('open', 'settled')"),
                Check("length(words) > 0"),
                Check("(about = 'application') = (application_id IS NOT NULL)"),
            ]

    class Revision(Table):
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        state = CharField(12)
        content = TextField()
        author = ForeignKeyField(Person, on_delete="SET NULL", null=True)
        created_at = DateTimeField()

        class Meta:
            indexes = [(("posting", "state"), False)]
            constraints = [
                Check("state IN ('proposed', 'approved', 'returned', 'taken_back')"),
            ]

    class Saved(Table):
        student = ForeignKeyField(Person, on_delete="CASCADE")
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        created_at = DateTimeField()

        class Meta:
            indexes = [(("student", "posting"), True)]

    class School(Table):
        name = CharField(120)
        state = CharField(2)
        time_zone = CharField(60)
        minimum_age = IntegerField()
        minimum_pay_cents = IntegerField()
        open_to_visitors = BooleanField()
        created_at = DateTimeField()

        class Meta:
            constraints = [
                Check("id = 1"),
                Check("length(name) > 0"),
                Check("minimum_age BETWEEN 14 AND 18"),
                Check("minimum_pay_cents BETWEEN 0 AND 20000"),
                Check(
                    "state IN ('AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY', 'LA', 'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH', 'OK', 'OR', 'PA', 'PR', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT', 'VA', 'WA', 'WV', 'WI', 'WY')"
                ),
            ]

    class SignIn(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        secret_hash = CharField(64, unique=True)
        browser = CharField(80)
        created_at = DateTimeField()
        seen_at = DateTimeField()
        ended_at = DateTimeField(null=True)

        class Meta:
            constraints = [
                Check("length(secret_hash) = 64"),
            ]

    class Slowdown(Table):
        account_hash = CharField(64, unique=True)
        failures = IntegerField()
        last_at = DateTimeField()

        class Meta:
            constraints = [
                Check("failures >= 0"),
            ]

    class Spelling(Table):
        skill = ForeignKeyField(Skill, on_delete="CASCADE")
        folded = TextField(unique=True)

        class Meta:
            constraints = [
                Check("length(folded) > 0"),
            ]

    class Viewing(Table):
        posting = ForeignKeyField(Posting, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        seen_at = DateTimeField()

        class Meta:
            indexes = [(("posting", "person"), True)]

    Application.add_index(
        Application.posting,
        Application.student,
        unique=True,
        where=SQL("state IN ('draft', 'submitted', 'shortlisted', 'offered', 'accepted')"),
        name="application_one_live",
    )
    Application.add_index(
        Application.posting, Application.seat, unique=True, where=SQL("seat IS NOT NULL"), name="application_seat"
    )
    Key.add_index(Key.person, unique=True, where=SQL("used_at IS NULL AND person_id IS NOT NULL"), name="key_live")
    Step.add_index(Step.id, where=SQL("told_at IS NULL"), name="step_untold")
    Reading.add_index(Reading.application, unique=True, where=SQL("answered_at IS NULL"), name="reading_one_open")
    Revision.add_index(Revision.posting, unique=True, where=SQL("state = 'proposed'"), name="revision_one_proposed")
    db.create_tables(
        [
            Employer,
            Person,
            Field,
            Supervisor,
            Posting,
            Application,
            Question,
            Answer,
            Comment,
            Skill,
            Evidence,
            IndexRepair,
            Interest,
            Key,
            Milestone,
            Step,
            Notice,
            PersonSkill,
            Placement,
            PostingSkill,
            Reading,
            Report,
            Revision,
            Saved,
            School,
            SignIn,
            Slowdown,
            Spelling,
            Viewing,
        ]
    )

    # the worker's queue (huey.contrib.sql_huey keeps its own models)
    class Queue(Model):
        class Meta:
            database = db

    class KV(Queue):
        queue = CharField()
        key = CharField()
        value = BlobField()

        class Meta:
            primary_key = CompositeKey("queue", "key")

    class Schedule(Queue):
        queue = CharField()
        data = BlobField()
        timestamp = TimestampField(resolution=1000)

        class Meta:
            indexes = ((("queue", "timestamp"), False),)

    class Task(Queue):
        queue = CharField()
        data = BlobField()
        priority = FloatField()

    Task.add_index(Task.priority.desc(), Task.id)

    class Counter(Queue):
        queue = CharField()
        key = CharField()
        value = IntegerField()

        class Meta:
            primary_key = CompositeKey("queue", "key")

    db.create_tables([KV, Schedule, Task, Counter])
