"""Postings from a file: every row is in, or listed with its line and reason; a second run changes nothing."""

import gzip
import os
from datetime import timedelta
from pathlib import Path

import pytest

from board.db import database, now
from board.employers.model import Employer
from board.moves import Step
from board.postings import imports, sheet
from board.postings.model import IndexRepair, Posting, State
from board.postings.sheet import BadFile
from board.school.model import Field, Skill, SkillState
from board.search import index, query

HEADER = "reference,title,employer,field,skills,description,hours,weeks,pay_usd,place,location"
DATA = Path(os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data")
REAL = DATA / "postings.csv.gz"


@pytest.fixture
def file(tmp_path):
    def write(*rows: str, header: str = HEADER, name: str = "postings.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\r\n".join((header, *rows, "")).encode(encoding))
        return path

    return write


def row(**changes) -> str:
    cells = {
        "reference": "a-1", "title": "Price list", "employer": "Cedar Print", "field": "Design & Media", "skills": "Canva",
        "description": "Set our prices on one page.", "hours": "10", "weeks": "2", "pay_usd": "240", "place": "on site",
        "location": "Old Town",
    } | changes  # fmt: skip
    return ",".join('"' + cells[name].replace('"', '""') + '"' for name in HEADER.split(","))


def everything() -> list:
    """Every row of every table that an import writes."""
    tables = ("posting", "posting_skill", "skill", "employer", "step", "index_repair")
    return [database.execute_sql(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in tables]


def test_a_row_goes_in_and_what_it_lacks_stays_empty(app, file):
    outcome = imports.bring_in(file(row(weeks="", place="", location="", skills="", description="")))
    posting = Posting.get()
    assert (outcome.new, outcome.there, outcome.refused) == (1, 0, [])
    assert (posting.state, posting.title, posting.hours, posting.pay_cents) == ("submitted", "Price list", 10, 24000)
    assert (posting.weeks, posting.place, posting.location, posting.summary, posting.apply_by) == (
        None,
        None,
        "",
        "",
        None,
    )
    assert posting.employer.name == "Cedar Print" and posting.employer.state == "unverified"
    step = Step.get(Step.noun == "posting")
    assert (step.move, step.to_state, step.person, step.facts) == ("imported", "submitted", None, {"line": 2})
    assert Step.select().where(Step.told_at.is_null()).count() == 0


def test_a_second_run_changes_nothing(app, file):
    path = file(row(), row(reference="", title="Poster"), row(reference="a-3", skills="Kite making|Canva"))
    first = imports.bring_in(path, State.OPEN, verified=True)
    before = everything()
    second = imports.bring_in(path, State.OPEN, verified=True)
    assert (first.new, second.new, second.there) == (3, 0, 3)
    assert everything() == before


def test_a_dry_run_writes_nothing_and_says_what_would_go_in(app, file):
    before = everything()
    outcome = imports.bring_in(file(row(), row(reference="a-2", hours="0")), dry_run=True)
    assert (outcome.new, len(outcome.refused)) == (1, 1)
    assert everything() == before


def test_whoever_stops_an_import_finishes_it_with_the_same_command(app, file, monkeypatch):
    path = file(*(row(reference=f"a-{number}", title=f"Poster {number}") for number in range(30)))
    monkeypatch.setattr(imports, "BATCH", 10)
    done = []

    def stop(number):
        done.append(number)
        if len(done) == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imports.bring_in(path, State.OPEN, verified=True, progress=stop)
    assert Posting.select().count() == 20 and imports.not_indexed()
    outcome = imports.bring_in(path, State.OPEN, verified=True)
    assert (outcome.new, outcome.there) == (10, 20)
    assert Posting.select().count() == 30 and Step.select().where(Step.noun == "posting").count() == 30


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": ""}, "title is empty"),
        ({"title": "<b> </b>"}, "title is empty"),
        ({"title": "x" * 161}, "title is longer than 160 characters"),
        ({"employer": "\x00"}, "employer is empty"),
        ({"employer": "x" * 121}, "employer is longer than 120 characters"),
        ({"field": "Alchemy"}, "“Alchemy” is no field of this board"),
        ({"hours": ""}, "hours is empty"),
        ({"hours": "81"}, "hours: “81” is not a whole number from 1 to 80"),
        ({"hours": "ten"}, "hours: “ten” is not a whole number from 1 to 80"),
        ({"hours": "9" * 400}, "hours: “" + "9" * 40 + "” is not a whole number from 1 to 80"),
        ({"hours": "-3"}, "hours: “-3” is not a whole number from 1 to 80"),
        ({"hours": "²"}, "hours: “²” is not a whole number from 1 to 80"),
        ({"weeks": "9"}, "weeks: “9” is not a whole number from 1 to 8"),
        ({"pay_usd": ""}, "pay is empty"),
        ({"pay_usd": "0"}, "pay: “0” is not an amount in dollars up to 10,000"),
        ({"pay_usd": "10001"}, "pay: “10001” is not an amount in dollars up to 10,000"),
        ({"pay_usd": "1e5"}, "pay: “1e5” is not an amount in dollars up to 10,000"),
        ({"pay_usd": "NaN"}, "pay: “NaN” is not an amount in dollars up to 10,000"),
        ({"place": "the moon"}, "place: “the moon” is not remote, on site or hybrid"),
        ({"place": "東京"}, "place: “東京” is not remote, on site or hybrid"),
        ({"location": "x" * 121}, "location is longer than 120 characters"),
        ({"description": "x" * 20_001}, "description is longer than 20000 characters"),
        ({"skills": "Canva|" + "x" * 61}, "the skill “" + "x" * 30 + "…” is longer than 60 characters"),
        ({"reference": "x" * 81}, "reference is longer than 80 characters"),
    ],
)
def test_a_bad_row_is_listed_with_its_line_and_reason_and_the_others_go_in(app, file, changes, reason):
    outcome = imports.bring_in(file(row(reference="good"), row(**{"reference": "bad"} | changes)))
    assert [(line, str(words)) for line, words in outcome.refused] == [(3, reason)]
    assert [posting.reference for posting in Posting.select()] == ["good"]


def test_lines_are_counted_as_an_editor_counts_them(app, file):
    path = file(row(description="two\r\nlines"), row(reference="a-2", hours="x"), "", row(reference="a-3", pay_usd="x"))
    assert [line for line, _ in imports.bring_in(path).refused] == [4, 6]


def test_a_reference_that_stands_twice_goes_in_once(app, file):
    outcome = imports.bring_in(file(row(), row(title="Another")))
    assert [(line, str(words)) for line, words in outcome.refused] == [(3, "the same reference as line 2")]
    assert Posting.get().title == "Price list"


def test_a_row_with_too_many_cells_is_refused_and_one_with_too_few_ends_empty(app, file):
    short = '"a-2","Poster","Cedar Print","design-media","","","5","1","90"'
    outcome = imports.bring_in(file(row() + ",more", short))
    assert [(line, str(words)) for line, words in outcome.refused] == [(2, "it has more cells than there are columns")]
    assert Posting.get().reference == "a-2"


def test_the_field_is_found_by_name_slug_or_cluster(app, file):
    names = (
        "Design & Media",
        "design-media",
        " DESIGN AND MEDIA ",
        "Arts, Entertainment, & Design",
        "arts, entertainment & design",
    )
    outcome = imports.bring_in(file(*(row(reference=str(n), field=name) for n, name in enumerate(names))))
    assert outcome.refused == []
    assert {posting.field.slug for posting in Posting.select()} == {"design-media"}
    imports.bring_in(file(row(reference="it", field="Digital Technology")))
    first = Field.select().where(Field.cluster == "Digital Technology").order_by(Field.position).first()
    assert Posting.get(Posting.reference == "it").field == first


def test_spellings_of_a_skill_are_one_and_unknown_ones_are_proposed(app, file):
    before = Skill.select().count()
    imports.bring_in(
        file(
            row(skills="python|Python | PYTHON|Kite  Making"),
            row(reference="a-2", skills="kite making|C|C++|C#|.NET|日本語| ; "),
        )
    )
    made = list(Skill.select().where(Skill.state == SkillState.PROPOSED))
    assert "Kite Making" in {skill.name for skill in made}
    assert Skill.select().count() == before + len(made) and len({skill.folded for skill in made}) == len(made)
    assert Skill.get(Skill.folded == "python").state == SkillState.APPROVED
    first, second = Posting.select().order_by(Posting.id)
    assert [s.skill.name for s in first.skills] == ["Python", "Kite Making"]
    slugs = [s.skill.slug for s in second.skills]
    assert len(slugs) == 6 and all(slugs) and len(set(slugs)) == 6


def test_employers_meet_by_name_whatever_case_and_spaces(app, file):
    known = Employer.create(name="Cedar Print", state="verified")
    imports.bring_in(file(row(employer=" cedar  PRINT"), row(reference="a-2", employer="CEDAR PRINT")))
    assert {posting.employer_id for posting in Posting.select()} == {known.id}
    assert Employer.select().count() == 1


def test_open_is_for_employers_the_school_has_checked_the_others_wait(app, file):
    Employer.create(name="Cedar Print", state="verified")
    Employer.create(name="Old Mill", state="suspended")
    rows = (row(), row(reference="a-2", employer="New Farm"), row(reference="a-3", employer="Old Mill"))
    outcome = imports.bring_in(file(*rows), State.OPEN)
    assert {posting.reference: posting.state for posting in Posting.select()} == {
        "a-1": "open", "a-2": "submitted", "a-3": "submitted",
    }  # fmt: skip
    assert outcome.waiting == 2
    imports.bring_in(file(row(reference="a-4", employer="Fresh Bakery")), State.OPEN, verified=True)
    assert Posting.get(Posting.reference == "a-4").state == "open"
    assert Employer.get(Employer.name == "Old Mill").state == "suspended"


def test_what_goes_in_open_is_found_at_once_and_still_after_a_new_index(app, file, cast):
    index.rebuild()
    imports.bring_in(file(row(title="Zither repair")), State.OPEN, verified=True)
    found = [query.find(query.Criteria(q="zither"), cast.maya).total]
    index.rebuild()
    found.append(query.find(query.Criteria(q="zither"), cast.maya).total)
    assert found == [1, 1] and IndexRepair.select().count() == 0
    assert Posting.get().opened_at > now() - timedelta(minutes=5)


def test_what_is_left_of_html_becomes_plain_text():
    assert (
        sheet.plain_text("<p>One &amp; two</p><ul><li>three</li><li>four</li></ul>") == "One & two\n\n- three\n- four"
    )
    assert sheet.plain_text("a<br/>b<BR>c&nbsp;d&#13;&bull; e") == "a\n\nb\n\nc d\n• e"
    assert sheet.plain_text("<script>alert(1)</script>x<style>p{}</style>") == "x"
    assert (
        sheet.plain_text("if a < b then vector<int> and x > y; R&D, AT&T")
        == "if a < b then vector<int> and x > y; R&D, AT&T"
    )
    assert sheet.plain_text("NUL\x00 bell\x07 tab\tend \ud800") == "NUL bell tab end"
    assert sheet.plain_text("&lt;b&gt;bold&lt;/b&gt;") == "bold"
    assert sheet.plain_text("a\n\n\n\n\nb") == "a\n\nb"


def test_places_are_spelled_in_many_ways():
    told = ("on site", "On-Site", "onsite", "in person", "REMOTE", "hybrid", "")
    assert [sheet.place_of(text) for text in told] == ["on-site"] * 4 + ["remote", "hybrid", None]


@pytest.mark.parametrize(
    ("pay", "cents"), [("240", 24000), ("$1,200", 120000), ("22.50", 2250), ("22.5", 2250), ("10000", 1000000)]
)
def test_pay_is_in_dollars(pay, cents):
    assert sheet.cents(pay) == cents


# -- the file as a whole


def test_the_encoding_is_recognised(app, file, tmp_path):
    plain = [
        file(row(reference=name, title="Café"), encoding=name, name=name)
        for name in ("utf-8", "utf-8-sig", "cp1252", "utf-16")
    ]
    packed = tmp_path / "named-plain.csv"
    packed.write_bytes(gzip.compress(file(row(reference="gz", title="Café")).read_bytes()))
    told = [imports.bring_in(path).encoding for path in (*plain, packed)]
    assert told == ["utf-8", "utf-8", "cp1252", "utf-16", "utf-8"]
    assert {posting.title for posting in Posting.select()} == {"Café"} and Posting.select().count() == 5


def test_other_headers_and_separators_are_understood(app, file):
    header = "Job;Firm;Kind;Time;Wage"
    path = file("Poster;Cedar Print;design-media;5;90", header=header)
    names = {"title": "job", "employer": "Firm", "field": "Kind", "hours": "Time", "pay_usd": "Wage"}
    assert imports.bring_in(path, renamed=names).new == 1
    assert (Posting.get().title, Posting.get().pay_cents) == ("Poster", 9000)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no column for title, employer, field, hours, pay_usd"),
        (b"a,b\n1,2\n", "no column for title"),
        (b"title,employer,field,hours\n", "no column for pay_usd. It has: title, employer, field, hours."),
        (b"PK\x03\x04rest", "is a spreadsheet file"),
        (b"\x1f\x8b\x08broken", "can't be unpacked"),
        (b"\xff\xfea", "neither UTF-8 nor Windows text"),
        (b"\x81\x8d,\x90", "neither UTF-8 nor Windows text"),
    ],
)
def test_a_file_that_is_no_list_of_postings_is_refused_in_one_line(app, tmp_path, data, said):
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(BadFile) as refused:
        imports.bring_in(path)
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_a_folder_is_refused(app, tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(BadFile, match="can't be read"):
            imports.bring_in(path)


def test_a_quotation_mark_that_never_closes_is_refused_and_not_swallowed(app, file):
    path = file(row(), row(reference="a-2")[:-1], *(row(reference=f"b-{number}") for number in range(40)))
    with pytest.raises(BadFile, match="Line 3 can't be read"):
        imports.bring_in(path)
    assert Posting.select().count() == 0


def test_a_cell_without_end_is_refused(app, file, monkeypatch):
    monkeypatch.setattr(sheet, "CELL", 2000)
    with pytest.raises(BadFile, match="Line 3 can't be read: field larger than field limit"):
        imports.bring_in(file(row(), row(reference="a-2", description="x" * 3000)))


def test_a_column_named_wrongly_is_refused(app, file):
    with pytest.raises(BadFile, match="no column “Job”"):
        imports.bring_in(file(row()), renamed={"title": "Job"})
    with pytest.raises(BadFile, match="“salary” is no column of a posting"):
        imports.bring_in(file(row()), renamed={"salary": "pay_usd"})


@pytest.mark.skipif(not REAL.exists(), reason="the ten thousand real postings are not on this machine")
def test_ten_thousand_real_postings_all_go_in(app):
    outcome = imports.bring_in(REAL, State.OPEN, verified=True)
    assert (outcome.new, outcome.refused) == (10580, [])
    assert Posting.select().where(Posting.state == State.OPEN).count() == 10580
    assert Step.select().where(Step.move == "imported", Step.noun == "posting").count() == 10580
    assert Skill.select().where((Skill.slug == "") | (Skill.folded == "")).count() == 0
    assert not Posting.select().where(Posting.description.contains("<li>")).exists()
    assert imports.bring_in(REAL, State.OPEN, verified=True).there == 10580
