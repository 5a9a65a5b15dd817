"""Lines for a résumé, to the character."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from board.experience import resume
from board.experience.freezing import sentence
from board.experience.shown import Shown, ShownSkill

WHOLE = Shown(
    number="E00007", name="Maya Rivera", title="Marketing Intern", organization="Acme Bakery", place="Dayton OH",
    began_on=date(2026, 3, 3), ended_on=date(2026, 4, 2), minutes=840, supervisor="Pat Lindqvist", supervisor_title="Owner",
    delivered="Three posters, 18 by 24 inches, as files to print",
    skills=(ShownSkill("Canva", 3, "Dana Whitlock, Acme Bakery"), ShownSkill("Photography")), quote="Quick, kind and exact.",
)  # fmt: skip
BARE = replace(WHOLE, minutes=None, supervisor="", supervisor_title="", delivered="", skills=(), quote="", place="")


def test_one_line():
    assert (
        resume.one_line(WHOLE)
        == "Marketing Intern (micro-internship), Acme Bakery, Dayton OH | Mar 2026 - Apr 2026 | 14 hours"
    )
    assert resume.one_line(BARE) == "Marketing Intern (micro-internship), Acme Bakery | Mar 2026 - Apr 2026"


def test_two_lines():
    assert resume.two_lines(WHOLE).splitlines() == [
        "Marketing Intern (micro-internship), Acme Bakery, Dayton OH | Mar 2026 - Apr 2026 | 14 hours",
        "Three posters, 18 by 24 inches, as files to print. Skills: Canva, Photography.",
    ]
    assert len(resume.two_lines(BARE).splitlines()) == 1


def test_bullets():
    address = "https://board.example.org/verify/abc"
    assert resume.bullets(WHOLE, "Lincoln High School", address).splitlines() == [
        "Marketing Intern (micro-internship)",
        "Acme Bakery, Dayton OH | Mar 2026 - Apr 2026",
        "- Three posters, 18 by 24 inches, as files to print.",
        "- 14 hours, confirmed by the employer; worksite supervisor: Pat Lindqvist, Owner",
        "- Skills: Canva (vouched for by Dana Whitlock, Acme Bakery), Photography",
        '- "Quick, kind and exact." - Acme Bakery',
        "- Verified by Lincoln High School: https://board.example.org/verify/abc",
    ]
    assert resume.bullets(BARE, "Lincoln High School").splitlines() == [
        "Marketing Intern (micro-internship)",
        "Acme Bakery | Mar 2026 - Apr 2026",
        "- Verified by Lincoln High School",
    ]


def test_letters_stay_and_signs_become_plain():
    odd = replace(
        WHOLE, title="Café “Host” Intern", organization="Peña & Søn — Bäckerei", place="São Paulo…",
        delivered="A “menu” – 2 pages • ready\u00a0to print", supervisor="Zoë O’Neil", quote="“It’s great”",
    )  # fmt: skip
    words = resume.bullets(odd, "Lincoln High School")
    assert words.splitlines()[:3] == [
        'Café "Host" Intern (micro-internship)',
        "Peña & Søn - Bäckerei, São Paulo... | Mar 2026 - Apr 2026",
        '- A "menu" - 2 pages - ready to print.',
    ]
    assert "Zoë O'Neil" in words and '- "It\'s great" - Peña & Søn - Bäckerei' in words
    assert not set(words) & set("“”‘’–—…•\u00a0")


def test_lines_stay_lines_whatever_a_text_holds():
    odd = replace(WHOLE, delivered="One\n\ntwo\r\nthree", title="A\nB")
    assert len(resume.two_lines(odd).splitlines()) == 2
    assert len(resume.bullets(odd, "Lincoln").splitlines()) == 7


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1.5 hours"),
        (840, "14 hours"),
        (860, "14.3 hours"),
        (6000, "100 hours"),
    ],
)
def test_hours_as_people_write_them(minutes, words):
    assert resume.one_line(replace(WHOLE, minutes=minutes)).endswith(f"| {words}")


def test_a_project_within_a_month_names_it_once_and_a_title_says_micro_internship_once():
    short = replace(WHOLE, began_on=date(2026, 4, 1), title="Marketing Micro-Intern", minutes=None)
    assert resume.one_line(short) == "Marketing Micro-Intern, Acme Bakery, Dayton OH | Apr 2026"


def test_linkedins_form_is_filled_in():
    link = urlsplit(resume.linkedin(WHOLE, "Lincoln High & Co", "https://board.example.org/verify/a-b"))
    assert (link.scheme, link.netloc, link.path) == ("https", "www.linkedin.com", "/profile/add")
    assert parse_qs(link.query) == {
        "startTask": ["CERTIFICATION_NAME"], "name": ["Marketing Intern (micro-internship), Acme Bakery"],
        "organizationName": ["Lincoln High & Co"], "issueYear": ["2026"], "issueMonth": ["4"],
        "certUrl": ["https://board.example.org/verify/a-b"], "certId": ["E00007"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One printed page and its file.", "One printed page and its file."),
        ("Line one\nline two.\n\nA second paragraph.", "Line one line two."),
        ("- a poster\n- a flyer\n- the files", "a poster, a flyer, the files"),
        ("These things:\n\n1. a poster\n2. a flyer", "These things: a poster, a flyer"),
        ("", ""),
        ("x" * 400, "x" * 280 + "…"),
    ],
)
def test_what_was_delivered_in_a_sentence(text, said):
    assert sentence(text) == said


def test_a_long_paragraph_is_cut_at_a_word():
    said = sentence("word, " * 100)
    assert len(said) <= 281 and said.endswith("word…")
