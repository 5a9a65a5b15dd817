"""What is found, counted and ordered: by the index, and the same by the database."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import count_queries

from board.search import facts, index, query
from board.search.answer import answer
from board.search.criteria import Criteria
from board.search.facets import Option
from board.search.query import find
from tests import factories

ANYTHING = {"suppress_health_check": [HealthCheck.function_scoped_fixture], "deadline": None}


def found_ids(q: str, **more) -> set[int]:
    return {posting.id for posting in find(Criteria(q=q, **more), None).postings}


def every_id(criteria: Criteria) -> list[int]:
    first = find(criteria, None)
    return [
        posting.id for page in range(1, first.pages + 1) for posting in find(criteria.but(page=page), None).postings
    ]


def option_applied(criteria: Criteria, option: Option) -> Criteria:
    return criteria if option.picked else criteria.but(**criteria.toggled(option.kind, option.value))


def test_words_are_found_in_title_skills_field_summary_and_employer(indexed, cast):
    posting = factories.make_posting(employer=cast.cedar, title="Price list", must=["Node.js"], field="farming-animals")
    for q in ("price lists", "node.js", "farming", "prices people", "cedar"):
        assert found_ids(q) == {posting.id}, q


def test_c_plus_plus_is_not_c_sharp(indexed, cast):
    one = factories.make_posting(employer=cast.cedar, title="First", must=["C++"])
    two = factories.make_posting(employer=cast.cedar, title="Second", must=["C#"])
    assert found_ids("c++") == {one.id}
    assert found_ids("C#") == {two.id}


def test_the_last_word_may_be_unfinished(indexed, cast):
    posting = factories.make_posting(employer=cast.cedar, title="Photography of the garden")
    assert found_ids("garden photogr") == {posting.id}
    assert find(Criteria(q="photogr garden"), None).complete == 0, "only the last one"


def test_common_words_alone_still_answer(indexed, cast):
    posting = factories.make_posting(employer=cast.cedar)
    assert found_ids("for the") == {posting.id}
    assert find(Criteria(q="the price of la silla para counter"), None).complete == 0
    assert found_ids("the price for el counter") == {posting.id}


def test_the_title_comes_before_a_passing_mention(indexed, cast):
    passing = factories.make_posting(employer=cast.cedar, title="Menu", description="There may be a poster.")
    meant = factories.make_posting(employer=cast.cedar, title="Poster")
    assert every_id(Criteria(q="poster")) == [meant.id, passing.id]


def test_where_and_with_whom_is_never_found_or_loaded_for_strangers(indexed, cast):
    factories.make_posting(employer=cast.cedar, **factories.ON_SITE)
    for q in ("alder", "lindqvist", "tuesdays", "bus"):
        assert find(Criteria(q=q), None).total == find(Criteria(q=q), cast.maya).total == 0
    (posting,) = find(Criteria(), None).postings
    assert posting.location == ""
    assert find(Criteria(), cast.maya).postings[0].location == "Old Town"


def test_only_what_is_live_is_found_and_counted(indexed, cast):
    states = ("draft", "submitted", "changes_requested", "declined", "open", "paused", "filled", "closed", "expired")
    made = {state: factories.make_posting(state, employer=cast.cedar, title=f"Poster {state}") for state in states}
    for person in (None, cast.maya, cast.dana, cast.okafor):
        for criteria in (Criteria(), Criteria(q="poster")):
            found = find(criteria, person)
            assert [posting.id for posting in found.postings] == [made["open"].id]
            assert found.total == found.everything == 1
            assert {option.count for options in found.facets.values() for option in options} == {1}


def test_every_count_is_what_clicking_gives(sixty):
    for criteria in (
        Criteria(), Criteria(q="poster"), Criteria(fields=("marketing",)), Criteria(fields=("marketing", "design-media")),
        Criteria(skills=("canva",)), Criteria(hours=10, place="remote"), Criteria(pay=18, skills=("python",)),
        Criteria(q="menu", fields=("marketing",), pay=20), Criteria(hours=7, pay=19),
    ):  # fmt: skip
        found = find(criteria, None)
        assert found.total == len(every_id(criteria))
        for options in found.facets.values():
            for option in options:
                clicked = option_applied(criteria, option)
                assert option.count == find(clicked, None).total, (criteria, option)


@settings(max_examples=15, **ANYTHING)
@given(st.integers(0, 10_000))
def test_counts_hold_for_any_mixture(sixty, seed):
    dice = random.Random(seed)
    criteria = Criteria()
    for _ in range(3):
        options = [option for some in find(criteria, None).facets.values() for option in some]
        if not options:
            break
        option = dice.choice(options)
        after = criteria.but(**criteria.toggled(option.kind, option.value))
        if not option.picked:
            assert option.count == find(after, None).total
        criteria = after


def test_fields_are_alternatives_and_skills_are_all_asked_for(sixty):
    one, two = find(Criteria(fields=("marketing",)), None).total, find(Criteria(fields=("it-software",)), None).total
    assert find(Criteria(fields=("marketing", "it-software")), None).total == one + two
    both = set(every_id(Criteria(skills=("canva", "python"))))
    assert both == set(every_id(Criteria(skills=("canva",)))) & set(every_id(Criteria(skills=("python",))))


def test_paging_shows_everything_once_and_ends_at_the_last_page(sixty):
    for sort in ("best", "new", "closing", "pay"):
        ids = every_id(Criteria(sort=sort))
        assert len(ids) == len(set(ids)) == 60
    assert find(Criteria(page=99), None).criteria.page == 6


def test_sorting_by_pay_and_by_closing(sixty):
    pays = [posting.hourly for posting in find(Criteria(sort="pay"), None).postings]
    assert pays == sorted(pays, reverse=True)
    days = [posting.apply_by for posting in find(Criteria(sort="closing"), None).postings]
    assert days == sorted(days)


def test_what_the_school_does_not_know_is_left_out(sixty):
    found = find(Criteria(fields=("nonsense",), skills=("nothing",)), None)
    assert found.total == 60
    assert found.criteria.fields == found.criteria.skills == ()


def test_when_nothing_fits_it_says_what_to_leave_out(sixty):
    found = find(Criteria(q="zebra", place="remote"), None)
    assert found.total == 0
    assert found.drops == [("words", "", find(Criteria(place="remote"), None).total)]


def test_the_database_answers_as_the_index_does(sixty, monkeypatch):
    asked = "poster|a menu|post|gard|room 7|python websit|cedar|nothing|for the|C++|use|menu zebra|price list".split(
        "|"
    )
    live = facts.live()
    by_index = [answer(q, live) for q in asked]
    assert sum(told.complete.sum() for told in by_index) > 100
    monkeypatch.setattr(index, "opened", lambda: None)
    for q, told in zip(asked, by_index, strict=True):
        assert answer(q, live).complete.tolist() == told.complete.tolist(), q


def test_no_more_queries_for_many_than_for_few(indexed, cast):
    factories.make_posting(employer=cast.cedar, title="Poster")
    find(Criteria(q="poster"), cast.maya)
    with count_queries() as few:
        find(Criteria(q="poster"), cast.maya)
    for _ in range(15):
        factories.make_posting(employer=cast.mill, title="Poster")
    find(Criteria(q="poster"), cast.maya)
    with count_queries() as many:
        assert find(Criteria(q="poster"), cast.maya).total == 16
    assert many.count == few.count


def test_a_write_that_was_taken_back_is_forgotten(indexed, cast):
    from board.db import database

    posting = factories.make_posting(employer=cast.cedar)
    assert find(Criteria(), None).total == 1
    with database.atomic() as transaction:
        from board.postings.model import Posting

        Posting.update(state="paused", version=9).where(Posting.id == posting.id).execute()
        assert find(Criteria(), None).total == 0
        transaction.rollback()
    assert find(Criteria(), None).total == 1


@settings(max_examples=60, **ANYTHING)
@given(st.text(max_size=300))
def test_anything_typed_gets_an_answer(sixty, typed):
    found = find(Criteria.of({"q": [typed], "field": [typed], "hours": [typed], "page": [typed]}), None)
    assert 0 <= found.total <= 60
    assert index.current() is not None


def test_found_is_of_the_page_size(sixty):
    assert len(find(Criteria(), None).postings) == query.PAGE
