"""The database: migrations make what the models say, lose no row, and writers wait for each other."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from board import migrations
from board.db import Table, database, open_at
from board.people.model import Slowdown
from board.postings.starters import Starter, shipped
from board.tasks import queue
from tests import factories

SAMPLES = sorted((Path(__file__).parent / "samples").glob("after_*.sql"))  # a board with children, at each stage


def schema_of(connection) -> dict[str, set[str]]:
    """Each table's and index's definition as a set of its parts, so that the order of columns does not matter."""
    made = {}
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"):
        if name == "schema_migration" or name.startswith(("sqlite_", "schemamigration", "schema_migration")):
            continue
        head, _, body = " ".join(sql.split()).partition("(")
        body = body.rsplit(")", 1)[0] if sql.startswith("CREATE TABLE") else body
        made[name] = {head.replace(" IF NOT EXISTS", "").strip(), *parts(body)}
    return made


def parts(body: str) -> list[str]:
    """Split at commas that lie in no parentheses."""
    found, depth, start = [], 0, 0
    for place, character in enumerate(body):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            found.append(body[start:place].strip())
            start = place + 1
    return [*found, body[start:].strip()]


def models():
    every, waiting = [], [Table]
    while waiting:
        found = waiting.pop().__subclasses__()
        waiting += found
        every += [model for model in found if model.__module__.startswith("board.")]
    storage = queue.storage
    return [*every, storage.KV, storage.Schedule, storage.Task, storage.Counter]


def test_the_migrated_schema_is_the_schema_of_the_models(app):
    other = SqliteDatabase(":memory:")
    with other.bind_ctx(models(), bind_refs=False, bind_backrefs=False), other.connection_context():
        other.create_tables(models())
        said = schema_of(other.connection())
    made = schema_of(database.connection())
    assert set(made) == set(said)
    assert {name: made[name] ^ said[name] for name in made if made[name] != said[name]} == {}
    assert any("CHECK" in part for part in made["posting"]) and len(made) > 40


def test_the_parts_of_a_definition_are_told_apart():
    assert parts('"a" TEXT, CHECK (x IN (1, 2)), "b" INTEGER') == ['"a" TEXT', "CHECK (x IN (1, 2))", '"b" INTEGER']


def counts(connection) -> dict[str, int]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}


def test_the_samples_are_of_the_first_migrations_one_after_the_other():
    numbers = [step.name[:4] for step in migrations.runner().migrations()]
    sampled = [path.stem.removeprefix("after_") for path in SAMPLES]
    assert sampled == numbers[: len(sampled)] and len(sampled) >= 2


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_later_migration_keeps_every_row_of_a_board_with_children(tmp_path, sample):
    path = tmp_path / "board.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(sample.read_text("utf-8"))
        before = counts(made)
    assert before["posting"] > 3 and before["posting_skill"] > 3 and before["application"] > 3 and before["step"] > 20
    if not database.is_closed():
        database.close()
    open_at(path)
    with database.connection_context():
        migrations.migrate()
        after = counts(database.connection())
        assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert migrations.pending() == []
        begun_with = {row.slug: row.values for row in Starter.all()}
    assert after["synonym"] > 100, "a board from before gets the search words that are shipped"
    assert begun_with == shipped(), "and the starters"
    history = migrations.runner().table_name
    assert {name: after.get(name) for name in before if name != history} == {
        name: count for name, count in before.items() if name != history
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_posting_without_a_contact_gets_whoever_of_its_employer_began_it(tmp_path, sample):
    path = tmp_path / "board.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(sample.read_text("utf-8"))
        (kept, contact), *others = made.execute(
            "SELECT posting.id, contact_id FROM posting JOIN step ON noun = 'posting' AND noun_id = posting.id"
            " AND move = 'begin' AND person_id = contact_id ORDER BY posting.id"
        ).fetchall()
        begun, imported, foreign = (number for number, _contact in others[:3])
        made.execute("UPDATE posting SET contact_id = NULL WHERE id <> ?", (kept,))
        made.execute("DELETE FROM step WHERE noun = 'posting' AND noun_id = ?", (imported,))
        stranger = "SELECT id FROM person WHERE role <> 'employer' LIMIT 1"
        made.execute(f"UPDATE step SET person_id = ({stranger}) WHERE noun = 'posting' AND noun_id = ?", (foreign,))
        made.commit()
    if not database.is_closed():
        database.close()
    open_at(path)
    with database.connection_context():
        migrations.migrate()
        found = dict(database.execute_sql("SELECT id, contact_id FROM posting").fetchall())
    assert (found[kept], found[begun]) == (contact, others[0][1])
    assert (found[imported], found[foreign]) == (None, None)


def test_migrating_twice_does_nothing_the_second_time(tmp_path):
    if not database.is_closed():
        database.close()
    open_at(tmp_path / "board.sqlite3")
    with database.connection_context():
        first = migrations.migrate()
        made = schema_of(database.connection())
        assert first[0].startswith("0001")
        assert migrations.migrate() == [] and migrations.pending() == []
        assert schema_of(database.connection()) == made
    assert (tmp_path / "board.sqlite3").stat().st_mode & 0o077 == 0


def test_a_row_that_points_nowhere_is_refused(app):
    from peewee import IntegrityError

    posting = factories.make_posting("draft")
    with pytest.raises(IntegrityError):
        database.execute_sql("UPDATE posting SET employer_id = 999999 WHERE id = ?", (posting.id,))
    with pytest.raises(IntegrityError):
        database.execute_sql("UPDATE posting SET state = 'nearly' WHERE id = ?", (posting.id,))


def test_eight_threads_that_read_change_and_write_lose_nothing_and_never_find_the_database_locked(app):
    Slowdown.create(account_hash="counter", failures=0)
    troubles = []

    def count_up():
        try:
            database.connect(reuse_if_open=True)
            for _ in range(20):
                with database.atomic():
                    row = Slowdown.get(Slowdown.account_hash == "counter")
                    row.failures += 1
                    row.save()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            database.close()

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert Slowdown.get(Slowdown.account_hash == "counter").failures == 160


def test_the_log_is_written_ahead_and_references_are_kept(app):
    assert database.pragma("journal_mode") == "wal"
    assert database.pragma("foreign_keys") == 1
    assert database.autoconnect is False
