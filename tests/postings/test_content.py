"""The text of a posting as a dict: written and read back it is the same."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board.checks.tasks import BY_SLUG
from board.postings import content
from board.postings.content import KEYS, SECTION_OF, SECTIONS, changed
from board.postings.model import (
    HOURS,
    SEATS,
    WEEKS,
    AiTools,
    Alone,
    Place,
    Posting,
    Premises,
    Section,
    WorkerKind,
)
from board.school.model import Skill
from board.school.rules import fold, tidy
from tests import factories


def test_every_key_lies_in_one_section_and_every_section_has_keys():
    assert set(SECTIONS) == set(Section)
    assert len(KEYS) == len(set(KEYS)) == len(SECTION_OF)


line = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60).map(lambda text: " ".join(text.split()))
day = st.none() | st.dates(min_value=factories.date(2000, 1, 1), max_value=factories.date(2100, 1, 1)).map(str)
skill = line.map(tidy).filter(lambda name: fold(name) and fold(tidy(name)) == fold(name))
some_skills = st.lists(skill, max_size=4, unique_by=fold)


def number(low, high):
    return st.none() | st.integers(low, high)


def one_of(labels):
    return st.none() | st.sampled_from(list(map(str, labels)))


clock = st.just("") | st.times().map(lambda time: f"{time:%H:%M}")
session = st.fixed_dictionaries({"day": number(0, 6), "from": clock, "to": clock})


@st.composite
def contents(draw):
    must = draw(some_skills)
    taken = {fold(name) for name in must}
    return {
        "title": draw(line), "summary": draw(line), "resume_title": draw(line), "description": draw(line),
        "field": draw(st.sampled_from([None, "design-media", "sales"])), "deliverable": draw(line),
        "milestones": draw(st.lists(st.fixed_dictionaries({"title": line.filter(bool), "week": number(*WEEKS)}), max_size=5)),
        "must": must, "nice": [name for name in draw(some_skills) if fold(name) not in taken],
        "first_project_welcome": draw(st.booleans()), "ai_tools": draw(st.none() | st.sampled_from(list(map(str, AiTools)))),
        "ai_note": draw(line), "hours": draw(number(*HOURS)), "weeks": draw(number(*WEEKS)), "rhythm": draw(line),
        "starts_on": draw(day), "due_on": draw(day), "pay_cents": draw(number(1, 1_000_000)),
        "seats": draw(st.integers(*SEATS)), "paid_how": draw(line), "place": draw(st.none() | st.sampled_from(list(map(str, Place)))),
        "location": draw(line), "address": draw(line), "times": draw(line), "getting_there": draw(line),
        "supervisor": draw(st.none() | st.fixed_dictionaries({"name": line.filter(bool), "title": line.filter(bool)})),
        "minimum_age": draw(number(14, 19)), "minimum_grade": draw(number(9, 12)),
        "questions": draw(st.lists(line.filter(bool), max_size=3)), "apply_by": draw(day), "decide_by": draw(day),
        "tasks": draw(st.lists(st.sampled_from(list(BY_SLUG)), max_size=4, unique=True)),
        "sessions": draw(st.lists(session, max_size=7)), "worker_kind": draw(one_of(WorkerKind)),
        "premises": draw(one_of(Premises)), "alone": draw(one_of(Alone)),
    }  # fmt: skip


def named(values: dict) -> dict:
    """Skills under the name the vocabulary has for them ("excel" is "Microsoft Excel")."""
    from board.school.actions import skills_named

    must = skills_named(values["must"])
    nice = [one for one in skills_named(values["nice"]) if one not in must]
    return values | {"must": [one.name for one in must], "nice": [one.name for one in nice]}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=contents())
def test_what_is_written_is_read_back(app, values):
    employer = factories.make_employer()
    posting = Posting.create(employer=employer)
    content.write(posting, values)
    kept = content.read(Posting.get_by_id(posting.id))
    assert kept == named(values)
    assert changed(kept, named(values)) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=contents(), second=contents(), keys=st.sets(st.sampled_from(KEYS)))
def test_only_the_keys_given_are_written(app, first, second, keys):
    first, second = named(first), named(second)
    keys -= {"must", "nice"}  # a skill that moves from one to the other leaves the other
    posting = Posting.create(employer=factories.make_employer())
    content.write(posting, first)
    content.write(Posting.get_by_id(posting.id), {key: second[key] for key in keys})
    kept = content.read(Posting.get_by_id(posting.id))
    assert kept == {key: (second if key in keys else first)[key] for key in KEYS}


def test_an_unknown_skill_is_proposed_once_by_whoever_typed_it(app, cast):
    posting = factories.make_posting("draft", cast.cedar, must=["Letterpress setting"])
    content.write(posting, {"nice": ["letterpress  SETTING", "Hot foil"]}, by=cast.dana)
    assert content.read_skills(posting) == {"must": ["Letterpress setting"], "nice": ["Hot foil"]}
    assert Skill.get(Skill.name == "Hot foil").proposed_by == cast.dana


def test_a_question_that_stays_keeps_its_row(app, cast):
    posting = factories.make_posting("draft", cast.cedar, questions=["One?", "Two?"])
    rows = {row.position: row.id for row in posting.questions}
    content.write(posting, {"questions": ["One and a half?"]})
    assert {row.position: row.id for row in posting.questions} == {1: rows[1]}


def test_a_supervisor_is_one_person_of_one_employer(app, cast):
    pat = {"name": "Pat Lindqvist", "title": "Owner"}
    ours = factories.make_posting("draft", cast.cedar, supervisor=pat)
    again = factories.make_posting("draft", cast.cedar, supervisor=pat | {"title": "Manager"})
    theirs = factories.make_posting("draft", cast.mill, supervisor=pat)
    assert ours.supervisor_id == again.supervisor_id != theirs.supervisor_id
    assert content.read(Posting.get_by_id(ours.id))["supervisor"] == {"name": "Pat Lindqvist", "title": "Manager"}


def test_nothing_is_one_nothing():
    assert changed({"title": "", "field": None, "must": []}, {"title": None, "field": "", "must": None}) == []
    assert changed({"title": "a", "hours": 1}, {"title": "b"}) == ["title"]
