"""The page of a match for each side: what they read, what they may send, and what is said when it cannot be."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.guardians.model import GuardianAnswer
from board.people import accounts
from board.placements import agreement_actions as agreements
from board.placements import match_actions, terms
from board.placements.model import Agreement, Placement, Signature
from board.postings.model import Posting
from board.school.model import Period, today
from tests import factories
from tests.inspector import by_id, having, text_of, words
from tests.placements.at_once import fresh
from tests.placements.test_agreement import agreed, whole
from tests.placements.test_match import WORDS


@pytest.fixture
def placement(app, cast):
    posting = factories.make_posting(employer=cast.cedar, **factories.ON_SITE, title="Signs for the door")
    return factories.make_placement("proposed", posting, cast.maya)


def here(placement, more="") -> str:
    return f"/placements/{placement.id}{more}"


def chosen(cast, placement, **changes) -> dict:
    return {
        "lead": cast.okafor.id, "cover": cast.ruiz.id, "supervisor": placement.supervisor_id,
        "starts_on": placement.starts_on, "due_on": placement.due_on, "version": terms.of(placement).version,
    } | changes  # fmt: skip


def read(browser, placement) -> str:
    assert browser.get(here(placement)).status_code == 200
    return text_of(browser.page)


def moves_on(page) -> set[str]:
    return {form.get("data-move") for form in having(page, "data-move")}


def main_buttons(page) -> list[str]:
    """What is filled: one thing a page asks for first."""
    calm = ("secondary", "quiet", "danger", "link")
    buttons = [e for e in by_id(page, "placement").iter() if e.tag == "button" or "button" in (e.get("class") or "").split()]  # fmt: skip
    return [words(e) for e in buttons if not set(calm) & set((e.get("class") or "").split())]


# -- while a teacher looks at it


def test_a_teacher_reads_all_that_the_answer_hangs_on(client, cast, placement):
    other = factories.make_placement("completed", factories.make_posting(title="A map"), cast.maya)
    first = placement.starts_on
    for kind, name, day in (("finals", "Fall finals", first), ("testing", "Long over", first - timedelta(days=1))):
        Period.create(kind=kind, name=name, first_on=day, last_on=day)
    okafor = client(cast.okafor)
    page = read(okafor, placement)
    for some in (
        "Maya Rivera", "grade 10", "16 years old on the first day", "adviser: Sam Okafor", "Checked by the school",
        "Pat Lindqvist, Owner", "12 Alder Street", "Fall finals", "A map", "Completed", "before contact is shared",
        cast.maya.email, cast.dana.email,
    ):  # fmt: skip
        assert some in page, some
    assert "Long over" not in page
    assert {
        "agree",
        "not_agree",
        "guardian",
        "guardian-refused",
        "slip-en",
        "slip-es",
        "terms",
        "permit",
        "hold",
    } == moves_on(okafor.page)
    assert main_buttons(okafor.page) == ["Agree to the match"]
    lead = by_id(okafor.page, "match-lead")
    assert [words(e) for e in lead.iter("option") if e.get("selected") is not None] == ["Sam Okafor"]
    assert other.id != placement.id


def test_the_one_who_looks_leads_and_the_adviser_covers_unless_they_are_one(client, cast, placement):
    ines = factories.make_person("teacher", "Ines Park")

    def suggested(person):
        browser = client(person)
        browser.get(here(placement))
        return [
            words(e) for name in ("match-lead", "match-cover") for e in by_id(browser.page, name).iter("option")
            if e.get("selected") is not None
        ]  # fmt: skip

    assert suggested(ines) == ["Ines Park", "Sam Okafor"]
    assert suggested(cast.okafor) == ["Sam Okafor", "Choose…"]  # three could cover: it is theirs to say
    accounts.end_account(ines, cast.ruiz)
    assert suggested(cast.okafor) == ["Sam Okafor", "Elena Ruiz"]


def test_an_employer_and_a_student_read_their_side_of_it(client, cast, placement):
    dana, maya = client(cast.dana), client(cast.maya)
    page = read(dana, placement)
    assert f"Student {placement.application.code}" in page and "Maya" not in page and "year" not in page
    assert moves_on(dana.page) == {"terms"} and main_buttons(dana.page) == ["Fill it in"]
    page = read(maya, placement)
    assert "Until they agree nobody there learns your name" in page and cast.dana.email not in page
    assert "Dana" not in page and moves_on(maya.page) == set() and main_buttons(maya.page) == []
    for person in (cast.leo, cast.omar):
        for more in ("", "/agreement"):
            assert client(person).get(here(placement, more)).status_code == 404


def test_agreeing_by_its_form_with_and_without_script(client, cast, placement):
    okafor = client(cast.okafor)
    answer = okafor.post(here(placement, "/agree"), data=chosen(cast, placement))
    assert (answer.status_code, answer.location) == (303, here(placement, "#before"))
    assert fresh(placement).state == "agreed"
    other = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.leo)
    answer = okafor.post(here(other, "/agree"), data=chosen(cast, other), headers={"HX-Request": "true"})
    assert answer.status_code == 200 and by_id(okafor.page, "placement") is not None
    assert "You agreed to the match" in text_of(okafor.page) and "Before the start" in text_of(okafor.page)


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"lead": ""}, "match-lead", "Name the teacher"),
        ({"cover": ""}, "match-cover", "with no cover nothing starts"),
        ({"cover": "999999"}, "match-cover", "Name who covers"),
        ({"supervisor": ""}, "match-supervisor", "choose the adult"),
        ({"starts_on": "2020-01-01"}, "match-starts-on", "has passed"),
        ({"starts_on": "tomorrow"}, "match-starts-on", "Write the date"),
        ({"due_on": "2020-01-01"}, "match-due-on", "before the first day"),
    ],
)
def test_what_is_wrong_with_a_match_stands_beside_its_field(client, cast, placement, changes, place, said):
    okafor = client(cast.okafor)
    sent = chosen(cast, placement, **changes)
    for headers in ({}, {"HX-Request": "true"}):
        assert okafor.post(here(placement, "/agree"), data=sent, headers=headers).status_code == 422
        assert said in words(by_id(okafor.page, f"{place}-error"))
        assert by_id(okafor.page, "errors") is not None
        kept = by_id(okafor.page, "match-due-on").get("value")
        assert kept == str(sent["due_on"])
    assert fresh(placement).state == "proposed"


def test_in_summer_the_board_says_that_nothing_starts(client, cast, placement):
    Period.create(kind="summer", first_on=placement.starts_on, last_on=placement.due_on)
    okafor = client(cast.okafor)
    assert okafor.post(here(placement, "/agree"), data=chosen(cast, placement)).status_code == 422
    assert "summer break, so nothing starts" in words(by_id(okafor.page, "match-starts-on-error"))


def test_the_second_answer_comes_too_late_and_says_so(client, cast, placement):
    match_actions.not_agree(placement, cast.ruiz, WORDS)
    okafor = client(cast.okafor)
    for more, data in (("/agree", chosen(cast, placement)), ("/not-agree", {"words": "No."})):
        assert okafor.post(here(placement, more), data=data).status_code == 409
        assert by_id(okafor.page, "errors") is not None and moves_on(okafor.page) == set()


def test_an_agreement_that_changed_while_a_teacher_read_it_is_not_signed(client, cast, placement):
    sent = chosen(cast, placement)
    agreements.change(placement, cast.dana, {"times": "Sundays at dawn"}, 1)
    okafor = client(cast.okafor)
    assert okafor.post(here(placement, "/agree"), data=sent).status_code == 409
    assert "has changed in the meantime" in text_of(okafor.page) and fresh(placement).state == "proposed"


def test_not_agreed_is_read_by_both_sides_with_the_words(client, cast, placement):
    okafor = client(cast.okafor)
    for data, said in (({"words": " "}, "fill this in"), ({"words": "Maya lives too far away."}, "Take out “Maya”")):
        assert okafor.post(here(placement, "/not-agree"), data=data).status_code == 422
        assert said in words(by_id(okafor.page, "not-agree-words-error"))
    assert "lives too far away" in words(by_id(okafor.page, "not-agree-words"))
    assert okafor.post(here(placement, "/not-agree"), data={"words": WORDS}).status_code == 303
    for person, said in ((cast.maya, "says nothing about you"), (cast.dana, "The place is free again")):
        browser = client(person)
        page = read(browser, placement)
        assert WORDS in page and said in page and main_buttons(browser.page) == []
        assert browser.get(here(placement, "/agreement")).status_code == 404
    assert Posting.get_by_id(placement.posting.id).state == "open"


AT_HOME = {"guardian", "guardian-refused", "guardian-school", "withdraw-guardian", "letter", "slip-en", "slip-es"}


def test_on_hold_every_form_of_the_match_is_gone_but_those_for_what_home_says(client, cast, placement):
    held = agreed(cast, cast.leo)
    Placement.update(held_at=now()).execute()
    for one in (placement, held):
        for person in (cast.okafor, cast.ruiz, cast.dana, one.application.student):
            browser = client(person)
            read(browser, one)
            moves = moves_on(browser.page)
            assert moves - AT_HOME == ({"lift"} if person.is_coordinator else set()), person.name
            assert bool(moves & AT_HOME) == person.is_teacher, person.name
            assert person.is_teacher or not having(browser.page, "data-contact"), person.name
    for more, data in (
        ("/agree", chosen(cast, placement)), ("/people", chosen(cast, placement)),
        ("/agreement/terms", {"times": "x"}), ("/agreement/sign", {"version": 2}),
        ("/agreement/permit", {"permit_needed": "y"}),
    ):  # fmt: skip
        assert client(cast.okafor).post(here(held, more), data=data).status_code == 409, more
    for more in ("/guardian/no", "/guardian"):
        assert client(cast.okafor).post(here(held, more), data={"name": "Ana Rivera", "signed_on": today()}).status_code == 303, more  # fmt: skip


# -- once it is agreed


def test_the_page_of_a_match_takes_as_many_queries_whatever_there_is(client, cast, placement):
    okafor = client(cast.okafor)
    factories.make_placement("completed", factories.make_posting(title="A map"), cast.maya)
    read(okafor, placement)
    with count_queries() as few:
        okafor.get(here(placement))
    for number in range(5):
        factories.make_placement("completed", factories.make_posting(title=f"Map {number}"), cast.maya)
        Period.create(kind="finals", first_on=placement.starts_on, last_on=placement.due_on)
    with count_queries() as many:
        okafor.get(here(placement))
    assert few.count == many.count < 34


def test_each_side_is_led_through_what_comes_before_the_start(client, cast):
    made = agreed(cast, is_whole=False)
    dana, maya, okafor = client(cast.dana), client(cast.maya), client(cast.okafor)

    def step(browser):
        read(browser, made)
        titles = [words(e) for e in browser.page.iter("h2") if e.get("id") == "next"]
        assert len(main_buttons(browser.page)) == len(titles)
        return (titles or [""])[0]

    assert step(dana) == "The training agreement is not filled in yet"
    assert (step(maya), step(okafor)) == ("", "A parent or guardian has to say yes")  # nothing to print yet
    assert having(maya.page, "data-level", "waits")
    sent = {key: getattr(terms.of(made), key) for key in ("what", "place", "times", "pay_how")} | whole()
    assert dana.post(here(made, "/agreement/terms"), data=sent | {"version": 1}).status_code == 303
    assert step(dana) == step(maya) == step(okafor) == "Read and sign the training agreement"
    for browser in (dana, maya, okafor):
        assert browser.post(here(made, "/agreement/sign"), data={"version": 2}).status_code == 303
    assert step(dana) == ""
    assert step(maya) == step(okafor) == "A parent or guardian has to say yes"
    assert okafor.post(here(made, "/guardian"), data={"name": "Ana Rivera", "signed_on": today()}).status_code == 303
    assert (step(maya), step(okafor), step(dana)) == ("", "", "Start the project")
    assert "Everything is there: it can start." in text_of(dana.page)
    assert len(having(dana.page, "data-level", "passed")) == len(having(by_id(dana.page, "before"), "data-item")) + 4


def test_a_paper_from_home_is_recorded_and_taken_back(client, cast):
    made = agreed(cast)
    okafor = client(cast.okafor)
    tomorrow = today() + timedelta(days=1)
    for day, said in ((tomorrow, "has not come yet"), ("", "fill this in"), ("soon", "Write the date")):
        assert okafor.post(here(made, "/guardian"), data={"name": "Ana Rivera", "signed_on": day}).status_code == 422
        assert said in words(by_id(okafor.page, "guardian-signed-on-error"))
    assert okafor.post(here(made, "/guardian"), data={"name": "Ana Rivera", "signed_on": today()}).status_code == 303
    assert "Ana Rivera: Yes" in read(okafor, made) and "written down by Sam Okafor" in read(okafor, made)
    assert okafor.post(here(made, "/guardian"), data={"name": "Ana Rivera", "signed_on": today()}).status_code == 409
    assert okafor.post(here(made, "/guardian/withdraw")).status_code == 303
    assert okafor.post(here(made, "/guardian/withdraw")).status_code == 409
    assert not GuardianAnswer.select().where(GuardianAnswer.withdrawn_at.is_null()).exists()
    Placement.update(state="active", started_at=now()).execute()
    assert "The work has begun, and no yes stands" in read(okafor, made)


def test_an_adult_is_asked_for_nobodys_yes(client, cast):
    made = agreed(cast, factories.make_student(age=18))
    okafor, dana = client(cast.okafor), client(cast.dana)
    assert "guardian" not in read(okafor, made).lower()
    assert made.application.student.email in read(dana, made)


def test_an_employer_writes_the_agreement_and_reads_what_is_wrong_beside_it(client, cast):
    made = agreed(cast)
    dana = client(cast.dana)
    sent = {key: getattr(terms.of(made), key) for key in ("what", "place", "times", "pay_how", "call", "worker_kind")}
    sent |= {"version": 2, "pay_by": "2020-01-01", "insurance": "Write to me at dana@cedar.example"}
    assert dana.post(here(made, "/agreement/terms"), data=sent).status_code == 422
    assert "has passed" in words(by_id(dana.page, "terms-pay-by-error"))
    assert "Whom to call" in words(by_id(dana.page, "terms-insurance-error"))
    assert by_id(dana.page, "terms-insurance").get("value") == sent["insurance"]
    assert by_id(dana.page, "agreement-terms").get("open") is not None
    assert Agreement.get().version == 2


def test_two_who_write_the_agreement_at_once_lose_nothing_they_typed(client, cast):
    made = agreed(cast)
    dana, okafor = client(cast.dana), client(cast.okafor)
    sent = {key: getattr(terms.of(made), key) for key in ("what", "place", "pay_how", "pay_by", "call", "worker_kind")}
    first = dana.post(here(made, "/agreement/terms"), data=sent | {"version": 2, "times": "Mondays, 4 pm"})
    assert first.status_code == 303
    second = okafor.post(here(made, "/agreement/terms"), data=sent | {"version": 2, "times": "Fridays, 4 pm"})
    assert second.status_code == 409 and "Compare, then save yours again" in text_of(okafor.page)
    assert by_id(okafor.page, "terms-times").get("value") == "Fridays, 4 pm"
    again = [e.get("value") for e in by_id(okafor.page, "agreement-terms").iter("input") if e.get("name") == "version"]
    assert again == ["3"]
    assert (
        okafor.post(here(made, "/agreement/terms"), data=sent | {"version": 3, "times": "Fridays, 4 pm"}).status_code
        == 303
    )


def test_signatures_stand_with_who_when_and_which_version(client, cast):
    made = agreed(cast)
    maya, dana = client(cast.maya), client(cast.dana)
    maya.post(here(made, "/agreement/sign"), data={"version": 2})
    page = read(dana, made)
    assert "by Maya, version 2" in page and "by Sam Okafor, version 2" in page and "has not signed yet" in page
    assert client(cast.okafor).post(
        here(made, "/agreement/paper"), data={"parties": ["employer", "guardian"], "signed_on": today(), "version": 2}
    ).status_code == 303  # fmt: skip
    assert "signed on paper" in read(maya, made) and GuardianAnswer.select().count() == 1
    agreements.change(made, cast.okafor, {"times": "Mondays, 4 to 6 pm"}, 2)
    page = read(maya, made)
    assert "has signed version 2; it has changed since" in page and "It has changed since you signed it" in page
    assert maya.post(here(made, "/agreement/sign"), data={"version": 2}).status_code == 409
    assert Signature.select().where(Signature.version == 3).count() == 0


def test_a_paper_with_no_name_or_a_day_that_has_not_come_is_refused_in_words(client, cast):
    made = agreed(cast)
    okafor = client(cast.okafor)
    tomorrow = today() + timedelta(days=1)
    for data, place, said in (
        ({"signed_on": today()}, "paper-parties", "Choose whose"),
        ({"parties": ["student"], "signed_on": tomorrow}, "paper-signed-on", "has not come yet"),
        ({"parties": ["student"]}, "paper-signed-on", "fill this in"),
    ):
        assert okafor.post(here(made, "/agreement/paper"), data=data | {"version": 2}).status_code == 422
        assert said in words(by_id(okafor.page, f"{place}-error"))


def test_the_page_to_print_holds_all_of_it_with_lines_for_what_is_not_signed(client, cast):
    made = agreed(cast)
    agreements.sign(made, cast.maya, 2)
    agreements.set_permit(made, cast.okafor, True, "OR-1182", today())
    for person, name in ((cast.okafor, "Maya Rivera"), (cast.dana, "Maya"), (cast.maya, "Maya Rivera")):
        browser = client(person)
        assert browser.get(here(made, "/agreement")).status_code == 200
        page = text_of(browser.page)
        for some in (
            name, "Cedar Print", "Pat Lindqvist, Owner", "Sam Okafor leads, Elena Ruiz covers", "One printed page",
            "12 Alder Street", "Tuesdays 4 to 6 pm", "about 10 hours, $200", "by ", "We pay by check", "OR-1182",
            "W-4 and I-9", "school office knows whom to call", "Parent or guardian", "says yes to this project",
        ):  # fmt: skip
            assert some in page, (person.name, some)
        lines = [e for e in browser.page.iter("span") if e.get("class") == "signature-line"]
        assert len(lines) == 2  # the employer's and the one from home
    assert "Rivera" not in str(client(cast.dana).get(here(made, "/agreement")).get_data(as_text=True))


def test_other_people_look_after_it_and_a_closed_account_is_pointed_at(client, cast):
    made = agreed(cast)
    accounts.end_account(cast.okafor, cast.ruiz)
    ruiz = client(cast.ruiz)
    assert "The account of Sam Okafor is closed" in read(ruiz, made)
    sent = chosen(cast, made, lead=cast.ruiz.id, cover=cast.okafor.id)
    assert ruiz.post(here(made, "/people"), data=sent).status_code == 422
    assert "account is open" in words(by_id(ruiz.page, "match-cover-error"))
    ines = factories.make_person("teacher", "Ines Park")
    assert ruiz.post(here(made, "/people"), data=sent | {"cover": ines.id}).status_code == 303
    assert (fresh(made).lead, fresh(made).cover) == (cast.ruiz, ines)


# -- on the way there


def test_the_application_leads_to_the_page_and_says_what_the_teacher_answered(client, cast, placement):
    application, maya, dana = placement.application, client(cast.maya), client(cast.dana)

    def both():
        maya.get(f"/applications/{application.id}")
        dana.get(f"/employer/applicants/{application.id}")
        for browser in (maya, dana):
            assert [e for e in browser.page.iter("a") if e.get("href") == here(placement)]
        return text_of(maya.page), text_of(dana.page), [words(e) for e in having(maya.page, "aria-current", "step")]

    assert both()[2] == ["Teacher agrees"]
    match_actions.agree(placement, cast.okafor, choice_of(cast, placement), 1)
    student, employer, now_at = both()
    assert "A teacher agreed" in student and now_at == [] and "A teacher agreed to the match" in employer
    assert "Maya" in employer and "Rivera" not in employer
    maya.get("/applications")
    assert "You said yes 1" in text_of(maya.page) and here(placement) in {e.get("href") for e in maya.page.iter("a")}
    other = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.maya)
    match_actions.not_agree(other, cast.okafor, WORDS)
    placement, application = other, other.application
    maya.get(f"/applications/{application.id}")
    assert [words(e) for e in having(maya.page, "aria-current", "step")] == ["Not agreed"]
    assert "did not agree to this match" in text_of(maya.page)
    dana.get(f"/employer/applicants/{application.id}")
    assert "The match fell through" in text_of(dana.page) and "Maya" not in text_of(dana.page)
    maya.get("/applications")
    ended = [e for e in maya.page.iter("section") if e.get("aria-labelledby") == "ended"]
    assert ended and having(ended[0], "data-application", str(application.id))


def choice_of(cast, placement):
    return match_actions.Choice(cast.okafor, cast.ruiz, placement.supervisor, placement.starts_on, placement.due_on)
