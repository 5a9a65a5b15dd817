"""Settings, fields and skills: what a change does, and that postings, cards and index follow."""

import pytest
from playhouse.test_utils import count_queries

from board import moves
from board.applications.model import Evidence
from board.moves import Refused, Step
from board.people import accounts
from board.people.model import PersonSkill
from board.postings import content
from board.postings.model import IndexRepair, Posting, PostingSkill
from board.school import actions, vocabulary
from board.school.model import Field, School, Skill, Spelling, today
from board.search import index, query
from tests import factories


def skill(name):
    return Skill.get(Skill.name == name)


def found(q, person):
    return [posting.id for posting in query.find(query.Criteria(q=q), person).postings]


def version(posting):
    return Posting.get_by_id(posting.id).version


@pytest.fixture
def poster(cast):
    index.rebuild()
    return factories.make_posting(employer=cast.cedar, title="A wall sign", must=["Canva"], nice=["Photography"])


# -- settings


def test_settings_are_kept_with_a_step_that_says_what_changed(cast):
    values = {"name": "Lincoln", "minimum_pay_cents": 1600, "open_to_visitors": True}
    assert actions.change_settings(School.here(), cast.ruiz, values) == list(values)
    step = Step.select().where(Step.noun == "school").get()
    assert step.person == cast.ruiz and set(step.facts["changed"]) == set(values)
    assert actions.change_settings(School.here(), cast.ruiz, values) == []
    assert Step.select().where(Step.noun == "school").count() == 1


def test_a_new_time_zone_holds_at_once(cast, monkeypatch):
    from board.school import model

    today()
    actions.change_settings(School.here(), cast.ruiz, {"time_zone": "Pacific/Honolulu"})
    today()
    assert model._clock[0] == "Pacific/Honolulu"


# -- fields


def test_a_field_keeps_its_slug_when_it_is_renamed_and_the_new_name_is_found(cast, poster):
    field = Field.get(Field.slug == "design-media")
    before = version(poster)
    actions.change_field(field, cast.ruiz, {"name": "Pictures & Print"})
    assert Field.get(Field.slug == "design-media").name == "Pictures & Print"
    assert version(poster) == before + 1
    assert found("pictures", cast.maya) == [poster.id]
    assert IndexRepair.select().count() == 0


def test_postings_of_other_fields_stay_as_they_are(cast, poster):
    before = version(poster)
    actions.change_field(Field.get(Field.slug == "sales"), cast.ruiz, {"name": "Selling"})
    assert version(poster) == before


def test_two_fields_cannot_share_a_name(cast):
    for act in (
        lambda: actions.add_field(
            {"name": "marketing", "title": "M", "cluster": "Education", "colour": "plum"}, cast.ruiz
        ),
        lambda: actions.change_field(Field.get(Field.slug == "sales"), cast.ruiz, {"name": "MARKETING"}),
    ):
        with pytest.raises(Refused):
            act()


def test_a_field_a_school_adds_comes_last_with_a_slug_and_an_icon(cast):
    values = {"name": "Robotics!", "title": "Robotics Intern", "cluster": "Education", "colour": "plum"}
    made = actions.add_field(values, cast.ruiz)
    assert (made.slug, made.icon) == ("robotics", "folder")
    assert list(Field.shown())[-1] == made
    again = actions.add_field(values | {"name": "Robotics?"}, cast.ruiz)
    assert again.slug == "robotics-2"
    assert actions.add_field(values | {"name": "日本"}, cast.ruiz).slug == "field"


def test_a_hidden_field_is_not_offered_and_the_last_one_stays(cast):
    fields = list(Field.shown())
    actions.hide_field(fields[0], cast.ruiz, True)
    assert fields[0] not in list(Field.shown())
    Field.update(hidden=True).where(Field.id != fields[1].id).execute()
    with pytest.raises(Refused):
        actions.hide_field(fields[1], cast.ruiz, True)


def test_fields_move_one_place_and_no_further(cast):
    order = [field.slug for field in Field.shown()]
    actions.move_field(Field.get(Field.slug == order[1]), cast.ruiz, up=True)
    assert [field.slug for field in Field.shown()][:2] == [order[1], order[0]]
    actions.move_field(Field.get(Field.slug == order[1]), cast.ruiz, up=True)
    actions.move_field(Field.get(Field.slug == order[-1]), cast.ruiz, up=False)
    assert [field.slug for field in Field.shown()] == [order[1], order[0], *order[2:]]


# -- skills


def test_a_renamed_skill_is_found_by_both_names_and_kept_by_its_postings(cast, poster):
    before = version(poster)
    vocabulary.rename(skill("Canva"), "Canva Pro", cast.ruiz)
    assert version(poster) == before + 1
    assert content.read(Posting.get_by_id(poster.id))["must"] == ["Canva Pro"]
    assert found("canva pro", cast.maya) == [poster.id]
    assert [row.name for row in actions.skills_named(["canva", "CANVA PRO"])] == ["Canva Pro"]


def test_a_new_capital_letter_is_a_rename_too(cast):
    vocabulary.rename(skill("Canva"), "CANVA", cast.ruiz)
    assert skill("CANVA").folded == "canva"
    assert not Spelling.select().where(Spelling.folded == "canva").exists()


def test_a_skill_may_take_one_of_its_own_spellings_as_its_name(cast):
    python = skill("Python")
    vocabulary.rename(python, "Python 3", cast.ruiz)
    assert actions.skills_named(["Python", "python3"]) == [Skill.get_by_id(python.id)]


def test_a_name_of_another_skill_is_refused(cast):
    for name in ("photography", "  PHOTO graphy", "", " ,; "):
        with pytest.raises(Refused):
            vocabulary.rename(skill("Canva"), name, cast.ruiz)


def test_skills_merge_with_everything_that_names_them(cast):
    actions.skills_named(["Canvas app"], cast.maya)
    old, into = skill("Canvas app"), skill("Canva")
    vocabulary.rename(old, "Canva app", cast.ruiz)
    both = factories.make_posting(employer=cast.cedar, must=["Canva app"], nice=["Canva"])
    one = factories.make_posting(employer=cast.cedar, must=["Canva app"])
    accounts.save_profile(cast.maya, ["Canva app"], [], None)
    accounts.save_profile(cast.leo, ["Canva app", "Canva"], [], None)
    application = factories.make_application("submitted", one, cast.maya)
    versions = version(both), version(one)

    vocabulary.merge(skill("Canva app"), into, cast.ruiz)

    assert not Skill.select().where(Skill.id == old.id).exists()
    assert [(row.posting_id, row.need) for row in PostingSkill.select().where(PostingSkill.skill == into)] == [
        (both.id, "must"), (one.id, "must"),
    ]  # fmt: skip
    assert sorted(row.person_id for row in PersonSkill.select()) == [cast.maya.id, cast.leo.id]
    assert Evidence.get(Evidence.application == application).skill_id == into.id
    assert (version(both), version(one)) == (versions[0] + 1, versions[1] + 1)
    for spelling in ("Canva app", "canvas APP"):
        assert actions.skills_named([spelling]) == [into]


def test_a_skill_is_not_merged_into_itself(cast):
    with pytest.raises(Refused):
        vocabulary.merge(skill("Canva"), skill("Canva"), cast.ruiz)
    assert skill("Canva")


def test_a_refused_skill_cannot_be_picked_again_until_it_is_approved(cast):
    (bees,) = actions.skills_named(["Beekeeping"], cast.dana)
    vocabulary.refuse(bees, cast.ruiz)
    assert actions.skills_named(["Beekeeping", "Canva"]) == [skill("Canva")]
    assert bees not in list(Skill.usable())
    vocabulary.approve(Skill.get_by_id(bees.id), cast.ruiz)
    assert actions.skills_named(["beekeeping"]) == [bees]
    moves = [step.move for step in Step.of(bees)]
    assert moves == ["refuse", "approve"]


def test_a_skill_the_school_adds_is_approved_at_once(cast):
    made = vocabulary.add("Glass blowing", cast.ruiz)
    assert (made.state, made.slug) == ("approved", "glass-blowing")
    with pytest.raises(Refused):
        vocabulary.add("glassblowing", cast.ruiz)


def test_a_rename_costs_as_many_queries_for_thirty_postings_as_for_one(cast, monkeypatch):
    monkeypatch.setattr(moves, "woken", [])  # the worker is told until its queue is long
    factories.make_posting(employer=cast.cedar, must=["Canva"])
    with count_queries() as few:
        vocabulary.rename(skill("Canva"), "Canva One", cast.ruiz)
    for _ in range(29):
        factories.make_posting(employer=cast.cedar, must=["Canva One"])
    with count_queries() as many:
        vocabulary.rename(skill("Canva One"), "Canva Two", cast.ruiz)
    assert many.count == few.count


def test_postings_wait_on_the_repair_list_when_the_index_cannot_be_written(cast, poster, monkeypatch):
    monkeypatch.setattr(index, "refresh", lambda ids: False)
    vocabulary.rename(skill("Canva"), "Signwriting", cast.ruiz)
    assert [row.posting_id for row in IndexRepair.select()] == [poster.id]
    assert found("signwriting", cast.maya) == [poster.id]
    assert found("canva", cast.maya) == [poster.id], "its old name is another spelling of it"
    Spelling.delete().execute()
    assert found("canva", cast.maya) == []
