"""Whether a yes is needed and stands: a table of answers, age and what the school asks."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.guardians import text
from board.guardians.model import GuardianAnswer
from board.guardians.rules import consent, standing

AT = datetime(2026, 3, 2, 15)
MOTHER, FATHER = 1, 2


def answers(*said: str) -> list[GuardianAnswer]:
    """ "mother yes", "father no", "slip yes", "paper yes", "school yes", "student no"; "yes-gone" is one taken back."""
    rows = []
    for number, words in enumerate(said, 1):
        who, word = words.split()
        who, _, name = who.partition(":")  # "slip:Ana yes": with a name
        how = {"mother": "link", "father": "link", "slip": "link"}.get(who, who)
        guardian = {"mother": MOTHER, "father": FATHER}.get(who)
        gone = word == "yes-gone"
        rows.append(GuardianAnswer(id=number, guardian=guardian, how=how, name=name, answer="yes" if gone else word.split("-")[0],
                                   withdrawn_at=AT if gone else None, settled_at=AT if word == "question-settled" else None))  # fmt: skip
    return rows


MISSING, STANDS, NOT_NEEDED = "missing", "stands", "not needed"
HOME = [
    # what was said, in this order; asked by the school; not asked
    ((), MISSING, NOT_NEEDED),
    (("mother yes",), STANDS, STANDS),
    (("mother no",), MISSING, MISSING),
    (("mother question",), MISSING, NOT_NEEDED),
    (("mother question-settled",), MISSING, NOT_NEEDED),
    (("mother yes", "father no"), MISSING, MISSING),
    (("father no", "mother yes"), MISSING, MISSING),
    (("mother yes", "father question"), STANDS, STANDS),
    (("mother yes", "mother no"), MISSING, MISSING),
    (("mother no", "mother yes"), STANDS, STANDS),
    (("mother yes", "mother question"), MISSING, NOT_NEEDED),
    (("mother yes-gone",), MISSING, MISSING),
    (("mother yes-gone", "father yes"), MISSING, MISSING),
    (("mother yes-gone", "mother yes"), STANDS, STANDS),
    (("slip yes",), STANDS, STANDS),
    (("slip no", "paper yes"), MISSING, MISSING),
    (("slip no", "slip yes"), STANDS, STANDS),
    (("slip no", "slip:Ana yes"), STANDS, STANDS),  # whoever held it said nothing of who they are
    (("slip:Jo no", "slip:Ana yes"), MISSING, MISSING),  # two who share a slip
    (("slip:Ana no", "slip:ANA yes"), STANDS, STANDS),
    (("slip:Ana yes", "slip no"), MISSING, MISSING),
    (("slip:Ana yes", "slip:Ana no"), MISSING, MISSING),
    (("slip:Jo no", "paper:Jo yes"), STANDS, STANDS),  # the same name on a paper
    (("paper:Jo no", "paper:Ana yes"), MISSING, MISSING),
    (("paper:Ana yes", "paper:Jo no"), MISSING, MISSING),
    (("school yes-gone", "mother yes"), STANDS, STANDS),  # somebody at home could be asked after all
    (("school yes-gone",), MISSING, NOT_NEEDED),
    (("paper yes-gone", "paper yes"), STANDS, STANDS),
    (("school yes",), STANDS, STANDS),
    (("school yes", "mother no"), MISSING, MISSING),
    (("paper no", "school yes"), MISSING, MISSING),
]  # fmt: skip


def found(consent) -> str:
    if consent.is_missing:
        return MISSING
    return STANDS if consent.yes else NOT_NEEDED


@pytest.mark.parametrize(("said", "asked", "not_asked"), HOME, ids=lambda value: ", ".join(value) if isinstance(value, tuple) else "")  # fmt: skip
def test_under_18_home_decides_and_any_no_wins(said, asked, not_asked):
    assert found(consent(answers(*said), True, True, True)) == asked
    assert found(consent(answers(*said), True, True, False)) == not_asked
    assert not consent(answers(*said), True, True, True).of_student


@pytest.mark.parametrize(
    ("said", "was_minor", "expected", "of_student"),
    [
        ((), False, NOT_NEEDED, False),  # matched at 18: they said yes when they took the offer
        (("mother no",), False, NOT_NEEDED, False),
        ((), True, MISSING, True),
        (("mother no",), True, MISSING, True),
        (("mother question",), True, MISSING, True),
        (("mother yes",), True, NOT_NEEDED, True),  # what was agreed goes on until they answer
        (("mother yes", "student yes"), True, STANDS, True),
        (("mother yes", "student no"), True, MISSING, True),
        (("mother no", "student yes"), True, STANDS, True),
        (("student no", "student yes"), True, STANDS, True),
        (("student yes", "student no"), False, MISSING, True),
    ],
)
def test_from_18_on_the_student_decides(said, was_minor, expected, of_student):
    made = consent(answers(*said), False, was_minor, True)
    assert (found(made), made.of_student) == (expected, of_student)


def test_where_the_school_asks_nobody_the_birthday_asks_nothing():
    assert found(consent([], False, True, False)) == NOT_NEEDED


WHO = st.sampled_from(["mother", "father", "slip", "paper", "school"])
SAID = st.lists(st.tuples(WHO, st.sampled_from(["yes", "no", "question", "yes-gone"])), max_size=8)


@given(SAID)
def test_a_yes_stands_only_if_somebody_s_last_word_is_yes_and_nobody_s_is_no(said):
    made = consent(answers(*(" ".join(one) for one in said)), True, True, True)
    last = dict(said)
    home = {word for who, word in last.items() if who != "school"}
    agreed = "yes" in last.values() and not {"no", "yes-gone"} & home and last.get("school") != "no"
    assert (made.yes is not None) == agreed == (not made.is_missing)


def test_the_newest_answer_of_each_is_kept_in_the_order_of_time():
    rows = standing(answers("mother yes", "father no", "mother question"))
    assert [(row.guardian_id, row.answer) for row in rows] == [(FATHER, "no"), (MOTHER, "question")]


def test_a_text_that_somebody_may_have_agreed_to_is_never_changed():
    """Other words are a new version, with a digest of their own beside these."""
    assert {number: text.digest(number)[:16] for number in text.VERSIONS} == {1: "188a2fd065a5a467"}
    assert text.CURRENT == 1
