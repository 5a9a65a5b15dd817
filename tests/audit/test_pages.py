"""Settings, the audit trail: searched by person, thing, kind and time; in words; taken out; and how the chain stands."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from board.audit import chain, export, search, trail
from board.audit.model import Entry, Kind
from board.audit.phrases import MOVES as PHRASES
from board.audit.rules import hash_of
from board.db import database, now
from board.moves import Step, record
from board.notices import HEARS
from board.people import accounts
from board.people.model import Person, SignIn
from board.postings import actions as postings
from board.school.actions import change_settings
from board.school.model import School
from tests import factories
from tests.inspector import having, text_of, words
from tests.test_hostile import Browser

PAGE = "/settings/audit"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ruiz(client, cast):
    return client(cast.ruiz)


def rows(browser, address: str = PAGE) -> list[str]:
    """The lines of the page, newest first."""
    assert browser.get(address).status_code == 200
    return [words(row) for row in having(browser.page, "data-entry")]


def numbers(browser, address: str) -> set[int]:
    browser.get(address)
    return {int(row.get("data-entry")) for row in having(browser.page, "data-entry")}


def approved(cast) -> Entry:
    """Mr. Okafor approves Cedar's sign."""
    posting = factories.make_posting("submitted", cast.cedar, title="Sign for the door")
    step = postings.approve(posting, cast.okafor)
    return Entry.get(Entry.step_id == step.id)


# -- in words


def test_a_line_says_who_did_what_to_which_thing_and_leads_there(ruiz, cast):
    entry = approved(cast)
    line = rows(ruiz)[0]
    assert f"#{entry.id}" in line and "Sam Okafor approved it Posting: Sign for the door" in line
    assert having(ruiz.page, "href", f"/review/{entry.noun_id}")
    assert ruiz.get(f"/review/{entry.noun_id}").status_code == 200


def test_every_kind_of_entry_has_words_of_its_own(ruiz, client, cast):
    change_settings(School.here(), cast.ruiz, {"minimum_age": 15})
    accounts.change_role(cast.okafor, cast.ruiz, "coordinator")
    accounts.give_code(cast.maya, cast.ruiz)
    trail.press(Kind.SIGN_IN_FAILED, None, "person", cast.maya.id)
    trail.press(Kind.SIGN_IN_FAILED, None)
    trail.note(Kind.SIGN_IN_ENDED, cast.maya.id, "person", cast.maya.id, count=2)
    trail.note(Kind.SIGN_OUT, cast.dana.id, "sign_in", 3)
    trail.note(Kind.REMOVED, cast.dana.id, "posting", 77)
    trail.note(Kind.RESTORED)
    trail.note(Kind.EXPORT, what="backup")
    client(cast.dana).get("/review/12")
    ruiz.get(f"/students/{cast.maya.id}")
    ruiz.get(f"{PAGE}/export")
    lines = rows(ruiz)
    for said in (
        "Elena Ruiz changed the settings: minimum age School",
        "Elena Ruiz changed the role of Sam Okafor to: Work-based learning coordinator",
        "Elena Ruiz made a sign-in code for Maya Rivera",
        "Somebody could not sign in as Maya Rivera",
        "Somebody could not sign in: no such account –",
        "Maya Rivera signed out 2 other browsers –",
        "Dana Whitlock signed out –",
        "Dana Whitlock deleted it Posting #77",
        "The board put a backup back –",
        "The board made a backup –",
        "Dana Whitlock was not allowed to: /review/12 –",
        "Elena Ruiz looked at the page of Maya Rivera",
        "Elena Ruiz took the audit trail out –",
        "The board began the audit trail –",
        "Elena Ruiz signed in –",
    ):
        assert any(said in line for line in lines), (said, lines)


def test_a_count_that_was_held_back_is_said(ruiz, cast):
    for _ in range(trail.FREE + 5):
        trail.press(Kind.SIGN_IN_FAILED, None, "person", cast.maya.id)
    trail.note(Kind.SIGN_IN_FAILED, None, "person", cast.maya.id, times=5)
    assert "could not sign in as Maya Rivera (5 times)" in rows(ruiz)[0]


def test_what_the_board_does_by_itself_has_words_too(ruiz, cast):
    """None of the codes that notices are made from is shown to people as a code."""
    placement = factories.make_placement("active", cover=cast.ruiz)
    for noun, move in PHRASES:
        thing = placement if noun == "placement" else cast.cedar
        step = record(thing, move, None, "open")
        Step.update(noun=noun).where(Step.id == step.id).execute()
    lines = " ".join(rows(ruiz))
    placed = [words for (noun, _move), words in PHRASES.items() if noun == "placement"]
    assert len(placed) > 8 and [words for words in placed if words not in lines] == []
    assert {pair for pair in PHRASES if pair[0] in ("placement", "application")} <= set(HEARS) | {
        ("application", "revoke"), ("application", "lapse"), ("application", "release"),
    }  # fmt: skip


def test_the_page_keeps_working_when_a_person_and_their_things_are_erased(ruiz, cast):
    gone = factories.make_student(name="Ivy Cole")
    accounts.change(gone, cast.ruiz, {"grade": 11})
    posting = factories.make_posting("draft", cast.cedar)
    step = record(posting, "hand_over", gone, "draft", detail={"name": "Ivy Cole", "to": 3})
    number = gone.id
    Step.update(detail="", reason="").where(Step.id == step.id).execute()
    SignIn.delete().where(SignIn.person == number).execute()
    Person.delete().where(Person.id == number).execute()
    lines = rows(ruiz, f"{PAGE}?who=%23{number}")
    assert "Ivy" not in text_of(ruiz.page)
    assert "a person who was erased handed it over to" in lines[0]
    assert "Elena Ruiz changed the details of a person who was erased: grade" in lines[1]
    assert chain.walk().wrong == ""


def test_a_step_whose_number_belongs_to_another_by_now_is_not_told_of(ruiz, cast):
    draft = factories.make_posting("draft", cast.cedar)
    entry = Entry.get(Entry.noun == "posting", Entry.noun_id == draft.id)
    Step.update(noun="person", noun_id=cast.leo.id, move="invite").where(Step.id == entry.step_id).execute()
    assert any(f"#{entry.id}" in line and "began the draft" in line for line in rows(ruiz))


def test_a_draft_that_a_coordinator_may_not_read_is_a_number_here(ruiz, cast):
    draft = factories.make_posting("draft", cast.cedar, title="A secret plan")
    assert any(f"began the draft Posting #{draft.id}" in line for line in rows(ruiz))
    assert "secret plan" not in text_of(ruiz.page)


def test_what_is_told_the_student_safety_person_stands_on_no_page_and_in_no_file(ruiz, cast):
    posting = factories.make_posting("open", cast.cedar)
    factories.make_report("posting", posting.id, cast.maya, "Odd.")
    entry = Entry.get(Entry.noun == "report")
    for address in (PAGE, f"{PAGE}?noun=report", f"{PAGE}?number={entry.noun_id}"):
        assert entry.id not in numbers(ruiz, address)
    assert "report," not in ruiz.get(f"{PAGE}/export?format=csv").get_data(as_text=True)
    lines = [json.loads(one) for one in ruiz.get(f"{PAGE}/export?format=jsonl").get_data(as_text=True).splitlines()]
    held = next(one for one in lines if one["id"] == entry.id)
    assert set(held) == {"id", "previous", "hash"}, "so that the chain can be followed over it"


# -- searched


def test_a_person_is_found_by_name_and_number_for_what_they_did_and_what_was_done_to_them(ruiz, cast):
    did = approved(cast)
    accounts.change(cast.okafor, cast.ruiz, {"title": "Art"})
    done = Entry.select().order_by(Entry.id.desc()).first()
    trail.note(Kind.VIEW, cast.ruiz.id, "person", cast.leo.id)
    for who in ("okafor", "Sam O", "%23" + str(cast.okafor.id), str(cast.okafor.id)):
        assert numbers(ruiz, f"{PAGE}?who={who}") == {did.id, done.id}, who
    assert numbers(ruiz, f"{PAGE}?who=nobody+like+this") == set()
    assert "Nothing found" in text_of(ruiz.page)


def test_things_kinds_and_days_narrow_it_down_together(ruiz, cast):
    entry = approved(cast)
    posting = entry.noun_id
    assert entry.id in numbers(ruiz, f"{PAGE}?noun=posting&number={posting}")
    assert numbers(ruiz, f"{PAGE}?noun=posting&number={posting + 50}") == set()
    assert numbers(ruiz, f"{PAGE}?kind=move&who=okafor&noun=posting") == {entry.id}
    assert numbers(ruiz, f"{PAGE}?kind=view&who=okafor") == set()
    assert numbers(ruiz, f"{PAGE}?kind=no-such-kind&who=okafor&first=then&number=x") == {entry.id}, (
        "what makes no sense is not asked for"
    )


def test_a_day_is_the_schools_from_midnight_to_midnight(ruiz, cast):
    """In Los Angeles a day in January begins at eight in the morning, UTC; the clocks change on March 8, 2026."""
    moments = {
        "before": datetime(2026, 1, 5, 7, 59, 59), "first": datetime(2026, 1, 5, 8), "last": datetime(2026, 1, 6, 7, 59, 59),
        "after": datetime(2026, 1, 6, 8), "spring": datetime(2026, 3, 9, 6, 59, 59), "next": datetime(2026, 3, 9, 7),
    }  # fmt: skip
    made = {}
    for name, at in moments.items():
        trail.note(Kind.VIEW, cast.ruiz.id, "person", cast.leo.id, at=at)
        made[name] = Entry.select().order_by(Entry.id.desc()).first().id
    assert numbers(ruiz, f"{PAGE}?first=2026-01-05&last=2026-01-05") == {made["first"], made["last"]}
    assert numbers(ruiz, f"{PAGE}?first=2026-03-08&last=2026-03-08") == {made["spring"]}
    assert search.begins(datetime(2026, 3, 9).date(), School.here()) == datetime(2026, 3, 9, 7)


def test_twenty_five_stand_on_a_page_and_the_search_is_kept_while_turning(ruiz, cast):
    trail.note_all([(now(), Kind.MOVE, "approve", cast.okafor.id, "posting", n, None, "", "", "") for n in range(120)])
    assert len(rows(ruiz, f"{PAGE}?who=okafor")) == 25
    assert having(ruiz.page, "data-total", "120")
    assert having(ruiz.page, "href", f"{PAGE}?who=okafor&page=5")
    assert len(rows(ruiz, f"{PAGE}?who=okafor&page=5")) == 20
    assert len(rows(ruiz, f"{PAGE}?who=okafor&page=99")) == 20
    piece = ruiz.piece(f"{PAGE}?who=okafor").get_data(as_text=True)
    assert "<h1" not in piece and piece.count("data-entry") == 25


def test_a_long_trail_is_counted_up_to_a_limit(ruiz, cast, monkeypatch):
    from board.audit import views

    trail.note_all([(now(), Kind.MOVE, "approve", cast.okafor.id, "posting", n, None, "", "", "") for n in range(120)])
    for module in (search, views):
        monkeypatch.setattr(module, "MOST_COUNTED", 60)
    rows(ruiz)
    assert "More than 60 entries" in text_of(ruiz.page)
    assert having(ruiz.page, "href", f"{PAGE}?page=3") and not having(ruiz.page, "href", f"{PAGE}?page=4")


def test_the_page_asks_as_often_for_many_entries_as_for_five(app, cast):
    from playhouse.test_utils import count_queries

    from board.people import sessions

    def asked() -> int:
        browser = Browser(app, secret)
        browser.open(PAGE)
        with count_queries() as counted:
            assert browser.open(PAGE).status_code == 200
        return counted.count

    secret = sessions.begin(cast.ruiz)
    approved(cast)
    few = asked()
    for number in range(30):
        approved(cast)
        record(factories.make_student(), "change", cast.ruiz, "", detail={"changed": ["grade"]})
        trail.note(Kind.REFUSED, cast.maya.id, what="review.show", number=number)
    assert asked() == few


# -- taken out


def test_the_table_holds_what_was_searched_for_and_no_formula(ruiz, cast):
    accounts.change(cast.dana, cast.ruiz, {"name": "=HYPERLINK(1)"})
    approved(cast)
    answer = ruiz.get(f"{PAGE}/export?format=csv&who=%23{cast.dana.id}")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeffNumber,")
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["Who"] for row in table} == {"Elena Ruiz", "'=HYPERLINK(1)"}
    assert [row["What happened"] for row in table if row["what"] == "change"] == [
        "changed the details of =HYPERLINK(1): name"
    ]
    assert not [row["what"] for row in table if row["what"] == "approve"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_reckon_is_a_text(cell):
    assert export.safe(cell) == f"'{cell}"
    assert (export.safe("Maya = 1"), export.safe(None), export.safe(12)) == ("Maya = 1", "", "12")


def test_a_long_table_is_the_newest_of_it_oldest_first(ruiz, cast, monkeypatch):
    monkeypatch.setattr(export, "MOST_IN_TABLE", 30)
    monkeypatch.setattr(export, "PIECE", 7)
    trail.note_all([(now(), Kind.MOVE, "approve", cast.okafor.id, "posting", n, None, "", "", "") for n in range(120)])
    text = ruiz.get(f"{PAGE}/export?who=okafor").get_data(as_text=True)
    assert [int(row["noun_id"]) for row in csv.DictReader(io.StringIO(text))] == list(range(90, 120))


def test_the_program_in_the_documents_follows_the_chain_over_the_lines(ruiz, cast):
    approved(cast)
    factories.make_report("posting", factories.make_posting("open", cast.cedar).id, cast.maya, "Odd.")
    document = (ROOT / "docs" / "audit.md").read_text("utf-8")
    program = document.partition("```python\n")[2].partition("```")[0]

    def says(lines: list[str]) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program], input="\n".join(lines), capture_output=True, text=True, timeout=30
        )
        return (done.stdout + done.stderr).strip()

    lines = ruiz.get(f"{PAGE}/export?format=jsonl").get_data(as_text=True).splitlines()
    assert says(lines) == "every link holds"
    assert says([*lines[:2], lines[2].replace('"kind":"', '"kind":"x'), *lines[3:]]) == "entry 3 was changed"
    assert says([*lines[:2], *lines[3:]]) == "entry 4 does not continue the one before it"


def test_anybody_can_follow_the_chain_over_the_lines_and_no_name_is_in_them(ruiz, cast, monkeypatch):
    monkeypatch.setattr(export, "PIECE", 7)
    for _ in range(4):
        approved(cast)
    text = ruiz.get(f"{PAGE}/export?format=jsonl").get_data(as_text=True)
    seal, number = "0" * 64, 0
    for line in text.splitlines():
        entry = json.loads(line)
        number += 1
        assert (entry["id"], entry["previous"]) == (number, seal)
        seal = entry.pop("hash")
        assert hash_of(entry.values()) == seal
    assert number == Entry.select().count() - 1, "all but the entry that says it was taken out"
    assert [name for name in ("Okafor", "Elena", "Cedar", "Sign for") if name in text] == []


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_taking_it_out_is_an_entry_that_says_of_what(ruiz, cast, form):
    ruiz.get(f"{PAGE}/export?format={form}&kind=move&noun=posting&who=Maya+Rivera")
    entry = Entry.select().order_by(Entry.id.desc()).first()
    assert (entry.kind, entry.person_id) == ("export", cast.ruiz.id)
    assert entry.facts == {"form": form, "kind": "move", "noun": "posting", "upto": entry.id - 1}


# -- how the chain stands


def test_the_page_says_how_far_the_chain_was_followed_and_when(ruiz, cast, monkeypatch):
    ruiz.get(PAGE)
    assert "has not been checked yet" in text_of(ruiz.page)
    upto = chain.check().upto
    trail.note(Kind.VIEW, cast.ruiz.id, "person", cast.leo.id)
    ruiz.get(PAGE)
    assert f"Checked up to entry {upto} today: every link holds. 1 entry since then." in text_of(ruiz.page)
    assert Entry.get_by_id(upto).hash in text_of(ruiz.page)
    database.execute_sql(
        "UPDATE audit_checked SET at = ?",
        (str(datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(days=3)),),
    )
    ruiz.get(PAGE)
    assert f"Checked up to entry {upto}, 3 days ago: every link held" in text_of(ruiz.page)


def test_the_page_says_where_the_chain_breaks(ruiz, cast):
    approved(cast)
    database.execute_sql("DROP TRIGGER audit_entry_stays")
    database.execute_sql("UPDATE audit_entry SET person_id = 99 WHERE id = 2")
    chain.check()
    ruiz.get(PAGE)
    assert "The chain breaks at entry 2: what stands in it is not what was written." in text_of(ruiz.page)
    assert having(ruiz.page, "data-chain", "broken")


def test_the_page_follows_no_chain_itself_the_worker_is_asked_to(ruiz, cast, monkeypatch):
    from board.worker import actions as worker

    monkeypatch.setattr(chain, "walk", lambda *_: pytest.fail("a page walks the chain"))
    ruiz.get(PAGE)
    assert ruiz.post(f"{PAGE}/check").location == PAGE
    monkeypatch.undo()
    worker.look()
    ruiz.get(PAGE)
    assert "every link holds" in text_of(ruiz.page)
