"""Ways in without a password: links in mails, addresses that wait to be confirmed, sign-ins that open one thing only.

Only columns that may be empty are added: SQLite writes those into the schema and touches no row.
"""

from peewee import CharField, Check, DateTimeField, ForeignKeyField, Model

COLUMNS = (
    ("person", "claimed_email", "VARCHAR(254)"),
    ("employer", "unconfirmed_at", "DATETIME"),
    ("sign_in", "scope", "VARCHAR(60)"),
    ("school", "teachers_by_mail", "INTEGER"),
)


def up(migrator, db):
    for table, column, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        pass

    class MailLink(Table):
        kind = CharField(12)
        secret_hash = CharField(64, unique=True)
        person = ForeignKeyField(Person, on_delete="CASCADE")
        email = CharField(254)
        browser_hash = CharField(64)
        asked_from = CharField(80)
        next = CharField(200)
        expires_at = DateTimeField()
        used_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            constraints = [Check("kind IN ('sign-in', 'confirm')")]

    db.create_tables([MailLink])
