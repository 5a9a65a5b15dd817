"""The database: one handle, the base table, the clock. One process serves one board."""

from datetime import UTC, datetime

from peewee import Check, DateTimeField, Model, SqliteDatabase

from board.written import Texts


class Database(SqliteDatabase):
    """SQLite, which is told what it was told before without writing it out anew."""

    texts = Texts()

    def execute(self, query, **context_options):
        known = None if context_options else self.texts.of(query, self.get_context_options)
        return self.execute_sql(*known) if known else super().execute(query, **context_options)


# Transactions take the write lock at once: a deferred one that turns from reading to writing
# fails on the spot with "database is locked", whatever the timeout says.
database = Database(None, autoconnect=False, lock_type="IMMEDIATE")

# seconds a writer waits for the lock; forty classmates applying at once stay far below it
LOCK_SECONDS = 20


def open_at(path) -> None:
    """Point the handle at a file. Pragmas hold for every connection that is opened later."""
    database.init(
        str(path),
        timeout=LOCK_SECONDS,
        pragmas={"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "cache_size": -4000},
    )


def weigh() -> None:
    """Let SQLite count what its tables and indexes hold: without that it walks all the open postings to check twenty.
    A sample of each will do (https://sqlite.org/lang_analyze.html); takes some milliseconds."""
    database.execute_sql("PRAGMA analysis_limit = 400")
    database.execute_sql("ANALYZE")


def now() -> datetime:
    """The time in UTC, without a zone, to the second: what every `*_at` column holds."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def one_of(column: str, values, null: bool = False) -> Check:
    """A CHECK that a column holds one of these texts."""
    listed = ", ".join(f"'{value}'" for value in values)
    empty = f"{column} IS NULL OR " if null else ""
    return Check(f"{empty}{column} IN ({listed})")


class Table(Model):
    """Base of every table. Saves write only the columns that were changed."""

    class Meta:
        database = database
        only_save_dirty = True
        legacy_table_names = False


class Moment(DateTimeField):
    """A moment in UTC, filled with now()."""

    def __init__(self, *args, **kwargs):
        if not kwargs.get("null"):
            kwargs.setdefault("default", now)
        super().__init__(*args, **kwargs)
