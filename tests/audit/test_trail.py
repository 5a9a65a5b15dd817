"""The audit trail: what it takes, what nobody can do to it, and that nothing that happens is missing."""

import ast
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import IntegrityError

from board.audit import chain, trail
from board.audit.model import Entry, Kind
from board.audit.rules import CONFIDENTIAL, facts_of, hash_of, kind_of, packed
from board.db import database
from board.moves import Refused, Step, record
from board.people import accounts
from board.people import actions as people
from board.postings import actions as postings
from board.postings import imports
from board.postings.model import State
from board.school.actions import change_settings
from board.school.model import School
from tests import factories, placed

ROOT = Path(__file__).resolve().parents[2]


def newest() -> Entry:
    return Entry.select().order_by(Entry.id.desc()).first()


def entries(kind: Kind) -> list[Entry]:
    return list(Entry.select().where(Entry.kind == kind).order_by(Entry.id))


def told_of(step: Step) -> Entry:
    return Entry.get(Entry.step_id == step.id)


# -- nothing is missing


def test_every_step_has_its_entry_with_who_what_and_which_thing(app, cast):
    placed.begin(cast)
    for state in State:
        factories.make_posting(str(state), cast.cedar)
    steps = list(Step.select())
    assert len(steps) > 60
    for step in steps:
        entry = told_of(step)
        assert (entry.noun, entry.noun_id, entry.what) == (step.noun, step.noun_id, step.move)
        assert (entry.person_id, entry.from_state, entry.to_state) == (step.person_id, step.from_state, step.to_state)


def test_steps_are_written_by_moves_alone_so_that_none_goes_past_the_trail():
    writers = set()
    for path in (ROOT / "board").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_call = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Step"
            if is_call and re.match("create|insert|replace|bulk_create|get_or_create", node.attr):
                writers.add(str(path.relative_to(ROOT)))
    assert writers == {"board/moves.py"}


def test_an_import_and_a_class_leave_an_entry_for_each(app, cast, tmp_path):
    rows = "\n".join(f"r{n},Sign {n},New Place {n % 2},Sales,5,120" for n in range(130))
    path = tmp_path / "postings.csv"
    path.write_text(f"reference,title,employer,field,hours,pay\n{rows}\n")
    before = Entry.select().count()
    assert imports.bring_in(path).new == 130
    students = [factories.make_student() for _ in range(7)]
    people.make_codes(students, cast.ruiz)
    made = list(Entry.select().where(Entry.id > before).order_by(Entry.id))
    assert [entry.what for entry in made].count("imported") == 132
    assert {entry.noun_id for entry in made if entry.what == "new_code"} == {student.id for student in students}
    for entry in made:
        step = Step.get_by_id(entry.step_id)
        assert (step.noun, step.noun_id, step.move) == (entry.noun, entry.noun_id, entry.what)
    assert chain.walk().wrong == ""


def test_what_is_taken_back_leaves_no_entry(app, cast):
    before = Entry.select().count()
    with pytest.raises(Refused), database.atomic():
        record(cast.maya, "change", cast.ruiz, "")
        raise Refused("No.")
    assert Entry.select().count() == before


def test_a_deleted_draft_and_its_history_leave_what_was_done(app, cast):
    draft = factories.make_posting("draft", cast.cedar)
    postings.delete_draft(draft, draft.contact)
    assert not Step.select().where(Step.noun == "posting", Step.noun_id == draft.id).exists()
    kept = Entry.select().where(Entry.noun == "posting", Entry.noun_id == draft.id).order_by(Entry.id)
    assert [(entry.kind, entry.what) for entry in kept] == [("move", "begin"), ("removed", "")]


# -- what it holds: numbers and codes


def test_no_word_that_people_wrote_and_no_name_stands_in_it(app, cast):
    placed.begin(cast)
    change_settings(School.here(), cast.ruiz, {"name": "Riverside High School"})
    accounts.change(cast.maya, cast.ruiz, {"name": "Maya Torres"})
    people.check_sign_in(cast.maya.email, "secret word 1")
    people.check_sign_in("stranger@example.org", "secret word 2")
    held = "\n".join("|".join(map(str, row)) for row in Entry.select().tuples()).lower()
    words = [
        cast.maya.name,
        "maya",
        "torres",
        cast.maya.email,
        "stranger",
        "secret",
        "riverside",
        "cedar",
        cast.dana.email,
    ]
    assert [word for word in words if word.lower() in held] == []
    changed = next(entry for entry in entries(Kind.SETTING) if entry.noun == "school")
    assert changed.facts == {"changed": ["name"]}
    assert told_of(Step.get(Step.noun == "person", Step.move == "change")).facts == {"changed": ["name"]}


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({"line": 3, "pitched": True}, {"line": 3, "pitched": True}),
        ({"from": "Illustrator", "to": "maya"}, {}),
        ({"changed": {"name": ["Riverside"], "state": ["WA"]}}, {"changed": ["name", "state"]}),
        ({"changed": ["email", "What I wrote"]}, {"changed": ["email"]}),
        ({"titles": ["maya"], "changed": "maya", "day": "2026-01-01"}, {}),
    ],
)
def test_of_the_facts_of_a_step_only_numbers_and_names_of_columns_are_kept(facts, kept):
    assert facts_of(facts) == kept


@pytest.mark.parametrize("value", ["Maya Rivera", "maya@example.org", "Größe", ["fine", "Not Fine"], 1.5, {"a": 1}])
def test_words_that_a_program_hands_over_are_refused(value):
    with pytest.raises(ValueError):
        packed({"thing": value})


def test_a_report_is_in_the_chain_but_not_who_made_it(app, cast):
    posting = factories.make_posting("open", cast.cedar)
    report = factories.make_report("posting", posting.id, cast.maya, "Odd.")
    entry = Entry.get(Entry.noun == "report", Entry.noun_id == report.id)
    assert (entry.what, entry.person_id, entry.detail) == ("report", None, "")
    assert "report" in CONFIDENTIAL


@pytest.mark.parametrize(
    ("noun", "move", "kind"),
    [
        ("posting", "approve", Kind.MOVE), ("person", "change", Kind.MOVE), ("person", "change_role", Kind.ROLE),
        ("person", "end_sessions", Kind.SIGN_IN_ENDED), ("person", "invite", Kind.KEY), ("person", "new_code", Kind.KEY),
        ("placement", "share", Kind.KEY), ("school", "change_settings", Kind.SETTING), ("period", "remove", Kind.SETTING),
        ("skill", "merge", Kind.SETTING),
    ],
)  # fmt: skip
def test_a_step_is_of_the_kind_that_people_search_for(noun, move, kind):
    assert kind_of(noun, move) == kind


texts = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))


@given(st.lists(st.one_of(st.none(), st.integers(), texts), min_size=12, max_size=12), st.integers(0, 11), texts)
def test_two_entries_that_read_differently_have_different_seals(fields, place, other):
    changed = [*fields[:place], other, *fields[place + 1 :]]
    same = ["" if one is None else str(one) for one in fields] == ["" if one is None else str(one) for one in changed]
    assert (hash_of(fields) == hash_of(changed)) == same


# -- nobody changes it


HARMS = (
    "UPDATE audit_entry SET person_id = 1 WHERE id = 2",
    "UPDATE audit_entry SET hash = hash",
    "DELETE FROM audit_entry WHERE id = 2",
    "DELETE FROM audit_entry",
    "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE id = 2",
    "INSERT INTO audit_entry SELECT id + 9, at, kind, what, person_id, noun, noun_id, step_id, from_state, to_state,"
    " detail, hash, hash FROM audit_entry ORDER BY id DESC LIMIT 1",
    "INSERT INTO audit_entry SELECT id + 1, at, kind, what, person_id, noun, noun_id, step_id, from_state, to_state,"
    " detail, previous, hash FROM audit_entry ORDER BY id DESC LIMIT 1",
)


@pytest.mark.parametrize("harm", HARMS)
def test_the_database_itself_refuses_to_change_delete_or_put_between(app, cast, settings, harm):
    """Also to a program that is not ours."""
    for what in ("approve", "close"):
        trail.note(Kind.MOVE, cast.ruiz.id, "posting", 1, what=what)
    before = list(Entry.select().tuples())
    assert len(before) > 2
    with (
        closing(sqlite3.connect(settings.database)) as other,
        pytest.raises(sqlite3.IntegrityError, match="audit trail"),
    ):
        other.execute(harm)
    with pytest.raises(IntegrityError, match="audit trail"):
        database.execute_sql(harm)
    assert list(Entry.select().tuples()) == before


# -- many at once


WRITER = """
import sys
from board.db import database, open_at
from board.audit import trail
from board.audit.model import Kind
open_at(sys.argv[1])
database.connect()
sys.stdin.readline()
for number in range(60):
    if number % 3:
        trail.note(Kind.MOVE, int(sys.argv[2]), "posting", number, what="approve")
    else:
        with database.atomic():
            trail.note(Kind.VIEW, int(sys.argv[2]), "person", number)
            trail.note(Kind.VIEW, int(sys.argv[2]), "person", number + 1)
"""


def test_processes_that_write_at_once_keep_one_chain(app, settings):
    start = newest().id
    command = [sys.executable, "-c", WRITER, str(settings.database)]
    writers = [
        subprocess.Popen([*command, str(number)], stdin=subprocess.PIPE, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for number in (1, 2, 3)
    ]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _out, trouble = writer.communicate(timeout=60)
        assert writer.returncode == 0, trouble
    found = chain.walk()
    assert (found.upto, found.wrong) == (start + 3 * 80, "")
    by_writer = [entry.person_id for entry in Entry.select().where(Entry.id > start)]
    assert {by_writer.count(number) for number in (1, 2, 3)} == {80}
