"""The pages of an experience: what its student, the school, an employer and a stranger read, and what nobody does."""

import base64
import json
import re
from datetime import timedelta

import pytest
from openbadgeslib.ob3 import OB3Verifier

from board import notices
from board.db import now
from board.experience import actions, issuer, portfolio
from board.experience.model import Experience, ExperienceSkill, Portfolio
from board.moves import Step
from board.people.model import Person
from board.placements.actions import note
from board.placements.model import EmployerFeedback, GuardianYes, Placement, SkillRating, StudentFeedback
from board.school.model import School, Skill, today
from tests import factories
from tests.experience.test_badge import pem_of
from tests.inspector import by_id, having, text_of, words

GONE = "This page has been withdrawn or never existed"


@pytest.fixture
def kept(app, cast):
    Person.update(username="riv3ra.m").where(Person.id == cast.maya.id).execute()
    cast.maya = Person.get_by_id(cast.maya.id)
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE, resume_title="Design Intern")
    made = factories.make_experience(posting, cast.maya, 840, supervisor=posting.supervisor_id)
    canva = Skill.get(Skill.name == "Canva")
    SkillRating.create(placement=made.placement_id, skill=canva, level=3)
    EmployerFeedback.create(
        placement=made.placement_id, person=cast.dana, quote="Quick and kind.", may_name_reference=True
    )
    grades = dict.fromkeys(("clear_task", "answers", "respect", "learning", "again"), 4)
    StudentFeedback.create(placement=made.placement_id, reflection="I learned to ask.", **grades)
    note(Placement.get_by_id(made.placement_id), "give_feedback", cast.dana)
    return Experience.get_by_id(made.id)


def be(student: Person, years: int) -> None:
    born = today() - timedelta(days=int(years * 365.25) + 30)
    Person.update(birth_date=born).where(Person.id == student.id).execute()


def publish(kept, cast) -> str:
    """The address of its public page; Maya is 16 and her guardian has said yes."""
    actions.record_yes(kept, cast.okafor, today())
    actions.share(kept, cast.maya)
    return f"/verify/{Experience.get_by_id(kept.id).token}"


ALL = {"shows_hours": "y", "shows_supervisor": "y", "shows_delivered": "y", "shows_quote": "y", "in_portfolio": "y"}


# -- what a stranger gets


@pytest.mark.parametrize("years", [16, 18])
@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("opted_out", [True, None])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("withdrawn", [True, False])
def test_what_a_stranger_gets(client, cast, kept, years, yes, opted_out, closed, withdrawn):
    address = publish(kept, cast)
    be(cast.maya, years)
    if not yes:  # as if only the yes were gone: the page asks, not the action alone
        GuardianYes.update(withdrawn_at=now()).execute()
    if withdrawn:
        actions.stop_sharing(kept, Person.get_by_id(cast.maya.id))
    ended = now() if closed else None
    Person.update(directory_opt_out=opted_out, ended_at=ended).where(Person.id == cast.maya.id).execute()
    there = not withdrawn and not closed and (years == 18 or (yes and not opted_out))
    stranger = client()
    assert stranger.get(f"{address}/badge").status_code == (200 if there else 404)
    answer = stranger.get(address)
    assert answer.status_code == (200 if there else 404)
    assert ("Design Intern" in text_of(stranger.page)) is there
    assert (GONE in text_of(stranger.page)) is not there


def test_what_is_withdrawn_answers_as_what_never_was(client, cast, kept):
    address = publish(kept, cast)
    actions.withdraw_yes(kept, cast.okafor)
    stranger = client()
    pages = []
    for one in (address, f"/verify/{'x' * 43}", "/verify/1", f"/verify/{kept.id}", "/portfolio/nothing"):
        answer = stranger.get(one)
        assert answer.status_code == 404
        pages.append(re.sub(re.escape(one), "", re.sub(r"csrf[^>]*|X-CSRFToken[^>]*", "", answer.text, flags=re.I)))
    assert len(set(pages)) == 1


def test_a_public_page_is_found_by_no_search_engine_and_tells_nobody_its_address(client, cast, kept):
    School.update(open_to_visitors=True).execute()
    stranger = client()
    for address in (publish(kept, cast), "/verify/nothing", "/portfolio/nothing"):
        answer = stranger.get(address)
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        robots = [e.get("content") for e in having(stranger.page, "name", "robots")]
        assert robots == ["noindex, nofollow, noarchive"]
        assert not [e for e in stranger.page.iter() if e.tag == "form"], "without a referrer no form would come through"
        assert not [e for e in stranger.page.iter() if e.tag == "a" and e.get("href").startswith("http")]


def test_a_stranger_reads_it_on_a_closed_board_and_so_does_anybody_signed_in(client, cast, kept):
    address = publish(kept, cast)
    for person in (None, cast.omar, cast.leo, cast.okafor, cast.maya):
        browser = client(person)
        assert browser.get(address).status_code == 200
        text = text_of(browser.page)
        assert "Maya R." in text and "Design Intern (micro-internship)" in text and "Cedar Print, Old Town" in text
        assert "14 hours" in text and "Verified by Lincoln High School" in text and f"E{kept.id:05}" in text
        assert "Call or write to Lincoln High School" in text


def test_in_the_language_the_reader_asks_for(client, cast, kept):
    address = publish(kept, cast)
    stranger = client()
    assert 'lang="es"' in stranger.get(f"{address}?language=es").text
    assert '<html lang="en"' in stranger.get(f"{address}?language=xx").text


# -- what stands on none of them


def secrets_of(cast) -> list[str]:
    maya = Person.get_by_id(cast.maya.id)
    born = maya.birth_date
    days = [str(born), born.strftime("%m/%d/%Y"), f"{born:%b} {born.day}, {born.year}"]
    return ["Rivera", maya.email, maya.email.split("@")[0], "riv3ra", *days, "12 Alder Street", "grade 10", "I learned to ask",
            "Sam Okafor", cast.dana.email]  # fmt: skip


def test_the_public_pages_of_a_minor_hold_nothing_but_what_is_promised(client, cast, kept):
    client(cast.maya).post(f"/experience/{kept.id}/show", data=ALL | {"skill": [s.id for s in kept.skills]})
    address = publish(kept, cast)
    portfolio.say_about(cast.maya, "I like paper.")
    portfolio.share_portfolio(cast.maya)
    stranger = client()
    for one in (address, f"/portfolio/{Portfolio.get().token}"):
        page = stranger.get(one).text
        assert "Maya R." in page and "Quick and kind." in page and "Dana Whitlock, Cedar Print" in page
        assert [secret for secret in secrets_of(cast) if secret.lower() in page.lower()] == []


@pytest.mark.parametrize("field", ["shows_hours", "shows_supervisor", "shows_delivered", "shows_quote", "skill"])
def test_what_is_not_ticked_is_not_there(client, cast, kept, field):
    said = {
        "shows_hours": ["14 hours", "confirmed the hours"], "shows_supervisor": ["Pat Lindqvist"], "shows_delivered": ["One printed page"],
        "shows_quote": ["Quick and kind"], "skill": ["Canva", "Photography"],
    }  # fmt: skip
    ticks = ALL | {"skill": [skill.id for skill in kept.skills]}
    mine, stranger, address = client(cast.maya), client(), publish(kept, cast)
    portfolio.share_portfolio(cast.maya)
    shared = [address, f"/portfolio/{Portfolio.get().token}"]
    mine.post(f"/experience/{kept.id}/show", data=ticks)
    assert all(text in stranger.get(address).text for texts in said.values() for text in texts)
    mine.post(f"/experience/{kept.id}/show", data={key: value for key, value in ticks.items() if key != field})
    for one in shared:
        page = stranger.get(one).text
        assert [text for text in said[field] if text in page] == []
        others = [text for key, texts in said.items() if key != field for text in texts[:1]]
        assert [text for text in others if text not in page] == []
    mine.get(f"/experience/{kept.id}/certificate")
    assert not [text for text in said[field][:1] if text in text_of(mine.page)]
    mine.get(f"/experience/{kept.id}")
    lines = "".join(words(by_id(mine.page, f"line-{length}")) for length in ("one", "two", "bullets"))
    assert not [text for text in said[field][:1] if text in lines]


def test_a_single_skill_can_stay_away(client, cast, kept):
    canva = next(skill for skill in kept.skills if skill.name == "Canva")
    client(cast.maya).post(f"/experience/{kept.id}/show", data=ALL | {"skill": canva.id})
    page = client().get(publish(kept, cast)).text
    assert "Canva" in page and "Photography" not in page


def test_a_level_that_nobody_vouches_for_is_the_student_s_and_the_school_s(client, cast, kept):
    ExperienceSkill.update(level=1, vouched_by="").where(ExperienceSkill.name == "Canva").execute()
    address = publish(kept, cast)
    words_for_it = "just beginning with it"
    assert words_for_it not in client().get(address).text
    assert words_for_it not in client(cast.maya).get(f"/experience/{kept.id}/certificate").text
    for person in (cast.maya, cast.okafor):
        assert words_for_it in client(person).get(f"/experience/{kept.id}").text


def test_a_quote_waits_for_its_student(client, cast, kept):
    address = publish(kept, cast)
    assert "Quick and kind" not in client().get(address).text


def test_a_quote_that_names_a_minor_stays_off_the_page_and_the_student_learns_why(client, cast, kept):
    Experience.update(quote="Maya Rivera was quick.", shows_quote=True).execute()
    address = publish(kept, cast)
    assert "Rivera" not in client().get(address).text
    mine = client(cast.maya)
    mine.get(f"/experience/{kept.id}")
    assert "stays off the public page" in text_of(mine.page)
    be(cast.maya, 18)
    mine.post(f"/experience/{kept.id}/share")
    assert "Maya Rivera was quick." in client().get(address).text


def test_from_18_on_the_whole_name_once_the_student_says_so(client, cast, kept):
    address = publish(kept, cast)
    be(cast.maya, 18)
    Experience.update(shared_at=now() - timedelta(days=60)).execute()
    stranger, mine = client(), client(cast.maya)
    assert "Rivera" not in stranger.get(address).text
    mine.get(f"/experience/{kept.id}")
    assert "Show my whole name" in text_of(mine.page)
    mine.post(f"/experience/{kept.id}/share")
    assert "Maya Rivera" in stranger.get(address).text
    mine.get(f"/experience/{kept.id}")
    assert "Show my whole name" not in text_of(mine.page)


# -- the student's own pages


def test_the_list_shows_the_newest_first_and_who_can_read_each(client, cast, kept):
    later = factories.make_experience(factories.make_posting("open", cast.mill), cast.maya, 60)
    publish(kept, cast)
    mine = client(cast.maya)
    mine.get("/experience")
    assert [one.get("data-experience") for one in having(mine.page, "data-experience")] == [str(later.id), str(kept.id)]
    assert [one.get("data-state") for one in having(mine.page, "data-state")] == ["private", "public"]
    assert "15 hours" in text_of(mine.page)
    nobody = client(cast.leo)
    nobody.get("/experience")
    assert "Nothing here yet" in text_of(nobody.page) and not having(nobody.page, "data-experience")


def test_another_student_and_an_employer_meet_none_of_it(client, cast, kept):
    for path in ("", "/certificate"):
        assert client(cast.leo).get(f"/experience/{kept.id}{path}").status_code == 404
        assert client(cast.dana).get(f"/experience/{kept.id}{path}").status_code == 403
    for path in ("show", "share", "stop-sharing"):
        assert client(cast.leo).post(f"/experience/{kept.id}/{path}", data=ALL).status_code == 404
        assert client(cast.okafor).post(f"/experience/{kept.id}/{path}", data=ALL).status_code == 403
    assert Experience.get_by_id(kept.id).token is None
    assert json.loads(client(cast.leo).get("/experience/export.json").data)["experiences"] == []


def test_without_a_yes_there_is_no_button_and_no_way_round_it(client, cast, kept):
    mine = client(cast.maya)
    mine.get(f"/experience/{kept.id}")
    assert [one.get("data-obstacle") for one in having(mine.page, "data-obstacle")] == ["guardian"]
    assert not having(mine.page, "data-move", "share")
    answer = mine.post(f"/experience/{kept.id}/share")
    assert answer.status_code == 422 and "parent or guardian" in words(by_id(mine.page, "errors"))
    assert mine.post("/experience/portfolio/share").status_code == 422
    assert Experience.get_by_id(kept.id).token is None


def test_sharing_and_withdrawing(client, cast, kept):
    actions.record_yes(kept, cast.okafor, today())
    mine = client(cast.maya)
    mine.get(f"/experience/{kept.id}")
    assert having(mine.page, "data-move", "share") and "What others would see" in text_of(mine.page)
    assert mine.post(f"/experience/{kept.id}/share").status_code == 303
    mine.get(f"/experience/{kept.id}")
    address = words(by_id(mine.page, "address"))
    assert re.fullmatch(r"http://[^/]+/verify/[\w-]{43}", address)
    assert address in words(by_id(mine.page, "line-bullets"))
    path = "/" + address.split("/", 3)[3]
    assert client().get(path).status_code == 200
    mine.post(f"/experience/{kept.id}/stop-sharing")
    assert client().get(path).status_code == 404
    mine.get(f"/experience/{kept.id}")
    assert by_id(mine.page, "address") is None and "/verify/" not in text_of(mine.page)


def test_with_htmx_a_tick_redraws_the_page_with_what_others_see_now(client, cast, kept):
    mine = client(cast.maya)
    answer = mine.post(f"/experience/{kept.id}/show", data={"skill": ""}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text
    seen = words(by_id(mine.page, "seen"))
    assert "Maya R." in seen and "14 hours" not in seen and "Canva" not in seen


def test_linkedin_is_offered_from_16_on_with_a_public_page_alone(client, cast, kept):
    mine = client(cast.maya)

    def links():
        mine.get(f"/experience/{kept.id}")
        return [e for e in mine.page.iter() if e.tag == "a" and "linkedin.com" in e.get("href")]

    assert links() == []
    publish(kept, cast)
    (link,) = links()
    assert (link.get("rel"), link.get("target")) == ("noopener noreferrer", "_blank")
    assert "Rivera" not in link.get("href") and "organizationName=Lincoln+High+School" in link.get("href")
    be(cast.maya, 15)
    assert links() == []


def test_who_may_be_named_as_a_reference(client, cast, kept):
    mine = client(cast.maya)
    mine.get(f"/experience/{kept.id}")
    assert "You may name Dana Whitlock of Cedar Print as a reference" in text_of(mine.page)
    Experience.update(may_name_reference=False).execute()
    mine.get(f"/experience/{kept.id}")
    assert "as a reference" not in text_of(mine.page)


@pytest.mark.parametrize("public", [True, False])
def test_the_certificate_says_who_and_what_and_carries_a_code_only_with_a_public_page(client, cast, kept, public):
    if public:
        publish(kept, cast)
    for person in (cast.maya, cast.okafor):
        browser = client(person)
        browser.get(f"/experience/{kept.id}/certificate")
        text = text_of(browser.page)
        assert "Maya Rivera" in text and "Design Intern" in text and "14 hours" in text and "Sam Okafor" in text
        assert bool(having(browser.page, "class", "certificate-code")) is public
    Person.update(directory_opt_out=True).where(Person.id == cast.maya.id).execute()
    browser.get(f"/experience/{kept.id}/certificate")
    assert not having(browser.page, "class", "certificate-code"), "a code that leads nowhere"


def test_the_export_holds_all_that_is_kept_and_nothing_else_of_the_student(client, cast, kept):
    answer = client(cast.maya).get("/experience/export.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="experience.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    data = json.loads(answer.data)
    (one,) = data["experiences"]
    assert (data["student"], data["school"]) == ("Maya Rivera", "Lincoln High School")
    assert (one["title"], one["confirmed_minutes"], one["quote"]) == ("Design Intern", 840, "Quick and kind.")
    assert one["skills"][0] == {"name": "Canva", "level": 3, "vouched_by": "Dana Whitlock, Cedar Print", "shown": True}
    assert one["shows"]["quote"] is False and one["public_address"] is None
    assert str(cast.maya.birth_date) not in answer.text and cast.maya.email not in answer.text


# -- the portfolio


def test_a_portfolio_is_private_until_shared_and_leaves_out_what_is_taken_out(client, cast, kept):
    be(cast.maya, 18)
    other = factories.make_experience(factories.make_posting("open", cast.mill, resume_title="Menu Intern"), cast.maya)
    mine = client(cast.maya)
    mine.get("/experience/portfolio")
    assert "Menu Intern" in text_of(mine.page) and "Design Intern" in text_of(mine.page)
    assert mine.post("/experience/portfolio/share").status_code == 303
    path = f"/portfolio/{Portfolio.get().token}"
    stranger = client()
    assert stranger.get(path).status_code == 200 and "Menu Intern" in text_of(stranger.page)
    mine.post(f"/experience/{other.id}/show", data={"shows_hours": "y"})
    stranger.get(path)
    assert "Menu Intern" not in text_of(stranger.page) and "Design Intern" in text_of(stranger.page)
    mine.get("/experience/portfolio")
    assert "Left out: Menu Intern" in text_of(mine.page)
    mine.post("/experience/portfolio/stop-sharing")
    assert stranger.get(path).status_code == 404


def test_under_18_a_shared_portfolio_holds_only_what_a_guardian_agreed_to(client, cast, kept):
    factories.make_experience(factories.make_posting("open", cast.mill, resume_title="Menu Intern"), cast.maya)
    actions.record_yes(kept, cast.okafor, today())
    portfolio.share_portfolio(cast.maya)
    path, stranger = f"/portfolio/{Portfolio.get().token}", client()
    stranger.get(path)
    assert "Design Intern" in text_of(stranger.page) and "Menu Intern" not in text_of(stranger.page)
    for change, back in (
        ({"directory_opt_out": True}, {"directory_opt_out": None}),
        ({"ended_at": now()}, {"ended_at": None}),
    ):
        Person.update(**change).where(Person.id == cast.maya.id).execute()
        assert stranger.get(path).status_code == 404
        Person.update(**back).where(Person.id == cast.maya.id).execute()
        assert stranger.get(path).status_code == 200
    actions.withdraw_yes(kept, cast.okafor)
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize(
    "about", ["I am Maya Rivera.", "Write to maya@example.org", "Call me at 503-555-0142", "x" * 401]
)
def test_about_me_holds_no_name_and_no_way_to_be_reached(client, cast, kept, about):
    mine = client(cast.maya)
    answer = mine.post("/experience/portfolio", data={"about": about})
    assert answer.status_code == 422 and by_id(mine.page, "about-error") is not None
    assert words(by_id(mine.page, "about")) == about
    assert not Portfolio.select().where(Portfolio.about != "").exists()
    assert mine.post("/experience/portfolio", data={"about": "I like paper."}).status_code == 303
    assert Portfolio.get().about == "I like paper."


# -- the school


def test_staff_write_down_a_yes_and_take_it_back(client, cast, kept):
    school = client(cast.okafor)
    school.get(f"/experience/{kept.id}")
    assert "Maya Rivera" in text_of(school.page) and "14 hours" in text_of(school.page)
    day = today() - timedelta(days=2)
    for wrong, sentence in (
        ("", "Write the day"),
        ("soon", "2009-05-31"),
        (str(today() + timedelta(days=1)), "future"),
    ):
        answer = school.post(f"/experience/{kept.id}/guardian", data={"signed_on": wrong})
        assert answer.status_code == 422 and sentence in words(by_id(school.page, "signed_on-error"))
    assert school.post(f"/experience/{kept.id}/guardian", data={"signed_on": str(day)}).status_code == 303
    assert (GuardianYes.get().signed_on, GuardianYes.get().recorded_by_id) == (day, cast.okafor.id)
    actions.share(kept, cast.maya)
    school.get(f"/experience/{kept.id}")
    assert "seen by Sam Okafor" in text_of(school.page) and having(school.page, "data-state", "public")
    assert "made it public" in text_of(school.page)
    path = f"/verify/{Experience.get_by_id(kept.id).token}"
    assert client(cast.ruiz).post(f"/experience/{kept.id}/guardian-no").status_code == 303
    assert client().get(path).status_code == 404
    school.get(f"/experience/{kept.id}")
    assert having(school.page, "data-state", "private") and having(school.page, "data-move", "guardian_yes")


def test_of_an_adult_nobody_is_asked(client, cast, kept):
    be(cast.maya, 18)
    school = client(cast.okafor)
    school.get(f"/experience/{kept.id}")
    assert "decides alone" in text_of(school.page) and not having(school.page, "data-move", "guardian_yes")
    answer = school.post(f"/experience/{kept.id}/guardian", data={"signed_on": str(today())})
    assert answer.status_code == 422 and GuardianYes.select().count() == 0


def test_the_opt_out_is_set_on_the_person_s_page_and_holds_at_once(client, cast, kept):
    path = publish(kept, cast)
    coordinator = client(cast.ruiz)
    details = {"name": "Maya Rivera", "username": "riv3ra.m", "email": cast.maya.email, "grade": 10,
               "birth_date": str(cast.maya.birth_date), "adviser": cast.okafor.id}  # fmt: skip
    coordinator.post(f"/people/{cast.maya.id}", data=details | {"directory_opt_out": "y"})
    assert Person.get_by_id(cast.maya.id).directory_opt_out is True
    assert client().get(path).status_code == 404
    coordinator.get(f"/people/{cast.maya.id}")
    assert "directory information" in text_of(coordinator.page)
    coordinator.post(f"/people/{cast.maya.id}", data=details)
    assert Person.get_by_id(cast.maya.id).directory_opt_out is None
    assert client().get(path).status_code == 200


# -- on the page of the placement


def test_a_completed_placement_leads_to_what_is_kept_of_it(client, cast, kept):
    address = f"/placements/{kept.placement_id}"
    mine = client(cast.maya)
    mine.get(address)
    assert "Your verified experience is ready" in text_of(mine.page)
    assert having(mine.page, "href", f"/experience/{kept.id}")
    school = client(cast.okafor)
    school.get(address)
    assert "Only the student and the school" in words(by_id(school.page, "experience"))
    assert "made it a verified experience" in words(by_id(school.page, "history"))


def test_the_employer_reads_on_the_placement_neither_the_experience_nor_who_shares_it(client, cast, kept):
    publish(kept, cast)
    actions.withdraw_yes(kept, cast.okafor)
    employer = client(cast.dana)
    page = employer.get(f"/placements/{kept.placement_id}").text
    assert by_id(employer.page, "experience") is None
    told = ("to sharing", "not share", "public", "Rivera", "/experience")
    assert [word for word in told if word in page] == []
    assert "guardian" not in text_of(by_id(employer.page, "history")).lower()


@pytest.mark.parametrize("state", ["active", "delivered", "ended_early"])
def test_before_the_sign_off_there_is_nothing_to_keep(client, cast, state):
    placement = factories.make_placement(state, student=cast.maya)
    mine = client(cast.maya)
    mine.get(f"/placements/{placement.id}")
    assert by_id(mine.page, "experience") is None and "verified experience" not in text_of(mine.page)


def test_home_leads_to_a_fresh_experience_for_two_weeks(client, cast, kept):
    mine = client(cast.maya)
    mine.get("/")
    assert having(mine.page, "href", f"/experience/{kept.id}")
    Experience.update(created_at=now() - timedelta(days=15)).execute()
    mine.get("/")
    assert not having(mine.page, "href", f"/experience/{kept.id}")


def test_the_student_hears_of_it_and_is_led_there(client, cast, kept):
    actions.record_yes(kept, cast.okafor, today())
    notices.deliver()
    mine = client(cast.maya)
    mine.get("/notices")
    assert "Your experience from “Price list for the counter” is ready" in text_of(mine.page)
    assert "you can share your experience from “Price list for the counter” now" in text_of(mine.page)
    for notice in notices.Notice.select().join(Step).where(Step.move.in_(["keep", "sharing_yes"])):
        assert mine.post(f"/notices/{notice.id}").location == "/experience"
    employer = client(cast.dana)
    employer.get("/notices")
    assert "experience" not in text_of(employer.page) and "guardian" not in text_of(employer.page)


def test_the_coordinator_reads_in_a_person_s_history_what_was_shared(client, cast, kept):
    publish(kept, cast)
    portfolio.share_portfolio(cast.maya)
    coordinator = client(cast.ruiz)
    coordinator.get(f"/people/{cast.maya.id}")
    text = text_of(coordinator.page)
    assert "made an experience public" in text and "made the portfolio public" in text


def test_the_signed_credential_says_what_the_public_page_says_and_goes_with_it(client, cast, kept):
    address, stranger = publish(kept, cast), client()
    Experience.update(shows_supervisor=False).execute()
    answer = stranger.get(f"{address}/badge")
    assert answer.status_code == 200 and answer.mimetype == "application/vc+jwt"
    assert answer.headers["Cache-Control"] == "no-store" and "noindex" in answer.headers["X-Robots-Tag"]
    OB3Verifier(pem_of(issuer.public_key())).verify(answer.text)
    body = answer.text.split(".")[1]
    said = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
    achievement = json.loads(said)["credentialSubject"]["achievement"]
    assert achievement["name"] == "Design Intern (micro-internship)" and achievement["tag"] == ["Canva", "Photography"]
    assert "14 hours" in said and "Dana Whitlock, Cedar Print vouches for Canva" in said and "Maya R." in said
    assert [secret for secret in [*secrets_of(cast), "Lindqvist"] if secret.lower() in said.lower()] == []
    Person.update(directory_opt_out=True).where(Person.id == cast.maya.id).execute()
    assert stranger.get(f"{address}/badge").status_code == 404
