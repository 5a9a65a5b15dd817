"""The chain is followed to the end, and the first link that does not hold is named: by doctor, at night, on the page."""

import pytest

from board import doctor
from board.audit import chain, trail
from board.audit.model import TRIGGERS, Checked, Entry, Kind
from board.audit.rules import hash_of
from board.db import database, now
from board.worker import actions as worker
from board.worker.model import JobState
from board.worker.timetable import BY_NAME

GUARDS = ("audit_entry_stays", "audit_entry_is_kept", "audit_entry_is_next")


@pytest.fixture
def ten(app):
    """Entries 1 to 10."""
    for number in range(2, 11):
        trail.note(Kind.MOVE, 7, "posting", number, what="approve", line=number)
    assert Entry.select().count() == 10


def harm(*statements: str) -> None:
    """By somebody who may do anything to the file."""
    for name in GUARDS:
        database.execute_sql(f"DROP TRIGGER {name}")
    for statement in statements:
        database.execute_sql(statement)
    for trigger in TRIGGERS:
        database.execute_sql(trigger)


def seal_again(number: int) -> None:
    """As somebody would who knows how it is done."""
    fields = ", ".join(trail.COLUMNS[:-1])
    row = database.execute_sql(f"SELECT {fields} FROM audit_entry WHERE id = ?", (number,)).fetchone()
    database.execute_sql("UPDATE audit_entry SET hash = ? WHERE id = ?", (hash_of(row), number))


def finding(settings) -> doctor.Finding:
    return next(one for one in doctor.examine(settings) if one.what == "audit")


def test_a_chain_that_is_whole_is_said_to_be_so_and_how_far_is_remembered(ten, settings):
    found = finding(settings)
    assert found.well and found.words == "10 entries, and every one continues the one before"
    kept = Checked.get()
    assert (kept.upto, kept.hash, kept.broken_at) == (10, Entry.get_by_id(10).hash, None)


def test_the_seals_are_those_the_documents_tell_others_to_compute(ten):
    for row in database.execute_sql(chain.ALL).fetchall():
        assert hash_of(row[:-1]) == row[-1]
    assert (
        hash_of((1, None, "a")) == "937f5a0b4e06b0c187c9ceec44f6e8349cf5dd6b4d7aa000e7bb329a5680068c"
    )  # printf '1\n\na' | sha256sum


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01 00:00:00"), ("kind", "view"), ("what", "decline"), ("person_id", 8), ("noun", "placement"),
        ("noun_id", 99), ("step_id", 5), ("from_state", "draft"), ("to_state", "open"), ("detail", ""), ("hash", "f" * 64),
    ],
)  # fmt: skip
def test_any_field_that_is_changed_breaks_the_chain_there(ten, settings, column, value):
    harm(f"UPDATE audit_entry SET {column} = '{value}' WHERE id = 4")
    found = finding(settings)
    assert not found.well and not found.warning
    assert found.words.startswith("the chain breaks at entry 4: what stands in it is not what was written")


@pytest.mark.parametrize(
    ("statements", "number", "words"),
    [
        (["DELETE FROM audit_entry WHERE id = 6"], 6, "it is missing"),
        (["DELETE FROM audit_entry WHERE id = 1"], 1, "it is missing"),
        (["DELETE FROM audit_entry WHERE id = 6", "UPDATE audit_entry SET id = id - 1 WHERE id > 6"], 6, "does not continue"),
        (["UPDATE audit_entry SET previous = hash WHERE id = 3"], 3, "does not continue"),
    ],
)  # fmt: skip
def test_what_is_left_out_or_put_between_is_named(ten, settings, statements, number, words):
    harm(*statements)
    found = finding(settings)
    assert not found.well and f"entry {number}: " in found.words and words in found.words


def test_who_seals_one_anew_is_found_at_the_next(ten, settings):
    harm("UPDATE audit_entry SET person_id = 8 WHERE id = 4")
    for name in GUARDS:
        database.execute_sql(f"DROP TRIGGER {name}")
    seal_again(4)
    assert "entry 5: it does not continue the one before it" in finding(settings).words


def test_the_end_that_is_cut_off_and_a_chain_made_anew_are_found_by_what_was_remembered(ten, settings):
    assert finding(settings).well
    harm("DELETE FROM audit_entry WHERE id > 8")
    assert "entry 9: it was there when the chain was last checked" in finding(settings).words
    for number in (9, 10):
        trail.note(Kind.MOVE, 8, "posting", number, what="approve", line=number)
    assert "entry 10: it is not the same as when the chain was last checked" in finding(settings).words


def test_a_broken_chain_ends_doctor_with_another_status(ten, app):
    harm("UPDATE audit_entry SET noun_id = 77 WHERE id = 4")
    result = app.test_cli_runner().invoke(args=["doctor"])
    database.connect(reuse_if_open=True)
    assert result.exit_code == 1
    assert "BAD      audit      the chain breaks at entry 4" in result.output


def test_how_far_it_held_is_not_forgotten_when_it_breaks_and_it_holds_again_once_mended(ten, settings):
    assert chain.check().upto == 10
    harm("UPDATE audit_entry SET person_id = 8 WHERE id = 4")
    assert chain.check().wrong == "changed"
    kept = Checked.get()
    assert (kept.upto, kept.broken_at, kept.wrong) == (10, 4, "changed")
    harm("UPDATE audit_entry SET person_id = 7 WHERE id = 4")
    assert chain.check().wrong == "" and Checked.get().broken_at is None


def test_long_chains_are_read_piece_by_piece(app, monkeypatch):
    monkeypatch.setattr(chain, "PIECE", 7)
    trail.note_all([(now(), Kind.MOVE, "approve", 7, "posting", number, None, "", "", "") for number in range(40)])
    pieces = []
    assert chain.walk(pieces.append).upto == 41
    assert pieces == [7, 7, 7, 7, 7, 6]
    harm("UPDATE audit_entry SET noun_id = 77 WHERE id = 22")
    assert chain.walk().broken_at == 22


def test_the_worker_follows_it_at_night_and_says_what_it_found(ten, cast):
    job = BY_NAME["audit"]
    worker.run_now(job)
    assert JobState.get(JobState.name == "audit").did == '{"entries": 10}'
    harm("UPDATE audit_entry SET noun_id = 77 WHERE id = 4")
    worker.run_now(job)
    state = JobState.get(JobState.name == "audit")
    assert state.failures == 1 and "does not hold" in state.problem and '"number": "4"' in state.facts
