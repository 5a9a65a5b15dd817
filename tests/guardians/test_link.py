"""The page of a parent's or guardian's link: no account, no session, nothing changed by looking, and nobody else's child."""

import re

import pytest

from board.db import now
from board.guardians import actions
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk
from board.moves import Step
from board.people.model import Person, SignIn
from board.placements import guardian, hold_actions, messages_actions
from board.placements import match_actions as matches
from board.placements.match_rules import Choice
from board.placements.model import HoursEntry, Placement, PlacementMilestone
from board.school.model import School, today
from tests import factories
from tests.guardians.conftest import YES, sign
from tests.inspector import by_id, having, text_of, words


def moves_on(page) -> set[str]:
    return {form.get("data-move") for form in having(page, "data-move")}


def read(browser, link: str, status: int = 200) -> str:
    assert browser.get(link).status_code == status
    return text_of(browser.page)


def test_the_page_says_what_it_is_where_with_whom_when_for_how_much_and_what_the_employer_learns(client, cast, link):
    School.update(guardian_call="Elena Ruiz, 503 555 0100").execute()
    page = read(client(), link + "?language=en")
    for said in (
        "May Maya do this paid project?", "Cedar Print", "One printed page and its file.", "12 Alder Street", "Old Town", "Tuesdays 4 to 6 pm",
        "Tuesdays, 4 to 6 pm", "A workplace", "What Maya does", "Drawing, graphic design, layout",
        "Pat Lindqvist, Owner", "about 10 hours", "$200", "Elena Ruiz, 503 555 0100", cast.okafor.email, "the first name",
        "school mail address", "take my yes back",
    ):  # fmt: skip
        assert said in page, said
    assert not [one for one in ("Rivera", cast.maya.email, str(cast.maya.birth_date), cast.dana.email) if one in page]


def test_looking_changes_nothing_signs_nobody_in_and_leaves_no_trace(client, cast, link):
    before = [list(table.select().order_by(table.id).dicts()) for table in (GuardianAsk, GuardianAnswer, Step, SignIn)]
    browser = client()
    for method in ("get", "get", "head"):
        response = getattr(browser, method)(link)
        assert response.status_code == 200
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store" and "noindex" in response.headers["X-Robots-Tag"]
    assert before == [list(t.select().order_by(t.id).dicts()) for t in (GuardianAsk, GuardianAnswer, Step, SignIn)]
    assert browser.get("/placements/1").status_code == 303, "it opens this one page alone"


def test_it_is_drawn_in_their_language_and_in_the_other_by_a_link(client, link):
    browser = client()
    browser.get(link)
    assert next(browser.page.iter("html")).get("lang") == "es"
    switches = {one.get("hreflang"): one.get("href") for one in browser.page.iter("a") if one.get("hreflang")}
    browser.get(switches["en"])
    assert next(browser.page.iter("html")).get("lang") == "en" and "Answer here" in text_of(browser.page)
    forms = [one.get("action") for one in browser.page.iter("form")]
    assert forms and all(one.endswith("language=en") for one in forms), "an answer comes back in the same language"


@pytest.mark.parametrize("address", ["/g/nothing", "/g/" + "x" * 32, "/g/%00", "/g/%C3%A9"])
def test_an_address_that_is_none_is_404_by_whatever_way(client, link, address):
    browser = client()
    assert browser.get(address).status_code == 404 and "opens nothing" in text_of(browser.page)
    for more in ("", "/withdraw"):
        assert browser.post(address + more, data=YES).status_code == 404
    assert not GuardianAnswer.select().exists()


def test_a_yes_asks_for_a_name_and_a_tick_and_keeps_what_was_typed(client, link):
    browser = client()
    for more, field in (({"name": " "}, "guardian-name"), ({"sure": ""}, "guardian-sure")):
        assert browser.post(link + "?language=en", data=YES | more).status_code == 422
        assert by_id(browser.page, f"{field}-error") is not None and by_id(browser.page, "errors") is not None
    assert by_id(browser.page, "guardian-name").get("value") == "Ana Rivera"
    assert browser.post(link, data={"answer": "perhaps"}).status_code == 422
    assert not GuardianAnswer.select().exists()


def test_a_yes_is_kept_with_its_text_and_shared_by_the_page_from_then_on(client, cast, matched, link):
    browser = client()
    response = sign(browser, link)
    assert (response.status_code, response.location.split("?")[0]) == (303, link)
    made = GuardianAnswer.get()
    assert (made.answer, made.how, made.name, made.language, made.text_version) == (
        "yes",
        "link",
        "Ana Rivera",
        "es",
        1,
    )
    assert made.guardian.name == "Ana Rivera" and len(made.text_digest) == 64 and made.signed_on == today()
    page = read(browser, link + "?language=en")
    assert "You said yes on" in page and moves_on(browser.page) == {"withdraw"}
    assert not guardian.asked(Placement.get_by_id(matched.id)).is_missing


def test_the_answer_needs_no_cookie_and_no_token(app, client, link):
    app.config["WTF_CSRF_ENABLED"] = True
    assert sign(client(use_cookies=False), link).status_code == 303


def test_a_no_needs_no_name_and_is_told_to_the_student_and_the_school_alone(client, cast, matched, link):
    browser = client()
    assert browser.post(link, data={"answer": "no"}).status_code == 303
    found = guardian.asked(Placement.get_by_id(matched.id))
    assert found.is_missing and found.no
    read(browser, link + "?language=en")
    assert by_id(browser.page, "answered").get("data-answer") == "no"
    assert moves_on(browser.page) == {"answer", "question"}, "they may change their mind"
    dana = client(cast.dana)
    assert "guardian" not in read(dana, f"/placements/{matched.id}").lower().replace("parent or guardian has to", "")
    assert "says no" in read(client(cast.okafor), f"/placements/{matched.id}")


def test_a_question_waits_for_the_school_with_its_words_and_is_settled(client, cast, matched, link):
    assert client().post(link, data={"answer": "question", "words": "Who drives her home?"}).status_code == 303
    okafor, here = client(cast.okafor), f"/placements/{matched.id}"
    page = read(okafor, here)
    assert "Who drives her home?" in page
    assert okafor.get("/placements").status_code == 200
    Placement.update(state="agreed", agreed_at=now(), lead=cast.okafor, cover=cast.ruiz).execute()
    assert "wants to talk to the school" in read(okafor, "/placements")
    for person in (cast.maya, cast.dana):
        assert "Who drives her home?" not in read(client(person), here)
    assert okafor.post(here + "/guardian/talked").status_code == 303
    assert okafor.post(here + "/guardian/talked").status_code == 409
    assert "wants to talk to the school" not in read(okafor, "/placements")
    assert guardian.asked(Placement.get_by_id(matched.id)).is_missing, "they still answer themselves"


def test_a_link_may_be_used_as_often_as_they_change_their_mind_within_reason(client, cast, matched, link):
    browser = client()
    for number in range(10):
        assert browser.post(link, data=YES | {"answer": ("yes", "no")[number % 2]}).status_code == 303
    assert browser.post(link + "?language=en", data=YES).status_code == 429
    assert "call the school" in words(by_id(browser.page, "errors"))
    assert guardian.asked(Placement.get_by_id(matched.id)).no, "the last word counts"


def agree(cast, matched) -> Placement:
    made = Placement.get_by_id(matched.id)
    matches.agree(made, cast.okafor, Choice(cast.okafor, cast.ruiz, made.supervisor, made.starts_on, made.due_on), 1)
    return Placement.get_by_id(matched.id)


def test_nothing_starts_and_no_contact_is_shared_before_the_yes_and_after_it_is_taken_back(client, cast, matched, link):
    made = agree(cast, matched)
    assert not guardian.shares_contact(made, guardian.asked(made))
    browser = client()
    sign(browser, link)
    assert guardian.shares_contact(made, guardian.asked(made))
    assert browser.post(link + "/withdraw").status_code == 303
    assert not guardian.shares_contact(made, guardian.asked(made)) and not Placement.get_by_id(made.id).held_at
    assert browser.post(link + "/withdraw").status_code == 409
    sign(browser, link)
    assert guardian.shares_contact(made, guardian.asked(made)), "the same person says yes again"


def test_work_that_runs_rests_when_a_yes_is_taken_back_and_the_school_hears_why(client, cast, matched, link):
    browser = client()
    sign(browser, link)
    agree(cast, matched)
    Placement.update(state="active", started_at=now()).where(Placement.id == matched.id).execute()
    browser.post(link + "/withdraw")
    made = Placement.get_by_id(matched.id)
    assert made.held_at
    ruiz, dana = client(cast.ruiz), client(cast.dana)
    assert "taken their yes back. Talk to them" in read(ruiz, f"/placements/{made.id}")
    assert {"guardian", "guardian-refused"} <= moves_on(ruiz.page), "written down while it rests, too"
    assert "yes taken back on" in text_of(ruiz.page)
    assert ruiz.post(f"/placements/{made.id}/guardian/no", data={"name": "Jorge Rivera", "signed_on": today()}).status_code == 303  # fmt: skip
    assert ruiz.post(f"/placements/{made.id}/guardian", data={"name": "Jorge Rivera", "signed_on": today()}).status_code == 303  # fmt: skip
    assert "taken their yes back. Talk" not in read(dana, f"/placements/{made.id}")
    read(browser, link + "?language=en")
    assert "othing more is shared" in words(by_id(browser.page, "answered"))
    sign(browser, link)
    assert Placement.get_by_id(made.id).held_at, "a coordinator lifts it, who has talked to them"
    hold_actions.lift(Placement.get_by_id(made.id), cast.ruiz)
    made = Placement.get_by_id(made.id)
    assert guardian.shares_contact(made, guardian.asked(made))


def test_another_guardians_no_wins_and_is_said_on_both_pages(client, cast, matched, link, link_of):
    actions.add(cast.maya, cast.okafor, {"name": "Jorge Rivera", "email": "jorge@example.net", "language": "en"})
    other = link_of("jorge@example.net")
    sign(client(), link)
    assert client().post(other, data={"answer": "no"}).status_code == 303
    assert guardian.asked(Placement.get_by_id(matched.id)).is_missing
    assert "Another parent or guardian has said no" in read(client(), link + "?language=en")
    assert "Ana" not in read(client(), other), "neither reads who the other is"


def test_the_page_shows_how_it_goes_and_neither_messages_nor_grades(client, cast, matched, link):
    browser = client()
    sign(browser, link)
    made = agree(cast, matched)
    Placement.update(state="active", started_at=now()).where(Placement.id == made.id).execute()
    PlacementMilestone.update(title="A second sketch", done_at=now()).execute()
    assert "nothing logged yet" in read(browser, link + "?language=en")
    HoursEntry.create(placement=made, worked_on=today(), minutes=90, did="Sketched the secret thing.")
    messages_actions.write(Placement.get_by_id(made.id), cast.maya, "A secret word.")
    page = read(browser, link + "?language=en")
    assert "Under way" in page and "1.5 hours" in page and "A second sketch" in page and "Sam Okafor" in page
    assert "secret" not in page


def test_with_the_end_or_the_birthday_or_the_guardians_leave_the_link_decides_nothing_more(
    client, cast, ana, matched, link
):
    browser = client()
    sign(browser, link)
    Placement.update(state="not_agreed", ended_at=now()).execute()
    assert "You don't need to do anything" in read(browser, link + "?language=en") and moves_on(browser.page) == set()
    assert sign(browser, link).status_code == 409 and browser.post(link + "/withdraw").status_code == 409
    Placement.update(state="proposed", ended_at=None).execute()
    born = cast.maya.birth_date
    Person.update(birth_date=born.replace(year=born.year - 2)).where(Person.id == cast.maya.id).execute()
    page = read(browser, link + "?language=en", 410)
    assert "18" in page and "Price list" not in page and "Maya" not in page
    assert sign(browser, link).status_code in (409, 410) and GuardianAnswer.select().count() == 1
    Person.update(birth_date=born).where(Person.id == cast.maya.id).execute()
    actions.remove(Guardian.get_by_id(ana.id), cast.okafor)
    assert browser.get(link).status_code == 404 and sign(browser, link).status_code == 404


def test_the_student_themself_cannot_answer_it(client, cast, link):
    maya = client(cast.maya)
    assert "for a parent or guardian" in read(maya, link + "?language=en")
    assert "Price list" not in text_of(maya.page) and moves_on(maya.page) <= {None}
    assert sign(maya, link).status_code == 422 and maya.post(link + "/withdraw").status_code == 422
    assert not GuardianAnswer.select().exists()


def test_a_link_of_one_child_shows_nothing_of_another(client, cast, matched, link):
    leo = factories.make_placement("proposed", factories.make_posting("open", cast.mill, title="Menu card"), cast.leo)
    GuardianAsk.create(application=leo.application_id, way="slip", secret_hash="0" * 64)
    page = read(client(), link)
    assert "Menu card" not in page and "Leo" not in page
    sign(client(), link)
    assert guardian.asked(Placement.get_by_id(leo.id)).is_missing


def test_a_slip_opens_the_same_page_and_a_new_one_ends_the_old(client, cast, matched):
    okafor = client(cast.okafor)

    def printed(language: str) -> str:
        address = f"/applications/{matched.application_id}/guardians/slip"
        response = okafor.post(address, data={"language": language})
        assert response.status_code == 200 and 'class="qr"' in response.text
        return re.search(r"/g/[\w-]+", text_of(okafor.page))[0]

    first = printed("es")
    assert [one.get("lang") for one in okafor.page.iter("div") if one.get("lang")] == ["es"]
    assert first not in "".join(str(value) for row in GuardianAsk.select().tuples() for value in row)
    second = printed("en")
    browser = client()
    assert browser.get(first).status_code == 404 and sign(browser, first).status_code == 404
    assert sign(browser, second).status_code == 303
    made = GuardianAnswer.get()
    assert (made.guardian, made.how, made.name) == (None, "link", "Ana Rivera")
    assert not guardian.asked(Placement.get_by_id(matched.id)).is_missing
    assert browser.post(second + "/withdraw").status_code == 303
