"""What leaves an entry besides moves: signing in and out, refusals, what is looked at, taken out and handed out."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.audit import chain, trail
from board.audit.model import Entry, Kind, Tally
from board.calendar import actions as calendar
from board.db import database, now
from board.experience import actions as experience
from board.people import accounts, links, sessions
from board.people import actions as people
from board.people.model import Person
from board.postings import joining
from board.school.model import School, today
from tests import factories

PASSWORD = "three quiet rivers"


def entries(kind: Kind) -> list[tuple]:
    rows = Entry.select().where(Entry.kind == kind).order_by(Entry.id)
    return [(row.person_id, row.noun, row.noun_id, row.what) for row in rows]


def entry(kind: Kind) -> Entry:
    return Entry.select().where(Entry.kind == kind).order_by(Entry.id.desc()).first()


@pytest.fixture
def maya(cast):
    people.set_password(cast.maya, PASSWORD)
    return cast.maya


# -- signing in


def test_signing_in_and_out_say_who_and_by_which_door(maya, client):
    browser = client()
    browser.post("/sign-in", data={"email": maya.email, "password": PASSWORD})
    row = Person.get_by_id(maya.id).sign_ins.get()
    assert entries(Kind.SIGN_IN) == [(maya.id, "sign_in", row.id, "people.sign_in")]
    browser.post("/sign-out")
    browser.post("/sign-out")
    assert entries(Kind.SIGN_OUT) == [(maya.id, "sign_in", row.id, "")]


def test_a_sign_in_by_a_code_and_one_that_opens_one_thing_say_so(cast, client):
    code = accounts.give_code(cast.maya, cast.ruiz)
    browser = client()
    browser.post("/sign-in", data={"email": cast.maya.email, "password": code})
    browser.post("/first-password", data={"password": PASSWORD, "again": PASSWORD})
    assert entries(Kind.SIGN_IN) == [(cast.maya.id, "sign_in", 1, "people.first_password")]
    people.enter(cast.dana, scope="posting 1", way="doors.act")
    assert entry(Kind.SIGN_IN).facts == {"narrow": True}


def test_a_sign_in_that_fails_says_whose_account_was_meant_and_nothing_that_was_typed(maya, client):
    for typed in (maya.email, "stranger@example.org"):
        client().post("/sign-in", data={"email": typed, "password": "not the password"})
    assert entries(Kind.SIGN_IN_FAILED) == [(None, "person", maya.id, ""), (None, "", None, "")]
    assert people.confirm(maya, "not it") is False
    assert entries(Kind.SIGN_IN_FAILED)[-1] == (maya.id, "person", maya.id, "confirm")


def test_signing_other_browsers_out_says_how_many(maya, client, cast):
    browser = client(maya)
    for _ in range(3):
        sessions.begin(maya)
    browser.post("/account/browsers/end")
    assert entries(Kind.SIGN_IN_ENDED) == [(maya.id, "person", maya.id, "")] and entry(Kind.SIGN_IN_ENDED).facts == {
        "count": 3
    }
    accounts.end_sessions(maya, cast.ruiz)
    assert entries(Kind.SIGN_IN_ENDED)[-1] == (cast.ruiz.id, "person", maya.id, "end_sessions")


# -- a storm


def at(monkeypatch, moment) -> None:
    monkeypatch.setattr(trail, "now", lambda: moment)


def test_a_storm_of_tries_fills_no_disk_and_none_is_uncounted(app, monkeypatch):
    start = now()
    for number in range(600):  # two minutes, five a second
        at(monkeypatch, start + timedelta(seconds=number // 5))
        trail.press(Kind.SIGN_IN_FAILED, None)
    rows = list(Entry.select().where(Entry.kind == Kind.SIGN_IN_FAILED).order_by(Entry.id))
    assert len(rows) == trail.FREE + 1
    assert Tally.select().count() == 1
    at(monkeypatch, start + timedelta(hours=3))
    assert trail.let_go() == 1
    rows = list(Entry.select().where(Entry.kind == Kind.SIGN_IN_FAILED))
    assert sum(row.facts.get("times", 1) for row in rows) == 600
    assert Tally.select().count() == 0 and chain.walk().wrong == ""


def test_one_persons_storm_holds_back_nobody_elses_try(app, cast):
    for _ in range(30):
        trail.press(Kind.SIGN_IN_FAILED, None, "person", cast.maya.id)
    trail.press(Kind.SIGN_IN_FAILED, None, "person", cast.leo.id)
    trail.press(Kind.REFUSED, cast.maya.id, what="review.desk")
    assert len(entries(Kind.SIGN_IN_FAILED)) == trail.FREE + 1
    assert entries(Kind.SIGN_IN_FAILED)[-1] == (None, "person", cast.leo.id, "")
    assert len(entries(Kind.REFUSED)) == 1


def test_after_a_quiet_hour_the_first_ones_are_written_one_by_one_again(app, monkeypatch):
    start = now()
    for _ in range(12):
        trail.press(Kind.REFUSED, 5, what="review.desk")
    at(monkeypatch, start + timedelta(hours=2))
    trail.press(Kind.REFUSED, 5, what="review.desk")
    assert entry(Kind.REFUSED).facts == {"times": 3}
    trail.press(Kind.REFUSED, 5, what="review.desk")
    assert len(entries(Kind.REFUSED)) == 12


# -- refusals


def test_a_refusal_says_who_and_which_route_with_its_numbers(cast, client):
    client(cast.maya).get("/settings/audit")
    client(cast.dana).post("/review/12/approve")
    assert entries(Kind.REFUSED) == [(cast.maya.id, "", None, "audit.trail"), (cast.dana.id, "", None, "review.decide")]
    assert entry(Kind.REFUSED).facts == {"number": 12}, "of an address no word is kept"


def test_a_move_that_is_not_theirs_to_make_is_a_refusal_too(cast, client):
    report = factories.make_posting("draft", cast.mill)
    response = client(cast.okafor).post(f"/people/{cast.ruiz.id}/close")
    assert response.status_code == 403
    client(cast.ruiz).post(f"/people/{cast.ruiz.id}/code")  # NotAllowed: no code for oneself
    assert entries(Kind.REFUSED)[-1] == (cast.ruiz.id, "", None, "care.code")
    assert client(cast.dana).get(f"/employer/postings/{report.id}").status_code == 404
    assert len(entries(Kind.REFUSED)) == 2, "what is there and is not seen has a kind of its own"


def test_who_asks_by_number_for_what_is_not_theirs_to_see_leaves_an_entry_and_a_visitor_none(cast, client):
    posting = factories.make_posting("draft", cast.mill)
    dana, visitor = client(cast.dana), client()
    for address in (f"/employer/postings/{posting.id}", "/employer/postings/9999", "/nothing", "/verify/unknown"):
        assert dana.get(address).status_code == 404
        assert visitor.get(address).status_code in (302, 303, 404)
    assert entries(Kind.UNSEEN) == [(cast.dana.id, "", None, "desk.edit")] * 2
    assert [row.facts for row in Entry.select().where(Entry.kind == Kind.UNSEEN)] == [
        {"posting_id": posting.id}, {"posting_id": 9999},
    ]  # fmt: skip
    for number in range(30):
        dana.get(f"/employer/postings/{100 + number}")
    assert len(entries(Kind.UNSEEN)) == trail.FREE, "a machine that counts up fills no disk"
    dana.post("/review/12/approve")
    assert entries(Kind.REFUSED) == [(cast.dana.id, "", None, "review.decide")], "and hides nothing else"


def test_a_trail_that_cannot_be_written_is_not_in_the_way_of_a_refusal(cast, client):
    browser = client(cast.maya)
    database.execute_sql("DROP TABLE audit_tally")
    assert browser.get("/settings/audit").status_code == 403


# -- looking and taking out


def test_staff_who_open_a_student_leave_one_entry_for_the_same_look(cast, client, monkeypatch):
    teacher, coordinator = client(cast.okafor), client(cast.ruiz)
    teacher.get(f"/students/{cast.maya.id}")
    teacher.get(f"/students/{cast.maya.id}")
    coordinator.get(f"/people/{cast.maya.id}")
    coordinator.get(f"/people/{cast.dana.id}")  # no student
    assert entries(Kind.VIEW) == [
        (cast.okafor.id, "person", cast.maya.id, ""),
        (cast.ruiz.id, "person", cast.maya.id, ""),
    ]
    at(monkeypatch, now() + timedelta(minutes=11))
    teacher.get(f"/students/{cast.maya.id}")
    assert len(entries(Kind.VIEW)) == 3


@pytest.mark.parametrize("name", ["maya", "dana"])
def test_reading_writes_nothing_for_students_and_employers(cast, client, name):
    browser = client(getattr(cast, name))
    posting = factories.make_posting("open", cast.cedar)
    before = Entry.select().count()
    for address in ("/", "/projects", f"/projects/{posting.id}", "/notices", "/account", "/placements", "/messages"):
        assert browser.get(address).status_code == 200
    assert Entry.select().count() == before


def test_what_is_taken_out_says_whose_data_it_is(cast, client):
    client(cast.maya).get("/experience/export.json")
    assert entries(Kind.EXPORT) == [(cast.maya.id, "person", cast.maya.id, "portfolio.export")]
    for form in ("csv", "jsonl"):
        client(cast.ruiz).get(f"/settings/audit/export?format={form}&kind=view&who=maya")
        assert entries(Kind.EXPORT)[-1] == (cast.ruiz.id, "", None, "audit.take_out")
        assert entry(Kind.EXPORT).facts.items() >= {"form": form, "kind": "view"}.items()


def test_what_programs_fetch_every_hour_is_written_once_a_day(cast, client):
    token = calendar.make(cast.maya)
    kept = factories.make_experience(factories.make_posting("open", cast.cedar), cast.maya, 60)
    experience.record_yes(kept, cast.okafor, today())
    experience.share(kept, cast.maya)
    public = type(kept).get_by_id(kept.id).token
    for _ in range(3):
        assert client().get(f"/calendar/{token}.ics").status_code == 200
        assert client().get(f"/verify/{public}/badge").status_code == 200
        assert client().get(f"/verify/{public}").status_code == 200
    assert entries(Kind.EXPORT) == [
        (None, "person", cast.maya.id, "calendar.feed"), (None, "experience", kept.id, "public.credential"),
    ]  # fmt: skip


def test_what_the_school_publishes_for_machines_and_a_feed_of_projects_are_nobodys_data(cast, client):
    School.update(open_to_visitors=True).execute()
    for address in ("/issuer", "/issuer/keys", "/projects.atom", "/healthz"):
        assert client().get(address).status_code == 200
    assert entries(Kind.EXPORT) == []


def test_data_that_cannot_be_written_down_does_not_leave(app, cast, client):
    app.config["PROPAGATE_EXCEPTIONS"] = False  # as a board for real
    browser = client(cast.maya)
    database.execute_sql("CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'disk'); END")
    response = browser.get("/experience/export.json")
    assert response.status_code == 500 and "experiences" not in response.get_data(as_text=True)


def test_a_backup_stands_in_the_trail_and_a_restore_goes_on_with_the_chain_it_brings(app, cast, tmp_path):
    def run(*arguments):
        result = app.test_cli_runner().invoke(args=[str(one) for one in arguments])
        database.connect(reuse_if_open=True)
        assert result.exit_code == 0, result.output

    run("backup", tmp_path / "copy.sqlite3")
    assert entries(Kind.EXPORT) == [(None, "", None, "backup")]
    trail.note(Kind.MOVE, cast.ruiz.id, "posting", 5, what="approve")
    chain.check()
    run("restore", tmp_path / "copy.sqlite3")
    assert entries(Kind.RESTORED) == [(None, "", None, "")] and entries(Kind.EXPORT) == []
    assert chain.check().wrong == ""
    with pytest.raises(Exception, match="never deleted"):
        database.execute_sql("DELETE FROM audit_entry")


# -- roles, keys and links


def test_roles_and_whatever_opens_a_door_have_kinds_of_their_own(cast, client, app):
    accounts.change_role(cast.okafor, cast.ruiz, "coordinator")
    assert entries(Kind.ROLE) == [(cast.ruiz.id, "person", cast.okafor.id, "change_role")]
    row = entry(Kind.ROLE)
    assert (row.from_state, row.to_state) == ("teacher", "coordinator")
    accounts.give_code(cast.maya, cast.ruiz)
    accounts.invite_teacher("New Teacher", "new@example.org", cast.ruiz)
    links.ask_to_sign_in(cast.dana.email, links.Asker("mark"))
    links.ask_to_sign_in("nobody@example.org", links.Asker("mark"))
    calendar.make(cast.maya)
    teacher = Person.get(Person.email == "new@example.org")
    assert entries(Kind.KEY) == [
        (cast.ruiz.id, "person", cast.maya.id, "new_code"), (cast.ruiz.id, "person", teacher.id, "invite"),
        (None, "person", cast.dana.id, "mail_sign-in"), (cast.maya.id, "person", cast.maya.id, "make_calendar"),
    ]  # fmt: skip


def test_a_newcomer_who_is_forgotten_leaves_what_was_deleted(app, cast):
    values = {"name": "Oak Signs", "website": "", "offer": "A sign"}
    person, draft = joining.join(values, "Pat Oak", "pat@example.org", {"seats": 1, "minimum_age": 14, "title": "A sign"},
                                 links.Asker("mark"), "")  # fmt: skip
    joining.remove(person)
    assert entries(Kind.REMOVED) == [(None, "posting", draft.id, ""), (None, "person", person.id, "")]


def test_an_entry_costs_a_move_two_statements(app, cast):
    with database.atomic(), count_queries() as counted:
        trail.note(Kind.MOVE, cast.ruiz.id, "posting", 5, what="approve")
    assert counted.count == 2
