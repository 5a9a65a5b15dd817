"""A pasted class list: read as people paste it, planned row by row, written whole or not at all."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import count_queries

from board.moves import Refused, Step
from board.people import class_list
from board.people.model import Person
from board.school.model import today
from tests import factories

YEAR = date.today().year


def planned(text):
    return class_list.plan(text)


def told(row):
    return " ".join(str(problem) for problem in row.problems)


def take(text, by):
    return class_list.apply(text, by, class_list.plan(text).mark)


def test_columns_are_found_in_any_order_and_case(cast):
    text = f"GRADE,e-mail,Date of Birth,user name,FULL NAME,Advisor Email\n11,Ivy@Example.org,5/31/{YEAR - 16},IvyC,Ivy Cole,{cast.okafor.email}"
    take(text, cast.ruiz)
    ivy = Person.get(Person.username == "ivyc")
    assert (ivy.name, ivy.grade, ivy.email, ivy.birth_date) == (
        "Ivy Cole",
        11,
        "ivy@example.org",
        date(YEAR - 16, 5, 31),
    )
    assert ivy.adviser == cast.okafor


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_commas_tabs_and_semicolons_part_cells(cast, mark):
    text = "\ufefffirst,last,grade\r\nIvy,Cole,9\r\n\r\nBen,Ward,10\r\n".replace(",", mark)
    assert [row.values["name"] for row in planned(text).of("add")] == ["Ivy Cole", "Ben Ward"]


def test_last_name_first_is_turned_round(cast):
    assert planned('Name,Grade\n"Tran, Luis",9').rows[0].values["name"] == "Luis Tran"


def test_a_name_column_may_be_missing_when_first_and_last_are_there(cast):
    assert planned("Last,First\nTran,Luis").rows[0].values["name"] == "Luis Tran"


def test_existing_students_are_found_by_username_or_mail_and_blank_cells_change_nothing(cast):
    Person.update(username="mrivera").where(Person.id == cast.maya.id).execute()
    text = f"username,email,name,grade\nMRivera,,,11\n,{cast.leo.email.upper()},Leo C. Chen,"
    plan = planned(text)
    assert [(row.person.id, row.changed) for row in plan.of("change")] == [
        (cast.maya.id, ["grade"]),
        (cast.leo.id, ["name"]),
    ]
    take(text, cast.ruiz)
    maya, leo = Person.get_by_id(cast.maya.id), Person.get_by_id(cast.leo.id)
    assert (maya.name, maya.grade, maya.birth_date) == ("Maya Rivera", 11, cast.maya.birth_date)
    assert (leo.name, leo.grade) == ("Leo C. Chen", 9)


def test_clear_empties_a_cell(cast):
    take(f"email,birth date,adviser,grade\n{cast.maya.email},**CLEAR**,**clear**,**Clear**", cast.ruiz)
    maya = Person.get_by_id(cast.maya.id)
    assert (maya.birth_date, maya.adviser_id, maya.grade) == (None, None, None)


def test_the_same_list_twice_changes_nothing(cast):
    text = "name,username,grade\nIvy Cole,icole,9\nBen Ward,bward,10"
    assert take(text, cast.ruiz)[:2] == (2, 0)
    steps = Step.select().count()
    assert [row.kind for row in planned(text).rows] == ["same", "same"]
    assert take(text, cast.ruiz)[:2] == (0, 0)
    assert Step.select().count() == steps


def test_the_same_list_without_usernames_does_not_double_the_class(cast):
    text = "name,grade\nIvy Cole,9"
    take(text, cast.ruiz)
    row = planned(text).rows[0]
    assert row.kind == "refused" and "icole" in told(row)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (f"Too Young,,,9,{YEAR - 12}-12-31,", "under 13"),
        ("Ivy Cole,,,9,2010-13-45,", "2009-05-31"),
        ("Ivy Cole,,,9,31/5/2010,", "2009-05-31"),
        ("Ivy Cole,,,9,5/31/10,", "2009-05-31"),
        (f"Ivy Cole,,,9,{YEAR + 1}-01-01,", "future"),
        ("Ivy Cole,,,9,1950-01-01,", "Check the year"),
        ("Ivy Cole,,,8,,", "9, 10, 11 or 12"),
        ("Ivy Cole,,,²,,", "9, 10, 11 or 12"),
        ("Ivy Cole,a b,,9,,", "no spaces"),
        ("Ivy Cole,,no-mail,9,,", "not a mail address"),
        ("Ivy Cole,,,9,,nobody@example.org", "No teacher"),
        (",newcomer,,9,,", "give the name"),
        ("**CLEAR**,icole,,9,,", "cannot be cleared"),
        ("x" * 121 + ",,,9,,", "120"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_its_reason(cast, cells, words):
    plan = planned("name,username,email,grade,birth date,adviser\n" + cells + "\nBen Ward,,,10,,")
    bad, good = plan.rows
    assert bad.kind == "refused" and words in told(bad)
    assert good.kind == "add"
    assert bad.line == 2


def test_of_a_child_under_13_nothing_is_stored_and_the_others_go_in(cast):
    text = f"name,birth date\nToo Young,{YEAR - 12}-12-31\nIvy Cole,{YEAR - 15}-01-31"
    assert take(text, cast.ruiz)[0] == 1
    assert not Person.select().where(Person.name == "Too Young").exists()


def test_people_are_never_mixed_up(cast):
    Person.update(username="mrivera").where(Person.id == cast.maya.id).execute()
    Person.update(ended_at=today()).where(Person.id == cast.noor.id).execute()
    text = (
        f"name,username,email\nX,mrivera,{cast.leo.email}\nY,,{cast.okafor.email}\nZ,,{cast.noor.email}\n"
        "Ivy,twin,\nIvo,twin,\n"
    )
    first, teacher, closed, one, two = planned(text).rows
    assert "two different people" in told(first)
    assert "not a student" in told(teacher)
    assert "closed" in told(closed)
    assert one.kind == "add" and "Line 5" in told(two)


def test_one_person_named_by_username_and_by_mail_counts_once(cast):
    Person.update(username="mrivera").where(Person.id == cast.maya.id).execute()
    one, two = planned(f"username,email,grade\nmrivera,,11\n,{cast.maya.email},12").rows
    assert one.kind == "change" and two.kind == "refused"


def test_a_student_keeps_one_way_to_sign_in(cast):
    row = planned(f"email,username\n{cast.maya.email},\n").rows[0]
    assert row.kind == "same"
    Person.update(username="mrivera").where(Person.id == cast.maya.id).execute()
    assert planned("username,email\nmrivera,**CLEAR**").rows[0].kind == "change"


def test_columns_that_mean_nothing_are_named(cast):
    assert planned("name,Bus route,Homeroom\nIvy Cole,7,B").ignored == ["Bus route", "Homeroom"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ivy Cole\nBen Ward", "first row"),
        ("name,grade", "no students"),
        ("name,Full name\nIvy,Ivy", "Two columns"),
        ("name\n" + "Ivy Cole\n" * 2001, "2,000"),
        ('name\n"' + "x" * 200_000 + '"', "cannot be read"),
        (" \n\n", "first row"),
    ],
)
def test_what_is_no_list_is_refused_in_words(cast, text, words):
    with pytest.raises(Refused, match=words):
        planned(text)


def test_a_plan_that_would_be_another_by_now_is_not_carried_out(cast):
    text = "name,username,grade\nIvy Cole,icole,9"
    mark = planned(text).mark
    factories.make_student(username="icole")
    before = Person.select().count()
    with pytest.raises(Refused, match="Something has changed"):
        class_list.apply(text, cast.ruiz, mark)
    assert Person.select().count() == before


def test_two_thousand_students_are_planned_with_as_many_queries_as_two(cast):
    def queries(number):
        rows = "\n".join(f"Student Number{i},s{number}x{i},{9 + i % 4}" for i in range(number))
        with count_queries() as counted:
            planned("name,username,grade\n" + rows)
        return counted.count

    assert queries(2) == queries(2000)


def test_two_thousand_students_go_in_whole_or_not_at_all(cast, monkeypatch):
    text = "name,grade\n" + "\n".join(f"Student Number{i},{9 + i % 4}" for i in range(2000))
    before = Person.select().count()
    real = class_list.record_all

    def breaks(*given, **more):
        raise RuntimeError("the power went out")

    monkeypatch.setattr(class_list, "record_all", breaks)
    with pytest.raises(RuntimeError):
        take(text, cast.ruiz)
    assert Person.select().count() == before
    monkeypatch.setattr(class_list, "record_all", real)
    assert take(text, cast.ruiz)[0] == 2000
    assert Person.select().count() == before + 2000


@given(st.text(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_no_text_breaks_the_reader(cast, text):
    for head in ("", "name,username,email,grade,birth date,adviser\n"):
        try:
            plan = planned(head + text)
        except Refused:
            continue
        assert all(row.kind in ("add", "change", "same", "refused") for row in plan.rows)
        assert all(bool(row.problems) == (row.kind == "refused") for row in plan.rows)
