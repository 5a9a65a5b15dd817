"""The choices of the filters: each count is what clicking gives, and each answer that of the rules."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import count_queries

from board.applications.drafts import barred_from
from board.postings.model import Posting
from board.school.model import School, today
from board.search import facets, facts, index
from board.search.criteria import Criteria, Links
from board.search.query import find
from tests import factories

ANYTHING = {"suppress_health_check": [HealthCheck.function_scoped_fixture], "deadline": None}


@pytest.fixture
def demanding(sixty):
    """The sixty, asking for different ages, grades and first days; some welcome a first project."""
    dice = random.Random(7)
    for posting in sixty:
        Posting.update(
            minimum_age=dice.choice((None, 14, 16, 17, 18)), minimum_grade=dice.choice((None, None, 9, 11, 12)),
            starts_on=dice.choice((None, *(today() + timedelta(days=days) for days in (-3, 20, 100, 400)))),
            first_project_welcome=dice.random() < 0.4, version=Posting.version + 1,
        ).where(Posting.id == posting.id).execute()  # fmt: skip
    return sixty


def options_of(found) -> list:
    return [option for options in found.facets.values() for option in options]


@settings(max_examples=8, **ANYTHING)
@given(st.integers(0, 10_000))
def test_every_count_is_what_clicking_gives_whatever_is_picked(demanding, cast, seed):
    dice = random.Random(seed)
    person = dice.choice((None, cast.maya, cast.leo, cast.noor, cast.okafor))
    criteria = Criteria(q=dice.choice(("", "poster", "menu room")), sort=dice.choice(("best", "pay")))
    for _ in range(4):
        found = find(criteria, person)
        options = options_of(found)
        for option in options:
            clicked = criteria if option.picked else criteria.but(**criteria.toggled(option.kind, option.value))
            assert option.count == find(clicked, person).total, (criteria, option)
        if not options:
            break
        option = dice.choice(options)
        criteria = criteria.but(**criteria.toggled(option.kind, option.value))


@settings(max_examples=20, **ANYTHING)
@given(st.integers(0, 10_000))
def test_the_quick_links_are_the_addresses(demanding, seed):
    dice = random.Random(seed)
    criteria = Criteria(q=dice.choice(("", "c++ & more")), sort=dice.choice(("best", "pay")), page=3, verbatim=True)
    kinds = {
        "field": ("marketing", "design-media"), "skill": ("canva", "python"), "hours": ("5", "20"), "pay": ("15", "20"),
        "place": ("remote", "hybrid"), "first": ("1",), "may": ("1",),
    }  # fmt: skip
    for _ in range(6):
        for kind, values in kinds.items():
            for value in values:
                said = criteria.query_string(**criteria.toggled(kind, value))
                assert Links("/projects", criteria).toggled(kind, value) == f"/projects{said}"
        for number in (1, 2, 7):
            assert Links("/projects", criteria).page(number) == f"/projects{criteria.query_string(page=number)}"
        kind = dice.choice(list(kinds))
        criteria = criteria.but(page=2, **criteria.toggled(kind, dice.choice(kinds[kind])))


@pytest.mark.parametrize("lowest", [14, 17])
def test_what_a_student_may_apply_to_is_what_the_rules_say(demanding, cast, lowest):
    School.update(minimum_age=lowest).execute()
    day = today()
    birthdays = [day.replace(year=day.year - 17) + timedelta(days=days) for days in (-1, 0, 1, 19, 20, 21, 101)]
    students = [factories.make_student(grade=grade) for grade in (9, 11, 12)]
    for born in [*birthdays, date(2008, 2, 29)]:
        for student in students:
            student.birth_date = born
            student.save()
            rows = Posting.select()
            may = {posting.id for posting in rows if barred_from(posting, student) is None}
            found = find(Criteria(may=True), student)
            assert found.total == len(may)
            assert {posting.id for posting in found.postings} <= may
            plain = find(Criteria(), student).facets["may"]
            assert [option.count for option in plain] == ([len(may)] if may else [])


def test_what_a_student_may_apply_to_knows_their_other_work_their_answers_and_the_age_on_each_day(cast):
    monday = today() - timedelta(days=today().weekday()) + timedelta(weeks=5)
    dated = {"starts_on": monday.isoformat(), "due_on": (monday + timedelta(days=13)).isoformat(), "minimum_age": 14}
    full, few = {"hours": 36, "pay_cents": 80000} | dated, {"hours": 2, "pay_cents": 5000} | dated
    factories.make_placement("agreed", factories.make_posting("open", cast.cedar, **full), cast.leo)
    made = {
        "the same employer, the same weeks": factories.make_posting("open", cast.cedar, **few),
        "another employer": factories.make_posting("open", cast.mill, **few),
        "answered": factories.make_posting("open", cast.mill, **few),
        "old, and too much": factories.make_posting("open", cast.mill, **full),
        "old, and fine": factories.make_posting("open", cast.mill, **few),
    }
    factories.make_application("not_selected", made["answered"], cast.leo)
    old = [made["old, and too much"].id, made["old, and fine"].id]
    Posting.update(tasks=None, hours=40, version=Posting.version + 1).where(Posting.id == old[0]).execute()
    Posting.update(tasks=None, version=Posting.version + 1).where(Posting.id == old[1]).execute()

    def may(student) -> set[str]:
        ids = {posting.id for posting in find(Criteria(may=True), student).postings}
        for name, posting in made.items():
            posting = Posting.get_by_id(posting.id)
            assert (posting.id in ids) == (barred_from(posting, student) is None), name
        return {name for name, posting in made.items() if posting.id in ids}

    assert may(cast.leo) == {"another employer", "old, and fine"}
    assert may(cast.maya) == set(made)  # 16: no law counts her hours
    birthday = monday + timedelta(days=1)  # from the second day on nobody counts
    cast.leo.birth_date = birthday.replace(year=birthday.year - 16)
    cast.leo.save()
    assert may(cast.leo) == {
        "another employer",
        "old, and fine",
        "old, and too much",
        "the same employer, the same weeks",
    }
    cast.leo.not_shown = True
    cast.leo.save()
    assert may(cast.leo) == set()


def test_only_who_can_be_told_is_asked_whether_they_may_apply(demanding, cast):
    everything = find(Criteria(), None).total
    for person in (None, cast.noor, cast.okafor, cast.dana):
        found = find(Criteria(may=True), person)
        assert (found.total, found.criteria.may, found.facets["may"]) == (everything, False, [])
    assert find(Criteria(may=True), cast.leo).total < everything


def test_one_students_answer_is_not_anothers(demanding, cast):
    """What is kept for the whole board holds nothing of who asked first."""
    first, second = (find(Criteria(), person).facets["may"][0].count for person in (cast.maya, cast.leo))
    facts.forget()
    assert (second, first) == tuple(find(Criteria(), person).facets["may"][0].count for person in (cast.leo, cast.maya))
    assert first > second


def test_skills_that_tell_the_results_from_the_rest_come_before_common_ones(indexed, cast):
    common = [f"Common {number}" for number in range(facets.TOP_SKILLS)]
    for number in range(12):
        title, own = ("Poster", ["Lettering"]) if number < 4 else ("Menu", [])
        factories.make_posting(employer=cast.cedar, title=title, must=own or ["Canva"], nice=common)
    index.rebuild()
    assert "Lettering" not in {option.label for option in find(Criteria(), None).facets["skill"]}
    listed = [option.label for option in find(Criteria(q="poster"), None).facets["skill"]]
    assert "Lettering" in listed and len(listed) == facets.TOP_SKILLS
    picked = find(Criteria(q="poster", skills=("common-9",)), None).facets["skill"]
    assert (picked[0].label, picked[0].picked) == ("Common 9", True)


def test_any_skill_of_the_results_can_be_looked_for(indexed, cast):
    names = [f"Skill {number}" for number in range(30)]
    factories.make_posting(employer=cast.cedar, must=[*names, "Café work"][:20], nice=[])
    factories.make_posting(employer=cast.mill, must=[*names[20:], "Café work"], nice=[])
    index.rebuild()
    assert len(find(Criteria(), None).facets["skill"]) == facets.TOP_SKILLS
    assert [option.label for option in find(Criteria(like="CAFE"), None).facets["skill"]] == ["Café work"]
    assert len(find(Criteria(like="skill"), None).facets["skill"]) == 30
    assert find(Criteria(like="zither"), None).facets["skill"] == []
    assert find(Criteria(like="zither"), None).total == 2, "it lists skills, it finds nothing"
    assert not Criteria(like="zither").args()


def test_what_the_school_no_longer_uses_is_no_filter(indexed, cast):
    from board.school.model import Skill, SkillState

    factories.make_posting(employer=cast.cedar, must=["Canva"], nice=[])
    Skill.update(state=SkillState.REFUSED).where(Skill.slug == "canva").execute()
    found = find(Criteria(skills=("canva",)), None)
    assert (found.total, found.criteria.skills, found.facets["skill"]) == (1, (), [])


def test_filters_cost_the_same_queries_for_any_number_of_choices(sixty, cast):
    def queries(criteria: Criteria) -> int:
        find(criteria, cast.maya)
        with count_queries() as counted:
            find(criteria, cast.maya)
        return counted.count

    few = queries(Criteria(q="poster"))
    assert few == queries(Criteria(q="poster", fields=("marketing", "design-media"), pay=15, hours=40, may=True))


def test_an_offer_counts_what_it_gives(sixty):
    live = facts.live()
    for criteria in (
        Criteria(q="canva poster"),
        Criteria(q="canva poster", fields=("marketing",)),
        Criteria(q="canva"),
    ):
        filters = facets.Filters(criteria, live)
        stays = criteria.q.removeprefix("canva").strip()
        matched = live.mask(live.rows_of(np.array(every_id(Criteria(q=stays)))))
        made = facets.offer(filters, "skill", "canva", matched, stays)
        clicked = find(criteria.but(q=stays, **criteria.toggled("skill", "canva")), None)
        assert (made.count if made else 0) == clicked.total
        assert made is None or made.q == stays
    assert clicked.total > 0
    assert (
        facets.offer(facets.Filters(Criteria(skills=("canva",)), live), "skill", "canva", live.everything, "") is None
    )
    assert facets.offer(facets.Filters(Criteria(), live), "skill", "nothing", live.everything, "") is None


def every_id(criteria: Criteria) -> list[int]:
    pages = range(1, find(criteria, None).pages + 1)
    return [posting.id for page in pages for posting in find(criteria.but(page=page), None).postings]
