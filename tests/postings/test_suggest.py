"""What is suggested while a search is typed: what begins so, and only what this person may see."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.employers.model import Employer
from board.postings import actions
from board.postings.model import Posting
from board.postings.suggestions import begun
from board.school.model import Field, School, Skill, SkillState, today
from board.search.criteria import Criteria
from board.search.suggest import MOST, suggest
from board.search.text import split
from tests import factories
from tests.inspector import having, words


def named(typed: str, person=None, **more) -> list[tuple[str, str]]:
    """(kind, label) of what is suggested."""
    return [(one.kind, one.label) for one in suggest(Criteria.of({"q": [typed]}).but(**more), person)]


def labels(browser, typed: str, **more) -> list[str]:
    answer = browser.get("/projects/suggest", query_string={"q": typed} | more, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return [one.get("data-label") for one in having(browser.page, "role", "option")] if answer.text.strip() else []


# -- what begins so


def test_any_word_of_a_title_may_be_begun_and_all_typed_must_be_there(cast):
    factories.make_posting(employer=cast.cedar, title="Posters for the fair", must=["C++"])
    factories.make_posting(employer=cast.mill, title="Menu, and a Café poster", must=["C++"])
    assert named("post", cast.maya) == [("project", "Posters for the fair"), ("project", "Menu, and a Café poster")]
    assert named("CAFE po", cast.maya) == [("project", "Menu, and a Café poster")]
    assert named("poster fair", cast.maya) == [("project", "Posters for the fair")]
    assert named("poster zebra", cast.maya) == named("ster", cast.maya) == named("", cast.maya) == []


def test_one_slip_in_a_long_word_is_forgiven_where_nothing_begins_as_typed(cast):
    factories.make_posting(employer=cast.cedar, title="Designer of a poster", field="sales", must=["C++"])
    for typed in ("desginer", "desinger", "dezign", "deesign", "esigner", "designer poater"):
        assert named(typed, cast.maya) == [("project", "Designer of a poster")], typed
    for typed in ("desk", "dseginre", "desginer psoter"):
        assert named(typed, cast.maya) == [], typed


def test_a_skill_a_field_and_an_employer_are_named_by_any_of_their_words_or_spellings(cast):
    factories.make_posting(employer=cast.cedar, title="X", field="design-media", must=["JavaScript", "Social media"])
    assert named("js", cast.maya) == [("skill", "JavaScript")]
    assert named("java script", cast.maya) == [("skill", "JavaScript")]
    assert named("media", cast.maya) == [("skill", "Social media"), ("field", "Design & Media")]
    assert named("cedar", cast.maya) == [("employer", "Cedar Print")]


def test_words_before_a_name_stay_in_the_box(cast):
    factories.make_posting(employer=cast.cedar, title="A poster for the fair", must=["Photography"], nice=[])
    (skill,) = suggest(Criteria.of({"q": ["Fair  Posters photog"]}), cast.maya)
    assert (skill.label, skill.rest) == ("Photography", "Fair Posters")
    assert named("fair posters ph", cast.maya) == [], "two letters name nothing"


def test_a_filter_that_would_leave_nothing_is_not_suggested(cast):
    factories.make_posting(employer=cast.cedar, title="A snake", field="sales", must=["Python"], nice=[])
    factories.make_posting(employer=cast.cedar, title="A camera", field="marketing", must=["Photography"], nice=[])
    assert named("snake mark", cast.maya) == named("snake photog", cast.maya) == []
    assert named("snake pyth", cast.maya) == [("skill", "Python")]
    assert named("camera mark", cast.maya) == [("field", "Marketing")]
    assert named("pyth", cast.maya, skills=("photography",)) == named("mark", cast.maya, skills=("python",)) == []


def test_what_is_picked_is_not_suggested_again(cast):
    factories.make_posting(employer=cast.cedar, title="X", must=["Canva"])
    assert named("canv", cast.maya) == [("skill", "Canva")]
    assert named("canv", cast.maya, skills=("canva",)) == []
    assert named("design", cast.maya, fields=("design-media",)) == []


def test_there_are_few_and_what_is_called_the_same_is_there_once(cast):
    for number in range(12):
        factories.make_posting(
            employer=factories.make_employer(f"Sign maker {number}"),
            title=f"Sign {number}",
            must=[f"Sign skill {number}"],
        )
    for _ in range(3):
        factories.make_posting(employer=cast.cedar, title="Sign again", must=["Sign skill 1"], nice=[])
    found = named("sign", cast.maya)
    assert len(found) == MOST and len(set(found)) == MOST
    assert found[2] == ("project", "Sign again"), "the newest project first"


# -- only what this person may see


def everything(cast, state="open"):
    return factories.make_posting(
        state, employer=cast.cedar, title="Zebra poster", field="farming-animals", must=["Zoology"], nice=[]
    )


TYPED = ("zebra", "zool", "farming", "cedar")


def shown(browser) -> list[bool]:
    return [bool(labels(browser, typed)) for typed in TYPED]


@pytest.mark.parametrize(
    "state", ["draft", "submitted", "changes_requested", "declined", "paused", "filled", "closed", "expired"]
)
def test_nothing_of_what_is_not_live_is_named_to_anybody(client, cast, state):
    everything(cast, state)
    for person in (cast.maya, cast.okafor, cast.ruiz, cast.dana, cast.omar):
        assert not any(shown(client(person)))


@pytest.mark.parametrize("move", ["pause", "hold", "close", "expire"])
def test_what_is_live_no_more_is_gone_with_the_next_key(client, cast, move):
    posting, browser = everything(cast), client(cast.maya)
    assert all(shown(browser))
    if move in ("pause", "close"):
        getattr(actions, move)(posting, cast.dana)
    else:
        change = {"held_at": "2026-01-01"} if move == "hold" else {"apply_by": today() - timedelta(days=1)}
        Posting.update(change).where(Posting.id == posting.id).execute()
    assert not any(shown(browser))


def test_who_may_look_at_projects_gets_suggestions_and_nobody_else(client, cast):
    everything(cast)
    for person in (cast.maya, cast.okafor, cast.ruiz, cast.dana, cast.omar):
        assert all(shown(client(person))), person.name
    assert not any(shown(client(cast.nia))), "an employer nobody has checked"
    assert client().get("/projects/suggest?q=zebra").status_code == 303
    School.update(open_to_visitors=True).execute()
    assert all(shown(client())) and all(shown(client(cast.nia)))


def test_students_and_other_schools_words_are_never_suggested(client, cast):
    everything(cast)
    factories.make_application("submitted", None, cast.maya)
    for browser in (client(cast.okafor), client(cast.ruiz), client(cast.dana)):
        assert labels(browser, "maya") == labels(browser, "rivera") == labels(browser, "leo") == []


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(client, cast):
    posting, browser = everything(cast), client(cast.maya)
    assert all(shown(browser))
    Employer.update(name="Oak Print").where(Employer.id == cast.cedar.id).execute()
    Skill.update(name="Otter care", folded="ottercare").where(Skill.slug == "zoology").execute()
    Field.update(name="Outdoors").where(Field.slug == "farming-animals").execute()
    Posting.update(title="Otter poster", version=Posting.version + 1).where(Posting.id == posting.id).execute()
    assert not any(shown(browser))
    assert labels(browser, "o") == ["Otter care", "Outdoors", "Otter poster", "Oak Print"]


def test_a_refused_skill_and_a_hidden_field_are_not_named(client, cast):
    everything(cast)
    Skill.update(state=SkillState.REFUSED).where(Skill.slug == "zoology").execute()
    Field.update(hidden=True).where(Field.slug == "farming-animals").execute()
    assert shown(client(cast.maya)) == [True, False, False, True]


# -- the answer


def test_every_option_says_what_it_does(client, cast):
    posting, browser = everything(cast), client(cast.maya)
    labels(browser, "zoo")
    (skill,) = having(browser.page, "role", "option")
    assert (skill.get("data-name"), skill.get("data-value"), skill.get("data-q")) == ("skill", "zoology", "")
    labels(browser, "zebra")
    (project,) = having(browser.page, "role", "option")
    assert (project.get("data-href"), words(project)) == (f"/projects/{posting.id}", "Zebra poster Cedar Print")
    labels(browser, "ced")
    (employer,) = having(browser.page, "role", "option")
    assert (employer.get("data-q"), employer.get("data-name")) == ("Cedar Print", None)


def test_what_was_typed_is_marked_and_never_markup():
    assert begun("Café & <b>cake</b>", split("CAFE ca")) == (
        "<mark>Café</mark> &amp; &lt;b&gt;<mark>ca</mark>ke&lt;/b&gt;"
    )
    assert begun("Photography", ["pho"]) == "<mark>Pho</mark>tography"
    assert begun("Photography", ["graph"]) == "Photography"


def test_as_many_queries_for_many_postings_as_for_one(client, cast):
    browser = client(cast.maya)

    def count() -> int:
        labels(browser, "poster")
        with count_queries() as counted:
            assert labels(browser, "poster")
        return counted.count

    everything(cast)
    few = count()
    for _ in range(12):
        factories.make_posting(employer=factories.make_employer(), title="Poster")
    assert count() == few
