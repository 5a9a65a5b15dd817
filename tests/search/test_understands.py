"""What a student half remembers, misspells or calls by another name is found, the right one first."""

from datetime import timedelta

import pytest

from board.db import now
from board.postings import actions
from board.postings.model import Posting
from board.school.model import Skill, SkillState, Spelling, Synonym, today
from board.search import index, spelling
from board.search.criteria import Criteria
from board.search.query import find
from tests import factories


@pytest.fixture
def board(indexed, cast):
    """`board(title, …)` puts a project on the board."""

    def post(title: str, employer=None, summary: str = "What is needed.", **more):
        more = {"description": "Plain.", "deliverable": "A file.", "must": ["Patience"], "nice": []} | more
        return factories.make_posting(employer=employer or cast.cedar, title=title, summary=summary, **more)

    return post


def ask(q: str, **more):
    return find(Criteria.of({"q": [q]} | {name: [value] for name, value in more.items()}), None)


def titles(q: str, **more) -> list[str]:
    return [posting.title for posting in ask(q, **more).postings]


# -- words


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("programming", "Programmer for a small shop"),
        ("baking", "Baker at weekends"),
        ("posters", "A poster"),
        ("cafe", "Menu of the Café"),
        ("diseno", "Diseño de carteles"),
        ("level 3", "Level 3 of a game"),
        ("fotografia", "Photographer at a fair"),
        ("página web", "A website for a club"),
        ("diseño gráfico", "Graphic designer"),
        ("the baker of the weekends", "Baker at weekends"),
        ("los carteles de diseño", "Diseño de carteles"),
    ],
)
def test_forms_accents_and_common_words_do_not_matter(board, typed, title):
    for other in ("Part-time help", "Guard of a garden"):
        board(other, field="sales")
    board(title)
    assert titles(typed) == [title]


def test_a_word_is_not_found_within_another(board):
    board("Part-time help")
    assert ask("art").complete == 0


def test_the_word_itself_comes_before_its_other_forms(board):
    board("Posting letters")
    board("Poster")
    board("Posts of a fence")
    assert titles("poster")[0] == "Poster"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ecommerce", "Pages of an e-commerce"),
        ("e-commerce", "Pages of an ecommerce"),
        ("coop", "Shelves of the co-op"),
        ("on-line lessons", "Online lessons"),
        ("nodejs", "A Node.js server"),
        ("node js", "A Node.js server"),
        ("node.js", "A NodeJS server"),
    ],
)
def test_what_some_write_as_one_word_is_found_however_it_is_written(board, typed, title):
    board("A line of commerce, operated")
    board(title)
    found = ask(typed)
    assert [posting.title for posting in found.postings][:1] == [title]
    assert (found.complete, found.correction) == (1, None)


# -- misspelt


@pytest.mark.parametrize(
    "typed",
    ["desginer", "deisgnre", "desiigner", "dasigner", "desinger", "poster desginer", "dsigner of poster"],
)
def test_a_misspelt_word_is_corrected_and_both_are_told(board, cast, typed):
    board("Designer of a poster", employer=cast.mill)
    board("Waiter", employer=cast.mill, field="sales")
    found = ask(typed)
    assert [posting.title for posting in found.postings] == ["Designer of a poster"]
    assert found.correction.typed == typed
    assert "designer" in found.correction.used
    assert found.complete == 1
    assert "designer" in found.marks


def test_the_word_with_one_slip_is_meant_rather_than_a_frequent_one_with_two(board):
    board("Correcting essays")
    for number in range(5):
        board(f"Creating games {number}")
    assert ask("corecting").correction.used == "correcting"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("grafic", "graphic"),
        ("skool", "school"),
        ("fisical", "physical"),
        ("gitar", "guitar"),
        ("nite", "night"),
    ],
)
def test_a_word_written_as_it_sounds_is_the_word(board, typed, meant):
    for other in ("Traffic count", "Fiscal year"):
        board(other)
    board(f"One {meant} thing")
    assert ask(typed).correction.used == meant


def test_of_two_misspelt_words_each_says_what_the_other_was(board):
    board("Sparse matrices")
    for number in range(4):
        board(f"Share prices {number}")
    assert ask("sparze matrizces").correction.used == "sparse matrices"


def test_a_misspelt_plural_may_mean_the_one(board):
    board("Recipe cards")
    assert ask("recepies").correction.used == "recipe"


def test_where_no_text_has_a_chosen_word_nothing_sounds_alike(board):
    assert ask("skool").total == 0
    assert index.current()


def test_a_word_that_stands_in_one_long_text_alone_is_a_correction_too(board):
    board("Help us", description="Sort the veterinary records.")
    board("Another", description="Plain.")
    assert ask("vetrinary").correction.used == "veterinary"


def test_a_slip_in_somebodys_text_is_found_and_the_frequent_word_is_asked_about(board, monkeypatch):
    monkeypatch.setattr(spelling, "MANY", 2)
    slip = board("Look at numbers", description="Some anlysis of prices.")
    for number in range(6):
        board(f"Analysis of prices {number}")
    found = ask("anlysis prices")
    assert (found.correction, found.instead) == (None, "analysis prices")
    assert found.postings[0].id == slip.id
    assert ask("numbers prices").instead == "", "somebody has chosen the word for a title"


def test_a_chosen_word_that_sounds_like_a_frequent_one_is_asked_about_and_no_other(board, monkeypatch):
    monkeypatch.setattr(spelling, "MANY", 2)
    board("Exel project")
    board("Poser of riddles")
    for number in range(6):
        board(f"Excel poster {number}")
    assert (ask("exel").correction, ask("exel").instead) == (None, "excel")
    assert ask("poser").instead == ""


def test_two_slips_in_a_word_that_exists_are_put_right_where_a_frequent_word_fits_the_others(board, monkeypatch):
    monkeypatch.setattr(spelling, "MANY", 2)
    board("Costumer of the school play")
    for number in range(6):
        board(f"Customer service {number}")
    assert ask("costumer service").correction.used == "customer service"


def test_a_far_word_is_not_taken_where_it_leads_nowhere(board):
    board("Query of a library")
    board("Ventas de pan")
    found = ask("quieryo ventas")
    assert (found.complete, found.correction) == (0, None)
    assert [posting.title for posting in found.postings] == ["Ventas de pan"]


def test_words_of_a_wish_need_not_be_found(board):
    board("Walk the animals", field="farming-animals")
    board("What we want", field="sales")
    assert titles("I want to walk animals") == titles("quiero walk animals") == ["Walk the animals"]


def test_a_missing_space_is_put_in(board):
    for number in range(2):
        board(f"Photo editing {number}")
    found = ask("photoediting")
    assert found.correction.used == "photo editing"
    assert found.complete == 2


def test_one_space_too_many_does_no_harm(board):
    board("Photoshop lessons")
    board("Photo of a shop window")
    assert set(titles("photo shop")) == {"Photoshop lessons", "Photo of a shop window"}


def test_words_as_typed_are_one_click_away_and_say_what_else_was_meant(board):
    board("Designer of a poster")
    found = ask("desginer", verbatim="1")
    assert (found.total, found.correction, found.instead) == (0, None, "designer")


def test_a_word_that_exists_is_replaced_only_when_nothing_holds_all_the_words(board):
    board("Foster care visit")
    board("Poster prices")
    board("Poster two")
    assert ask("foster").correction is None
    found = ask("foster prices")
    assert found.correction.used == "poster prices"
    assert found.postings[0].title == "Poster prices"
    assert ask("poster care").correction is None, "never by a rarer word"


def test_words_put_right_are_found_by_the_schools_other_words_too(board):
    board("Instagram for the shop")
    board("A social evening", summary="Media of all kinds.")
    found = ask("socail media")
    assert found.correction.used == "social media"
    assert {posting.title for posting in found.postings} == {"A social evening", "Instagram for the shop"}


def test_a_part_of_the_schools_other_words_is_not_marked(board):
    board("Taking pictures of dogs")
    found = ask("photography")
    assert found.complete == 1
    assert "taking" not in found.marks
    assert "photographer" in found.marks


def test_it_is_a_trade_in_names_and_a_small_word_in_texts(board):
    board("Fix our printers", field="it-software")
    board(
        "Paint a fence", summary="Paint it blue.", description="It is a fence, and it is long.", field="building-trades"
    )
    board("Sort shelves", field="sales", description="It is a shelf.")
    assert titles("it help")[0] == "Fix our printers"
    board("Water the plants", field="farming-animals", description="Do it daily.")
    assert "Water the plants" not in titles("IT")


def test_the_frequent_word_is_preferred(board):
    board("Poster one")
    board("Poster two")
    board("Foster care visit")
    assert ask("qoster").correction.used == "poster"


def test_skills_fields_and_employers_are_words_too(board, cast):
    board("One", must=["Photography"])
    board("Two", field="farming-animals")
    board("Three", employer=cast.mill)
    assert titles("fotography") == ["One"]
    assert titles("farmnig") == ["Two"]
    assert titles("mlil") == ["Three"]


def test_a_correction_knows_nothing_of_what_is_not_live(board, cast):
    for state in ("draft", "submitted", "closed", "paused", "expired"):
        factories.make_posting(state, employer=cast.cedar, title="Zoology survey")
    gone = board("Zoology of a pond")
    actions.pause(gone, cast.dana)
    found = ask("zoolgy")
    assert (found.total, found.correction, found.instead) == (0, None, "")
    assert ask("zoolgy", verbatim="1").instead == ""


def test_nor_does_the_parting_of_two_words_written_as_one(board, cast):
    for place in ("north", "south"):
        board(f"Velvet lantern {place}")
    assert ask("velvetlantern").correction.used == "velvet lantern"
    Posting.update(apply_by=today() - timedelta(days=1)).execute()  # still in the index
    found = ask("velvetlantern")
    assert (found.total, found.correction, found.instead) == (0, None, "")
    assert index.current(), "nothing is wrong with the index when nothing is live"


def test_short_words_and_numbers_are_left_as_they_are(board):
    board("Cat pictures")
    board("Level 3000")
    assert ask("cot").correction is None
    assert ask("3001").correction is None
    board("Series S")
    assert ask("zzzz").correction is None


# -- names


def test_a_skill_and_a_field_that_are_named_are_offered_as_filters(board):
    board("One", must=["Photography"])
    board("Two", description="Some photography, perhaps.")
    (offer,) = ask("photography").offers
    assert (offer.kind, offer.label, offer.count) == ("skill", "Photography", 1)
    for number in range(3):
        board(f"Sell {number}", field="marketing", must=["Python"])
    offers = {(offer.kind, offer.value): offer for offer in ask("python marketing").offers}
    assert set(offers) == {("skill", "python"), ("field", "marketing")}
    for (kind, slug), offer in offers.items():
        clicked = Criteria.of({"q": [offer.q], kind: [slug]})
        assert find(clicked, None).total == offer.count


@pytest.mark.parametrize(
    ("typed", "skill"),
    [("c++", "C++"), ("C#", "C#"), (".net", ".NET"), ("c", "C"), ("c plus plus", "C++"), ("cpp", "C++"), ("dot net", ".NET")],
)  # fmt: skip
def test_names_with_signs_are_offered_as_what_they_are(board, typed, skill):
    for name in ("C", "C++", "C#", ".NET", "Net"):
        board("Something", must=[name])
    assert [offer.label for offer in ask(typed).offers] == [skill]


def test_another_spelling_of_a_skill_finds_who_asks_for_it_and_offers_it(board):
    board("One", must=["Excel"])
    board("Two", must=["Canva"])
    skill = Skill.get(Skill.name == "Excel")
    Spelling.get_or_create(folded="msexcel", defaults={"skill": skill})
    found = ask("ms excel")
    assert [posting.title for posting in found.postings] == ["One"]
    assert [offer.label for offer in found.offers] == ["Excel"]
    Skill.update(state=SkillState.REFUSED).where(Skill.id == skill.id).execute()
    assert ask("ms excel").offers == []


def test_a_word_within_a_term_of_the_school_names_no_field(board):
    board("Poster", field="design-media")
    Synonym.create(words="social media, Instagram")
    assert [offer.value for offer in ask("media").offers] == ["design-media"]
    assert ask("social media").offers == []


def test_fields_and_skills_that_are_meant_come_before_words_in_passing(board):
    board("Notes", description="The python lives in the zoo; marketing is on Mondays.")
    board("Counter", field="marketing", must=["Python"])
    assert titles("python marketing") == ["Counter", "Notes"]


# -- the order


def test_the_word_itself_as_a_skill_comes_before_another_word_for_it_in_a_title(board):
    Synonym.delete().execute()
    Synonym.create(words="photography, picture")
    board("Picture of a menu")
    board("Plain", must=["Photography"])
    assert titles("photography") == ["Plain", "Picture of a menu"]


def test_title_then_skills_then_summary_then_deliverable_then_description_then_nothing(board, cast):
    board("Alpha", description="A lantern.")
    board("Beta", deliverable="A lantern.")
    board("Gamma", summary="Paint a lantern.")
    board("Delta", must=["Lantern"])
    board("Lantern")
    assert titles("lantern") == ["Lantern", "Delta", "Gamma", "Beta", "Alpha"]


def test_all_the_words_come_before_some_and_it_is_said_how_many_have_all(board):
    board("Lantern lantern lantern", summary="A lantern.")
    board("Plain", description="Paint one lantern for the harbor.")
    found = ask("harbor lantern")
    assert [posting.title for posting in found.postings] == ["Plain", "Lantern lantern lantern"]
    assert (found.complete, found.total) == (1, 2)


def test_where_many_have_all_the_words_the_others_are_left_out(board):
    for number in range(6):
        board(f"Harbor lantern {number}")
    board("Lantern")
    assert ask("harbor lantern").total == ask("harbor lantern").complete == 6


def test_words_that_stand_together_come_first(board):
    board("One", description="A garden. And then, after much else has been said and done in between, a wall.")
    board("Two", description="A garden wall. And then, after much else has been said and done in between, ivy.")
    assert titles("garden wall") == ["Two", "One"]


def test_among_equals_what_closes_soon_or_is_new_comes_first(board):
    soon = board("Lantern", apply_by=(today() + timedelta(days=3)).isoformat())
    late = board("Lantern", apply_by=(today() + timedelta(days=9)).isoformat())
    for posting, days in ((soon, 60), (late, 50)):
        Posting.update(opened_at=now() - timedelta(days=days), version=Posting.version + 1).where(
            Posting.id == posting.id
        ).execute()
    assert [posting.id for posting in ask("lantern").postings] == [soon.id, late.id]


def test_one_employer_does_not_fill_the_first_page_with_copies(board, cast):
    for number in range(25):
        board(f"Lantern {number}")
    board("A lantern and its oil for the long winter nights", employer=cast.mill)
    found = titles("lantern")
    assert "A lantern and its oil for the long winter nights" in found[:3]
    assert ask("lantern").total == 26
    every = found + titles("lantern", page="2") + titles("lantern", page="3")
    assert len(set(every)) == len(every) == 26


@pytest.mark.parametrize("sort", ["new", "closing", "pay"])
def test_however_they_are_sorted_all_the_words_come_first(board, sort):
    board("Lantern", hours=2, pay_cents=20000)
    board("Harbor lantern", hours=20, pay_cents=30000)
    assert titles("harbor lantern", sort=sort)[0] == "Harbor lantern"
