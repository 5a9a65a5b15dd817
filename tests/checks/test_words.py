"""Words that point to work the law keeps from minors: whole ones, in their forms, in two languages; and their doubles."""

import json
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.checks import words
from board.checks.results import Level
from board.checks.tasks import BY_SLUG

SHARED = Path(os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
TABLE = tomllib.loads((Path(words.__file__).parent / "words.toml").read_text("utf-8"))


def found(text: str) -> set[str]:
    return {hit.slug for hit in words.hits({"description": text})}


def said(text: str) -> list[str]:
    return [hit.words for hit in words.hits({"description": text})]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("You clean the slicer at night.", "meat-machines"),
        ("You move pallets with a fork-lift.", "forklift"),
        ("FORK LIFT work", "forklift"),
        ("Forklifts are parked here.", "forklift"),
        ("We need help mowing the lawn.", "power-garden"),
        ("You bake bread with us.", "baking"),
        ("You deliver by car.", "driving"),
        ("A driver’s license is needed.", "driving"),
        ("You clean the gutters.", "roof"),
        ("You climb up to the sign.", "ladder"),
        ("You stand on a step-ladder.", "ladder"),
        ("You go door-to-door with flyers.", "door-to-door"),
        ("You serve beer at the counter.", "alcohol"),
        ("You help with the chainsaw.", "power-saws"),
        ("You dig a ditch behind the shed, digging ditches for two days.", "digging"),
        ("You spread weed-killer.", "chemicals"),
        ("Trabajas en el techo de la casa.", "roof"),
        ("Hay que conducir hasta la tienda.", "driving"),
        ("Ayudas cocinando para los clientes.", "cooking"),
        ("Ventas de puerta en puerta.", "door-to-door"),
        ("Usas un montacargas.", "forklift"),
        ("Una escalera de mano alta.", "ladder"),
        ("Limpias la freidora.", "cooking"),
        ("You drive our delivery van on Fridays.", "driving"),
        ("Driving the company car to fairs.", "driving"),
        ("Manejas la camioneta.", "driving"),
        ("Reparto en auto los sábados.", "driving"),
        ("Hornean pan cada mañana.", "baking"),
        ("Cortas el césped.", "power-garden"),
        ("You unload boxes from trucks.", "loading"),
        ("Sell lottery tickets at the counter.", "alcohol"),
        ("You mix cleaning chemicals.", "chemicals"),
    ],
)
def test_a_word_and_its_near_forms_point_to_their_task(text, slug):
    assert slug in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Drive traffic to our site and drive sales.",
        "Posters for the bake sale of our bakery.",
        "Everything stands in a shared drive to read.",
        "A career ladder for interns.",
        "The whole family under one roof.",
        "Flyers about vaping prevention.",
        "Root beer labels, alcohol free.",
        "A jigsaw puzzle of the town map.",
        "An origami crane for the window.",
        "Tables in our data warehouse.",
        "A trench coat photo series.",
        "Make a sandwich board.",  # "saw", "san"
        "Awning, lawns, showroom, proof, cracker.",  # inside of other words
        "Mi hermano vino a casa.",
        "Todo bajo techo.",
        "Las cocinas de la escuela, en fotos.",
        "Photos of a delivery van for the website.",
        "",
    ],
)
def test_words_that_mean_something_else_and_parts_of_words_do_not(text):
    assert found(text) == set()


def test_a_hit_is_shown_as_it_stands_in_the_text_and_the_longest_alone():
    assert said("Clean the Deli  Slicers, please.") == ["Deli  Slicers"]
    assert said("a fork-lift and a fork lift") == ["fork-lift", "fork lift"]
    assert said("the slicer’s blade") == ["slicer’s"]
    assert said("fork\u200blift") == ["fork\u200blift"]  # a character nobody sees hides nothing


def test_every_word_of_the_table_is_found_and_every_task_of_it_exists():
    assert set(TABLE) <= set(BY_SLUG)
    for slug, lists in TABLE.items():
        assert set(lists) <= {"en", "es", "fine"}
        for phrase in [*lists["en"], *lists["es"]]:
            assert slug in found(f"You: {phrase}."), (slug, phrase)
        for phrase in lists.get("fine", ()):
            assert slug not in found(f"You: {phrase}."), (slug, phrase)


def test_tasks_that_need_an_older_student_have_words():
    unheard = {task.slug for task in BY_SLUG.values() if task.orders} - set(TABLE)
    assert unheard == set()


letters = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=4)


@given(letters, letters)
def test_a_word_inside_of_another_is_none(before, after):
    assert "forklift" not in found(f"{before}forklift{after}x")
    assert "forklift" in found(f"{before} forklift {after}")


@given(st.text(max_size=400))
def test_nothing_that_is_typed_breaks_it(text):
    for hit in words.hits({"description": text}):
        assert hit.words in text


def test_hostile_texts_do_not_break_it():
    path = SHARED / "hostile" / "blns.json"
    if not path.exists():
        pytest.skip("there is no shared data with hostile texts here")
    for text in json.loads(path.read_text("utf-8")):
        assert all(hit.words in text for hit in words.hits({"description": text}))


# -- the question that is made of it


@pytest.mark.parametrize(
    ("minimum_age", "ticked", "excluded", "asks"),
    [
        (14, (), (), True),
        (17, (), (), True),  # forklift: 18
        (18, (), (), False),
        (None, (), (), True),
        (14, ("forklift",), (), False),  # the engine asks about what was ticked
        (18, (), ("forklift",), True),  # this school takes no such work at all
    ],
)
def test_it_asks_only_where_the_youngest_who_may_apply_may_not(minimum_age, ticked, excluded, asks):
    results = words.questions({"description": "A forklift."}, ticked, minimum_age, excluded)
    assert [result.mark for result in results] == (["R10:forklift"] if asks else [])


def test_one_question_a_task_with_its_words_where_they_stand_first():
    texts = {"title": "Help in the yard", "description": "You mow. Mowing twice a week, with a leaf blower."}
    (result,) = words.questions(texts, (), 14)
    assert (result.rule, result.level, result.key, result.is_open) == ("R10", Level.REASON, "description", True)
    assert result.values == {"text": "mow”, “mowing”, “leaf blower", "age": 16}
    assert result.source.address.startswith("https://www.ecfr.gov/")
