"""Search words: what a coordinator may write, change, remove and put back."""

import json
import tomllib
from pathlib import Path

import pytest

from board.moves import Refused, Step
from board.school import actions, model, synonyms
from board.school.model import MOST_SYNONYMS, Synonym
from board.school.rules import group_of, wrong_with
from tests import factories
from tests.inspector import by_id, having, text_of, words

SHIPPED = tomllib.loads((Path(model.__file__).parent / "synonyms.toml").read_text("utf-8"))


@pytest.fixture
def browser(client, cast):
    return client(cast.ruiz)


def add(browser, typed: str, status: int = 303):
    answer = browser.post("/settings/words", data={"words": typed})
    assert answer.status_code == status
    return answer


# -- rules


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("coding, programming", ["coding", "programming"]),
        (" Coding ;programming\n  software   development, ", ["Coding", "programming", "software development"]),
        ("IT, it, ＩＴ, tech", ["IT", "tech"]),
        ("a\x00b, c\u202ed", ["a b", "c d"]),
        (", ;\n,", []),
    ],
)
def test_a_group_is_read_from_what_is_typed(typed, kept):
    assert group_of(typed) == kept


@pytest.mark.parametrize(
    ("group", "part"),
    [
        ([], "two different"), (["coding"], "two different"), (["a"] * (MOST_SYNONYMS + 1), "at most 12"),
        (["x" * 41, "y"], "longer than 40"), (["!!!", "y"], "no letter"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_group_is_told_why(group, part):
    assert part in str(wrong_with(group))


def test_a_group_at_its_limits_is_fine():
    assert wrong_with(["x" * 40, *map(str, range(MOST_SYNONYMS - 1))]) is None
    longest = ", ".join(f"{number:040}" for number in range(MOST_SYNONYMS))
    assert len(longest) <= Synonym.words.max_length


# -- what is shipped


def test_every_field_has_a_start_and_every_shipped_group_would_be_accepted():
    fields = tomllib.loads((Path(model.__file__).parent / "fields.toml").read_text("utf-8"))["field"]
    assert list(SHIPPED) == [field["slug"] for field in fields]
    for groups in SHIPPED.values():
        assert len(groups) >= 8
        for group in groups:
            assert wrong_with(group) is None and group_of(", ".join(group)) == group
    every = [frozenset(map(str.casefold, group)) for groups in SHIPPED.values() for group in groups]
    assert len(set(every)) == len(every)


def test_a_new_board_has_them(app):
    assert Synonym.select().count() == sum(map(len, SHIPPED.values()))


def test_a_board_that_has_fields_is_given_nothing_again(app):
    Synonym.delete().execute()
    actions.ship_vocabulary()
    assert Synonym.select().count() == 0


# -- pages


def test_a_group_is_added_changed_removed_and_put_back(browser, cast):
    answer = add(browser, "zither, lyre")
    browser.get(answer.location)
    assert "zither, lyre" in words(by_id(browser.page, "flash"))
    group = Synonym.get(Synonym.words == "zither, lyre")
    links = [
        link.get("href") for link in by_id(browser.page, f"group-{group.id}").iter() if link.get("class") == "chip"
    ]
    assert links == ["/projects?q=zither", "/projects?q=lyre"]
    browser.post(f"/settings/words/{group.id}", data={"words": "zither\nharp, lyre"})
    assert Synonym.get_by_id(group.id).words == "zither, harp, lyre"
    answer = browser.post(f"/settings/words/{group.id}/remove")
    assert answer.status_code == 303 and not Synonym.select().where(Synonym.id == group.id).exists()
    browser.get(answer.location)
    assert "zither, harp, lyre” is removed" in text_of(browser.page)
    back = [form for form in browser.page.iter() if form.tag.endswith("form") and "Put it back" in words(form)]
    assert len(back) == 1
    add(browser, having(back[0], "name", "words")[0].get("value"))
    assert Synonym.select().where(Synonym.words == "zither, harp, lyre").exists()
    browser.get(answer.location)
    assert "is removed" not in text_of(browser.page), "it is there again"
    steps = Step.select().where(Step.noun == "synonym").order_by(Step.id)
    assert [step.move for step in steps] == ["add", "change", "remove", "add"]
    assert all(step.person_id == cast.ruiz.id for step in steps)
    assert json.loads(steps[1].detail) == {"from": "zither, lyre", "to": "zither, harp, lyre"}


@pytest.mark.parametrize(
    "typed",
    ["", "zither", "zither, ZITHER", "zither, " + "x" * 41, "?!, zither", ", ".join(map(str, range(13))), "x, y" * 200],
)
def test_what_cannot_be_a_group_comes_back_as_typed(browser, typed):
    add(browser, "harp, lyre")
    group, before = Synonym.get(Synonym.words == "harp, lyre"), Synonym.select().count()
    for address in ("/settings/words", f"/settings/words/{group.id}"):
        assert browser.post(address, data={"words": typed}).status_code == 422
        assert by_id(browser.page, "words-error") is not None and by_id(browser.page, "errors") is not None
        assert (by_id(browser.page, "words").text or "").strip() == typed
    assert Synonym.select().count() == before and Synonym.get_by_id(group.id).words == "harp, lyre"


def test_the_same_words_in_another_order_are_no_new_group(browser):
    add(browser, "zither, lyre")
    add(browser, "LYRE, zither", 422)
    assert "a group already" in text_of(browser.page)
    group = Synonym.get(Synonym.words == "zither, lyre")
    assert browser.post(f"/settings/words/{group.id}", data={"words": "Lyre, zither"}).status_code == 303
    assert Synonym.get_by_id(group.id).words == "Lyre, zither"


def test_a_word_may_be_in_several_groups(browser):
    add(browser, "zither, lyre")
    add(browser, "zither, harp")


def test_no_more_groups_are_kept_than_fit_in_memory(browser, cast, monkeypatch):
    monkeypatch.setattr(synonyms, "MOST_GROUPS", Synonym.select().count())
    with pytest.raises(Refused):
        synonyms.add("zither, lyre", cast.ruiz)
    add(browser, "zither, lyre", 422)


def test_groups_are_found_by_a_part_of_a_word(browser):
    add(browser, "100% zither, lyre")
    for q, count in (("ZITH", 1), ("100%25", 1), ("zzz", 0), ("%25%25", 0), ("_", 0)):
        browser.get(f"/settings/words?q={q}")
        assert len(having(browser.page, "data-group")) == count, q
    browser.piece("/settings/words?q=lyre")
    assert len(having(browser.page, "data-group")) == 1
    browser.get("/settings/words?q=zzz")
    assert "No group found" in text_of(browser.page)


def test_a_board_without_any_group_says_what_to_do(browser):
    Synonym.delete().execute()
    browser.get("/settings/words")
    assert "No groups yet" in text_of(browser.page)


@pytest.mark.parametrize(
    "query", ["page=0", "page=99999999999999", "page=x", "removed=x", "removed=1", "removed=999999999999", "q=%00"]
)
def test_no_address_breaks_the_search_words(browser, query):
    factories.make_posting()
    assert browser.get(f"/settings/words?{query}").status_code == 200
    assert "is removed" not in text_of(browser.page)


def test_a_group_that_somebody_else_has_removed_is_not_found(browser, cast):
    add(browser, "zither, lyre")
    group = Synonym.get(Synonym.words == "zither, lyre")
    synonyms.remove(group, cast.ruiz)
    assert browser.get(f"/settings/words/{group.id}").status_code == 404
    assert browser.post(f"/settings/words/{group.id}", data={"words": "a, b"}).status_code == 404
    assert browser.post(f"/settings/words/{group.id}/remove").status_code == 404
