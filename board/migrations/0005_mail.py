"""Letters, what each tells, what people want by mail, and the school's settings for it."""

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class Notice(Table):
        pass

    class Mail(Table):
        person = ForeignKeyField(Person, null=True, on_delete="CASCADE")
        address = CharField(254)
        letter = CharField(40)
        content = TextField()
        language = CharField(2)
        thread = CharField(80)
        kind = CharField(20)
        state = CharField(12)
        tries = IntegerField()
        next_at = DateTimeField()
        message_id = CharField(200, unique=True)
        error = TextField()
        made_at = DateTimeField()
        sent_at = DateTimeField(null=True)

        class Meta:
            indexes = [(("state", "letter", "next_at"), False)]
            constraints = [
                Check("state IN ('waiting', 'sending', 'sent', 'failed', 'dropped')"),
                Check("language IN ('en', 'es')"),
                Check("length(address) > 0"),
                Check("length(message_id) > 0"),
                Check("tries >= 0"),
                Check("(state = 'sent') = (sent_at IS NOT NULL)"),
            ]

    class MailNotice(Table):
        notice = ForeignKeyField(Notice, unique=True, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        kind = CharField(20)
        pace = CharField(10)
        mail = ForeignKeyField(Mail, null=True, on_delete="CASCADE")
        made_at = DateTimeField()

        class Meta:
            indexes = [(("mail", "pace", "made_at"), False)]
            constraints = [Check("length(kind) > 0"), Check("pace IN ('at-once', 'daily', 'weekly')")]

    class MailChoice(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        kind = CharField(20)
        pace = CharField(10)

        class Meta:
            indexes = [(("person", "kind"), True)]
            constraints = [Check("length(kind) > 0"), Check("pace IN ('at-once', 'daily', 'weekly', 'off')")]

    class MailSettings(Table):
        sender = CharField(254)
        reply_to = CharField(254)
        quiet_from = IntegerField()
        quiet_to = IntegerField()

        class Meta:
            constraints = [
                Check("id = 1"),
                Check("quiet_from BETWEEN 0 AND 23"),
                Check("quiet_to BETWEEN 0 AND 23"),
            ]

    db.create_tables([Mail, MailNotice, MailChoice, MailSettings])
