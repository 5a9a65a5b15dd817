"""What changed between two texts, said so that a teacher reads only that."""

from hypothesis import given
from hypothesis import strategies as st

from board.postings.content import KEYS
from board.postings.differences import LABELS, between, by_item, by_word
from tests import factories


def said(old, new) -> dict:
    return {difference.key: difference for difference in between(old, new)}


def test_only_what_changed_is_told_in_the_order_of_the_page(app):
    old = factories.full_content()
    found = between(old, old | {"pay_cents": 24000, "title": "Price list for the wall", "ai_note": None})
    assert [difference.key for difference in found] == ["title", "pay_cents"]
    assert (found[1].old, found[1].new, found[1].parts) == (20000, 24000, [])
    assert found[0].parts == [("same", "Price list for the "), ("del", "counter"), ("ins", "wall")]


def test_a_single_word_between_two_changes_is_told_with_them():
    assert by_word("on one big page that people can read", "on two big pages that people can read") == [
        ("same", "on "), ("del", "one big page"), ("ins", "two big pages"), ("same", " that people can read"),
    ]  # fmt: skip


def test_texts_with_nothing_in_common_stand_one_after_the_other():
    assert by_word("Call us at the shop any day.", "Photograph forty tools, please!") == []
    assert by_word("", "New") == []
    assert by_word("a " * 9000, "b " * 9000) == []


def test_lists_are_told_item_by_item():
    questions = said({"questions": ["A?", "B?"]}, {"questions": ["A?", "C?"]})["questions"]
    assert [part for part in questions.parts if part[1].strip()] == [("same", "A?"), ("del", "B?"), ("ins", "C?")]
    assert by_item(["A", "B"], ["B", "A"]) == []
    milestones = said({"milestones": []}, {"milestones": [{"title": "Sketch", "week": 1}]})["milestones"]
    assert milestones.parts == [("ins", "Sketch")]


def test_every_part_of_a_posting_has_a_name():
    assert set(LABELS) == set(KEYS)


texts = st.text(alphabet="ab \n.,", max_size=60)


@given(texts, texts)
def test_old_and_new_can_be_read_out_of_a_difference(old, new):
    """Nothing is lost or invented but white space at the edge of a change."""
    parts = by_word(old, new)
    if parts:
        for kind, text in (("del", old), ("ins", new)):
            joined = "".join(words for name, words in parts if name in ("same", kind))
            assert joined.split() == text.split() or "".join(joined.split()) == "".join(text.split())


def test_texts_made_to_take_long_are_told_whole():
    """Few words again and again: every one is equal to thousands."""
    old, new = "a b c d e " * 1000, "e d c b a " * 990
    assert by_word(old, new) == []
