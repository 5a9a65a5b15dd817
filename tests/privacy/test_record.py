"""A person's whole record: all that the declaration says, for who may read it; and never another's."""

import json

import pytest

from board import notices
from board.db import now
from board.guardians import actions as homes
from board.guardians.model import GuardianAsk, Word
from board.moves import Step, record
from board.placements.model import EmployerFeedback, GuardianYes, Message, Placement, StudentFeedback
from board.placements.rules import STAFF_ALONE
from board.privacy import disclosures
from board.privacy.declaration import DECLARED
from board.privacy.record import as_file, whole
from board.school.model import School, today
from tests import busy, factories
from tests.inspector import having, text_of


@pytest.fixture
def placed(cast):
    return factories.make_placement("active", factories.make_posting("open", cast.cedar, title="Door signs"), cast.maya)


def of(person, reader) -> dict:
    return as_file(person, reader)["held"]


def test_it_holds_everything_that_is_theirs_and_nothing_of_others(app, cast, placed):
    made = busy.fill(cast)
    GuardianYes.create(placement=placed, signed_on=today(), recorded_by=cast.okafor)
    notices.deliver()
    held = of(cast.maya, cast.ruiz)
    assert {
        "person",
        "application",
        "answer",
        "evidence",
        "placement",
        "disclosure",
        "notice",
        "step",
        "guardian_yes",
        "saved",
    } <= set(held)
    assert held["person"] == [
        {"id": cast.maya.id, "name": "Maya Rivera", "email": cast.maya.email, "claimed_email": None, "username": None,
         "language": None, "role": "student", "created_at": f"{cast.maya.created_at.isoformat()}Z", "ended_at": None, "grade": 10,
         "birth_date": str(cast.maya.birth_date), "adviser": cast.okafor.id, "directory_opt_out": None, "not_shown": None}
    ]  # fmt: skip
    assert len(held["application"]) == 11 and {row["student"] for row in held["application"]} == {cast.maya.id}
    assert made.elsewhere.id not in {row["id"] for row in held["application"]}
    assert "Leo Chen" not in json.dumps(held) and cast.leo.email not in json.dumps(held)


def test_no_secret_is_in_it_and_it_says_so(app, cast, placed):
    made = as_file(cast.maya, cast.ruiz)
    assert {"person.password_hash", "sign_in.secret_hash", "key.secret_hash"} <= set(made["not_in_here"])
    columns = {f"{table}.{column}" for table, rows in made["held"].items() for row in rows for column in row}
    assert not columns & set(made["not_in_here"])


def test_one_s_own_leaves_out_what_one_may_not_read_yet(app, cast, placed):
    for move in STAFF_ALONE:
        record(placed, move, cast.okafor, "active")
    moves = [{row["move"] for row in of(cast.maya, reader)["step"]} for reader in (cast.maya, cast.ruiz)]
    assert not moves[0].intersection(STAFF_ALONE) and moves[1].issuperset(STAFF_ALONE)
    for writer, at in ((cast.dana, now()), (cast.maya, now()), (cast.dana, None)):
        Message.create(placement=placed, writer=writer, words=f"From {writer.first_name}, {at}", held_at=at)
    EmployerFeedback.create(placement=placed, person=cast.dana, quality=4, quote="Sealed words.")
    assert len(of(cast.maya, cast.maya)["message"]) == 2 and len(of(cast.maya, cast.ruiz)["message"]) == 3
    assert "employer_feedback" not in of(cast.maya, cast.maya) and "employer_feedback" in of(cast.maya, cast.ruiz)
    answers = dict.fromkeys(("clear_task", "answers", "respect", "learning", "again"), 4)
    StudentFeedback.create(placement=placed, **answers)
    assert of(cast.maya, cast.maya)["employer_feedback"][0]["quote"] == "Sealed words."
    assert "detail" in of(cast.maya, cast.ruiz)["step"][0] and "detail" not in of(cast.maya, cast.maya)["step"][0]


def test_what_felt_wrong_stands_in_nobody_s_record_but_one_s_own_and_before_who_reads_the_case(app, cast, placed):
    """Who is coordinator may be whom it is about: the record does not even say that there is a case."""
    holm = factories.make_person("coordinator", "Agnes Holm")
    School.update(safety_person=holm.id).execute()
    report = factories.make_report("placement", placed.id, cast.maya, "He waited at the boathouse.")
    factories.close_report(report, holm, words="Settled.", said="We talked to them.")
    notices.deliver()
    told = {step.id for step in Step.select().where(Step.noun == "report")}
    kept = {reader.name: of(cast.maya, reader) for reader in (cast.maya, holm, cast.ruiz)}
    says = {name for name, held in kept.items() if "boathouse" in json.dumps(held)}
    assert says == {"Maya Rivera", "Agnes Holm"}
    knows = {
        name
        for name, held in kept.items()
        if told & {row["step"] for row in held["notice"]} | {row["id"] for row in held["step"]} & told
    }
    assert told and knows == {"Maya Rivera"}
    assert len(kept["Maya Rivera"]["mail_notice"]) > len(kept["Elena Ruiz"]["mail_notice"])
    calm = factories.make_student()
    assert as_file(calm, cast.ruiz)["not_in_here"] == as_file(cast.maya, cast.ruiz)["not_in_here"]


def test_what_home_told_the_school_is_not_for_the_student_and_a_coordinator_is_warned(client, cast, placed):
    homes.add(cast.maya, cast.okafor, {"name": "Gwen Parkinson", "email": "gwen@home.example", "relation": "mother"})
    homes.ask(placed.application, cast.okafor)
    link = GuardianAsk.select().first()
    homes.answer(link, Word.QUESTION, "Gwen Parkinson", "en", "She does not know yet that we move.")
    secrets = ("Gwen Parkinson", "gwen@home.example", "that we move")
    browser = client(cast.maya)
    read = text_of(opened(browser, "/account/record")) + browser.get("/account/record/file").get_data(as_text=True)
    assert [secret for secret in secrets if secret in read] == []
    assert "are read at school alone" in read and "guardian.email" in browser.get("/account/record/file").text
    answer = of(cast.maya, cast.maya)["guardian_answer"][0]
    assert answer["answer"] == "question" and not {"why", "name", "guardian"} & set(answer)
    assert of(cast.maya, cast.maya)["person"][0]["birth_date"] == str(cast.maya.birth_date)
    text = text_of(opened(client(cast.ruiz), f"/people/{cast.maya.id}/record"))
    assert [secret for secret in secrets if secret not in text] == [] and "take out what is about another" in text
    assert "take out what is about another" not in text_of(opened(client(cast.ruiz), f"/people/{cast.leo.id}/record"))


def test_an_employer_s_own_names_no_student(client, app, cast, placed):
    busy.fill(cast)
    Message.create(placement=placed, writer=cast.dana, words="When can you come?")
    held = of(cast.dana, cast.dana)
    assert held["message"][0]["words"] == "When can you come?" and set(held["message"][0]) == {
        "id",
        "words",
        "created_at",
    }
    text = json.dumps(as_file(cast.dana, cast.dana)) + text_of(opened(client(cast.dana), "/account/record"))
    assert not [secret for secret in ("Maya", "Rivera", cast.maya.email, "birth") if secret in text]


def opened(browser, address):
    assert browser.get(address).status_code == 200
    return browser.page


def test_the_page_reads_as_words_and_the_file_downloads(client, cast, placed):
    browser = client(cast.maya)
    text = text_of(opened(browser, "/account/record"))
    assert "Everything that is held of you" in text and "Door signs" in text and "said yes: the match waits" in text
    assert "Shown to an employer" in text and "Cedar Print" in text
    assert "Dana Whitlock" not in text, "an employer's people stand for their organization"
    answer = browser.get("/account/record/file")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="record-{cast.maya.id}.json"'
    assert answer.json["about"]["name"] == "Maya Rivera" and answer.headers["Cache-Control"] == "no-store"


def test_a_record_is_a_list_of_what_there_is_with_who_they_are_open(client, cast, placed):
    """Thousands of lines: each kind lies folded under its name and how many there are, and works without script."""
    page = opened(client(cast.maya), "/account/record")
    folds = having(page, "data-part")
    assert len(folds) > 5 and {one.tag for one in folds} == {"details"}
    assert [one.get("data-part") for one in folds if one.get("open") is not None] == ["person"]
    for one in folds:
        (heading,) = one.iter("summary")
        rows = list(one.iter("dl"))
        assert text_of(heading).split()[-1] == str(len(rows)) and rows, "all of it is on the page"


def test_nobody_but_a_coordinator_reads_another_s(client, cast, placed):
    for person in (cast.okafor, cast.leo, cast.dana):
        for address in ("record", "record/file", "erase"):
            assert client(person).get(f"/people/{cast.maya.id}/{address}").status_code == 403
    text = text_of(opened(client(cast.ruiz), f"/people/{cast.maya.id}/record"))
    assert "Everything held of Maya Rivera" in text and str(cast.maya.birth_date.year) in text


def test_every_kind_of_row_that_is_about_somebody_can_be_drawn(client, cast, placed):
    """Whatever stands in whichever table: no value breaks the page."""
    busy.fill(cast)
    factories.make_experience(factories.make_posting("open", cast.cedar), cast.maya, 60)
    disclosures.catch_up()
    parts = whole(cast.maya, cast.ruiz)
    assert len(parts) > 15 and all(part.table in DECLARED for part in parts)
    for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
        assert client(cast.ruiz).get(f"/people/{person.id}/record").status_code == 200
        assert client(person).get("/account/record").status_code == 200
    assert Placement.select().count() > 1
