"""What the school does about a student's home on its own pages."""

import pytest

from board.db import now
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk
from board.guardians.standing import of_student
from board.people import class_list
from board.people.model import Person
from board.placements import guardian
from board.placements.model import Placement
from board.school.model import School, today
from tests import factories
from tests.guardians.conftest import sign
from tests.inspector import by_id, having, text_of, words

ANA = {"name": "Ana Rivera", "email": "Ana@Example.net", "language": "es", "relation": "mother"}


def moves_on(browser, address: str) -> set[str]:
    assert browser.get(address).status_code == 200
    return {form.get("data-move") for form in having(browser.page, "data-move")}


def test_a_teacher_writes_down_who_is_at_home_and_what_is_wrong_stands_beside_it(client, cast):
    okafor, here = client(cast.okafor), f"/students/{cast.maya.id}"
    page = moves_on(okafor, here)
    assert "add-guardian" in page and "Nobody is written down" in text_of(okafor.page)
    for more, field in (({"name": ""}, "guardian-name"), ({"email": "nothing"}, "guardian-email"), ({"email": cast.maya.email}, "guardian-email")):  # fmt: skip
        assert okafor.post(here + "/guardians", data=ANA | more).status_code == 422
        assert by_id(okafor.page, f"{field}-error") is not None and by_id(okafor.page, "guardian-relation").get("value") == "mother"  # fmt: skip
    assert okafor.post(here + "/guardians", data=ANA).status_code == 303
    made = Guardian.get()
    assert (made.name, made.email, made.language, made.relation, made.source, made.added_by) == ("Ana Rivera", "ana@example.net", "es", "mother", "staff", cast.okafor)  # fmt: skip
    okafor.get(here)
    assert "ana@example.net" in text_of(okafor.page)
    assert okafor.post(f"{here}/guardians/{made.id}/remove").status_code == 303
    assert okafor.post(f"{here}/guardians/{made.id}/remove").status_code == 404
    assert okafor.post(f"/students/{cast.leo.id}/guardians/{made.id}/remove").status_code == 404


def test_where_nobody_is_known_the_match_says_so_and_offers_what_can_be_done(client, cast):
    made = factories.make_placement("proposed", factories.make_posting("open", cast.cedar), cast.leo)
    okafor, here = client(cast.okafor), f"/placements/{made.id}"
    moves = moves_on(okafor, here)
    assert {"slip-en", "slip-es", "guardian", "guardian-refused"} <= moves and not {"letter", "guardian-school"} & moves
    assert "knows no address" in text_of(okafor.page)
    assert "guardian-school" in moves_on(client(cast.ruiz), here)
    assert okafor.post(f"/applications/{made.application_id}/guardians/letter").location.endswith(here + "#guardian")
    okafor.get(here)
    assert "Nobody with an address is left to ask" in text_of(okafor.page)


def test_the_match_shows_who_was_asked_by_which_way_and_what_they_said(client, cast, matched, link):
    okafor, here = client(cast.okafor), f"/placements/{matched.id}"
    assert "letter" in moves_on(okafor, here) and "letter to Ana Rivera" in text_of(okafor.page)
    sign(client(), link, name="A. Rivera de Luna")
    moves = moves_on(okafor, here)
    page = text_of(okafor.page)
    assert "Ana Rivera: Yes" in page and "on the page of the link" in page and "signed as “A. Rivera de Luna”" in page
    assert "withdraw-guardian" in moves and not {"letter", "slip-en", "guardian"} & moves
    assert okafor.post(f"/placements/{matched.id}/guardian/withdraw").status_code == 303
    okafor.get(here)
    assert "yes taken back on" in text_of(okafor.page)
    assert guardian.asked(Placement.get_by_id(matched.id)).is_missing


def test_a_paper_says_who_signed_it_and_takes_the_place_of_that_persons_no(client, cast, ana, matched, link):
    client().post(link, data={"answer": "no"})
    okafor, here = client(cast.okafor), f"/placements/{matched.id}/guardian"
    assert okafor.post(here, data={"signed_on": today()}).status_code == 422
    assert "name of whoever" in words(by_id(okafor.page, "guardian-name-error"))
    assert okafor.post(here, data={"name": "Jorge Rivera", "signed_on": today()}).status_code == 303
    assert guardian.asked(Placement.get_by_id(matched.id)).is_missing, "hers stands"
    assert okafor.post(here, data={"guardian": ana.id, "signed_on": today()}).status_code == 303
    assert not guardian.asked(Placement.get_by_id(matched.id)).is_missing
    assert okafor.post(here + "/no", data={"guardian": ana.id, "signed_on": today()}).status_code == 303
    assert guardian.asked(Placement.get_by_id(matched.id)).no.name == "Ana Rivera"


def test_the_schools_own_consent_reads_as_any_yes_to_the_employer(client, cast, matched):
    ruiz, here = client(cast.ruiz), f"/placements/{matched.id}"
    why = "Lives on their own since March."
    assert ruiz.post(here + "/guardian/school", data={"name": "Elena Ruiz", "why": ""}).status_code == 422
    assert by_id(ruiz.page, "school-why-error") is not None
    assert ruiz.post(here + "/guardian/school", data={"name": "Elena Ruiz", "why": why}).status_code == 303
    ruiz.get(here)
    assert why in text_of(ruiz.page)
    okafor = client(cast.okafor)
    okafor.get(here)
    assert "own consent" in text_of(okafor.page) and why not in text_of(okafor.page), (
        "why is no other teacher's to know"
    )
    Placement.update(state="agreed", agreed_at=now(), lead=cast.okafor, cover=cast.ruiz).execute()
    for person in (cast.dana, cast.maya):
        browser = client(person)
        browser.get(here)
        page = text_of(browser.page)
        assert why not in page and "own consent" not in page and "unaccompanied" not in page.lower()
        assert "has said yes on" in page


def test_the_letter_and_the_slip_are_no_way_to_an_application_that_is_over_or_a_draft(client, cast, ana):
    okafor = client(cast.okafor)
    for state in ("draft", "withdrawn", "not_selected"):
        one = factories.make_application(state, factories.make_posting("open", cast.cedar), cast.maya)
        for what in ("letter", "slip"):
            assert okafor.post(f"/applications/{one.id}/guardians/{what}").status_code == 404, (state, what)
    assert not GuardianAsk.select().exists()
    sent = factories.make_application("submitted", factories.make_posting("open", cast.cedar), cast.maya)
    answer = okafor.post(f"/applications/{sent.id}/guardians/letter")
    assert answer.location.endswith(f"/students/{cast.maya.id}#home") and GuardianAsk.select().count() == 1


def test_the_students_page_lists_what_home_was_asked_about_in_a_fixed_number_of_queries(client, cast, ana):
    for _ in range(3):
        factories.make_application("accepted", factories.make_posting("open", cast.cedar), cast.maya)
    okafor = client(cast.okafor)
    okafor.get(f"/students/{cast.maya.id}")
    assert len(having(okafor.page, "data-asked")) == 3
    assert [one.consent.is_missing for one in of_student(cast.maya)] == [True] * 3


def test_an_early_answer_is_read_on_the_students_page_before_there_is_a_match(client, cast, ana, link_of):
    School.update(guardian_asked_when="apply").execute()
    factories.make_application("submitted", factories.make_posting("open", cast.cedar), cast.maya)
    client().post(link_of(), data={"answer": "question", "words": "What is Cedar Print?"})
    okafor = client(cast.okafor)
    okafor.get(f"/students/{cast.maya.id}")
    assert "What is Cedar Print?" in text_of(okafor.page)


def test_settings_say_when_home_is_asked_and_whom_families_call(client, cast):
    ruiz = client(cast.ruiz)
    ruiz.get("/settings")
    picked = [one.get("value") for one in ruiz.page.iter("input") if one.get("name") == "guardian_asked_when" and one.get("checked") is not None]  # fmt: skip
    assert picked == [""]
    here = School.here()
    data = {"name": here.name, "state": here.state, "time_zone": here.time_zone, "minimum_age": 14, "minimum_pay_cents": 15,
            "guardian_asked": "y", "guardian_asked_when": "apply", "guardian_call": "The office, 503 555 0100"}  # fmt: skip
    assert ruiz.post("/settings", data=data).status_code == 303
    assert (School.here().guardian_asked_when, School.here().guardian_call) == ("apply", "The office, 503 555 0100")
    assert ruiz.post("/settings", data=data | {"guardian_asked_when": "never", "guardian_call": ""}).status_code == 303
    assert (School.here().guardian_asked_when, School.here().guardian_call) == (None, None)


# -- at 18


def test_the_student_reads_what_they_decide_and_says_it_with_one_button(client, cast, matched, link):
    maya, here = client(cast.maya), f"/placements/{matched.id}/own-yes"
    assert maya.get(here).status_code == 404 and maya.post(here + "/yes").status_code == 404
    sign(client(), link)
    born = cast.maya.birth_date
    Placement.update(created_at=matched.created_at.replace(year=matched.created_at.year - 1)).execute()
    Person.update(birth_date=born.replace(year=born.year - 2)).where(Person.id == cast.maya.id).execute()
    maya = client(Person.get_by_id(cast.maya.id))
    maya.get(f"/placements/{matched.id}")
    assert words(by_id(maya.page, "next")) == "You are 18 now: say yes yourself"
    assert moves_on(maya, here) == {"own_yes", "own_no"}
    assert client(cast.leo).get(here).status_code == 404 and client(cast.okafor).get(here).status_code == 403
    assert maya.post(here + "/perhaps").status_code == 404
    assert maya.post(here + "/no").status_code == 303
    assert guardian.asked(Placement.get_by_id(matched.id)).is_missing
    assert maya.post(here + "/yes").status_code == 303
    assert moves_on(maya, here) == {"own_no"}
    Placement.update(state="not_agreed", ended_at=now()).execute()
    assert moves_on(maya, here) == set() and maya.post(here + "/no").status_code == 409


# -- out of a class list

LIST = """name,username,parent,parent email,parent language,parent 2,Parent 2 Email,relationship
Ivy Cole,icole,Rosa Cole,Rosa@Example.net,Spanish,Tom Cole,,mother
,mrivera,Ana Rivera,ana@example.net,Español,,,
"""


def take(text: str, by) -> tuple:
    return class_list.apply(text, by, class_list.plan(text).mark)


def test_a_class_list_brings_both_parents_once_and_asks_those_who_are_waited_for(app, cast):
    Person.update(username="mrivera").where(Person.id == cast.maya.id).execute()
    application = factories.make_application("accepted", factories.make_posting("open", cast.cedar), cast.maya)
    assert [(row.kind, len(row.guardians)) for row in class_list.plan(LIST).rows] == [("add", 2), ("change", 1)]
    assert class_list.plan(LIST).ignored == []
    assert take(LIST, cast.ruiz)[:2] == (1, 1)
    ivy = Person.get(Person.username == "icole")
    rows = [(one.name, one.email, one.language, one.relation, one.source) for one in Guardian.of(ivy)]
    assert rows == [("Rosa Cole", "rosa@example.net", "es", "mother", "roster"), ("Tom Cole", None, "en", "", "roster")]
    assert [ask.guardian.email for ask in GuardianAsk.select()] == ["ana@example.net"]
    assert GuardianAsk.get().application == application
    assert {row.kind for row in class_list.plan(LIST).rows} == {"same"}, "twice changes nothing"
    Guardian.update(gone_at=now()).execute()
    assert {row.kind for row in class_list.plan(LIST).rows} == {"same"}, "nor does it bring back who was taken off"


@pytest.mark.parametrize(
    ("cells", "words"),
    [("Ana,nothing,", "not a mail address"), ("Ana,{maya},", "address of a student"), ("Ana,icole@example.org,", "address of a student"),
     ("Ana,ana@example.net,Klingon", "English or Spanish")],
)  # fmt: skip
def test_a_row_whose_parent_makes_no_sense_is_left_out_with_the_reason(app, cast, cells, words):
    text = "name,username,email,parent,parent email,parent language\nIvy Cole,icole,icole@example.org," + cells.format(maya=cast.maya.email)  # fmt: skip
    row = class_list.plan(text).rows[0]
    assert row.kind == "refused" and words in " ".join(str(one) for one in row.problems)


def test_the_page_of_a_class_list_says_whose_parents_it_brings(client, cast):
    ruiz = client(cast.ruiz)
    assert ruiz.post("/students/import", data={"text": LIST.splitlines()[0] + "\n" + LIST.splitlines()[1]}).status_code == 200  # fmt: skip
    assert "Rosa Cole, Tom Cole" in text_of(ruiz.page)
    assert not GuardianAnswer.select().exists() and not Guardian.select().exists()
