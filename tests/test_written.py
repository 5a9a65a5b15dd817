"""SQL that is written once for all queries of one shape is what peewee writes for each of them."""

from datetime import date

import pytest
from peewee import JOIN, SQL, Case, Context, Value, fn

from board.applications.model import Application
from board.db import database, now
from board.employers.model import Employer
from board.people.model import Interest, Person, PersonSkill, Role
from board.postings.model import Posting, Saved
from board.school.model import Field
from board.written import LONGEST, Texts, ways

Other = Person.alias()
Again = Person.alias()
# two of each that differ in their values alone; where there is a third, that one is of another shape
PAIRS = {
    "one row": lambda a, b: Person.select().where(Person.id == a).limit(1),
    "two conditions": lambda a, b: Person.select(Person.name).where((Person.id == a) & (Person.grade == b)),
    "either, and the other way round": lambda a, b: Person.select().where((Person.id > a) | (Person.id < b)).order_by(-Person.id),
    "some of a list": lambda a, b: Person.select().where(Person.id.in_([a, b]), Person.role.not_in(("teacher", "student"))),
    "a page": lambda a, b: Posting.select().order_by(Posting.title.asc(nulls="last")).limit(a).offset(b),
    "joined": lambda a, b: Saved.select(Saved, Posting, Employer).join(Posting).join(Employer).where(Employer.id == a, Posting.id != b),
    "a row instead of its number": lambda a, b: Saved.select().where(Saved.student == Person(id=a), Saved.posting == b),
    "the same table three times": lambda a, b: (
        Person.select(Person, Other.name, Again.name)
        .join(Other, JOIN.LEFT_OUTER, on=(Person.adviser == Other.id))
        .join(Again, JOIN.LEFT_OUTER, on=(Other.adviser == Again.id)).where(Other.id == a, Again.id == b)
    ),
    "a query in a query": lambda a, b: Posting.select().where(
        Posting.id.in_(Saved.select(Saved.posting).where(Saved.student == a)), Posting.seats > b
    ),
    "what is there": lambda a, b: Posting.select(fn.EXISTS(Saved.select(SQL("1")).where(Saved.student == a)), highest(b)),
    "counted": lambda a, b: (
        Posting.select(Posting.employer, fn.COUNT(Posting.id).filter(Posting.seats > a).alias("many"))
        .group_by(Posting.employer).having(fn.COUNT(Posting.id) > b)
    ),
    "in an order of its own": lambda a, b: Posting.select(Posting.id).order_by(Case(Posting.state, (("open", a), ("filled", b)), 3)),
    "both": lambda a, b: Person.select(Person.id).where(Person.id == a) | Person.select(Person.id).where(Person.id == b),
    "a text of one's own": lambda a, b: Person.select().where(SQL("length(name) > ?", (a,)), Person.id == b),
    "a change": lambda a, b: Person.update(grade=a, name=f"P {b}", ended_at=None).where(Person.id == b),
    "a count that goes up": lambda a, b: Posting.update(seats=Posting.seats + a).where(Posting.id == b),
    "a new row": lambda a, b: PersonSkill.insert(person=a, skill=b),
    "a row that is gone": lambda a, b: Interest.delete().where((Interest.person == a) & (Interest.field == b)),
}  # fmt: skip


def highest(number: int):
    return fn.MAX(Field.id, number)


def as_peewee(query) -> tuple[str, list]:
    return Context(**database.get_context_options()).parse(query)


@pytest.fixture
def texts():
    """What is kept, and how often peewee wrote."""
    made = Texts()
    learn, made.written = made.learn, []
    made.learn = lambda *args: made.written.append(args) or learn(*args)
    made.ask = lambda query: made.of(query, database.get_context_options)
    return made


@pytest.mark.parametrize("name", PAIRS)
def test_it_is_what_peewee_writes_whatever_the_values(app, texts, name):
    build = PAIRS[name]
    for a, b in ((7, 8), (8, 7), (9, 9), (100_000, 7)):
        assert texts.ask(build(a, b)) == as_peewee(build(a, b))
    assert len(texts.written) == 1, "written once, and known thereafter"


def test_where_a_value_is_there_twice_it_is_known_after_two(app, texts):
    def build(a, b):
        return Person.select().where(Person.id == a, Person.grade == b)

    for a, b in ((5, 5), (6, 7), (8, 9)):
        assert texts.ask(build(a, b)) == as_peewee(build(a, b))
    assert len(texts.written) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Person.select().where(Person.id == 7), Person.select().where(Person.grade == 7)),
        (Person.select().where(Person.id == 7), Person.select().where(Person.id != 7)),
        (Person.select().where(Person.id == 7), Person.select(Person.id).where(Person.id == 7)),
        (Person.select().where(Person.id == 7), Person.select().where(Person.id == 7).limit(7)),
        (Person.select().where(Person.id.in_([1, 2])), Person.select().where(Person.id.in_([1, 2, 3]))),
        (Person.select().where(Person.id.in_([1])), Person.select().where(Person.id.in_([]))),
        (Person.select().where(Person.email == "a"), Person.select().where(Person.email == None)),  # noqa: E711
        (Person.select().order_by(Person.id), Person.select().order_by(Person.id.desc())),
        (Person.select(fn.MIN(Person.id)), Person.select(fn.MAX(Person.id))),
        (Person.select(Person.id.alias("a")), Person.select(Person.id.alias("b"))),
        (Other.select(Other.id).join(Again, on=(Other.id == Again.adviser)), Other.select(Again.id).join(Again, on=(Other.id == Again.adviser))),
        (Saved.select(Saved.id).join(Posting), Saved.select(Saved.id).join(Posting, JOIN.LEFT_OUTER)),
        (Person.select(fn.MAX([1, 2], [3])), Person.select(fn.MAX([1], [2, 3]))),
        (Person.select(fn.TOTAL(Person)), Person.select(fn.TOTAL(Person(id=1)))),
        (Person.select().where(Value(7) == Person.id), Person.select().where(Value(Person.grade) == Person.id)),
        (Person.update(name="a", grade=1), Person.update(name=Person(id=3), grade=1)),
        (Person.update(name="a"), Person.update(username="a")),
        (Person.update(name="a").where(Person.id == 7), Person.delete().where(Person.id == 7)),
        (PersonSkill.insert(person=1, skill=2), PersonSkill.insert(person=1, skill=2).on_conflict_ignore()),
        (Posting.select().where(Posting.id.in_(Saved.select())), Posting.select().where(Posting.id.in_(Saved.select(*Saved._meta.sorted_fields)))),
    ],
)  # fmt: skip
def test_queries_that_differ_are_never_taken_for_each_other(app, texts, one, other):
    for query in (one, other, one, other):
        known = texts.ask(query)
        assert known is None or known == as_peewee(query)
    assert as_peewee(one) != as_peewee(other)


def test_values_are_turned_into_what_the_database_holds(app, cast):
    """Days, moments, roles and rows, asked for twice: the second time from what is kept."""
    for person, day in ((cast.maya, cast.maya.birth_date), (cast.leo, cast.leo.birth_date)):
        found = Person.select().where(
            Person.birth_date == day, Person.role == Role.STUDENT, Person.adviser == cast.okafor
        )
        assert [one.id for one in found] == [person.id]
        assert Person.update(ended_at=now(), birth_date=date(2001, 2, 3)).where(Person.id == person).execute() == 1
        assert Person.get_by_id(person.id).birth_date == date(2001, 2, 3)


def test_a_long_list_is_left_to_peewee_and_so_is_what_is_not_known(app, texts):
    assert texts.ask(Person.select().where(Person.id.in_(range(LONGEST + 1)))) is None
    recent = Person.select().cte("recent")
    assert texts.ask(Application.select().with_cte(recent)) is None
    assert not texts.kept


def test_what_is_kept_is_bounded(app):
    texts = Texts(most=3)
    for number in range(10):
        texts.of(Person.select().where(Person.id.in_(list(range(number)))), database.get_context_options)
        assert 1 <= len(texts.kept) <= 3


def test_what_is_made_for_one_query_does_not_stay(app, texts):
    """An alias, which peewee makes classes for."""
    for _ in range(3):
        boss = Person.alias()
        texts.ask(boss.select(boss.name).where(boss.id == 7).order_by(boss.name))
    kinds = len(ways)
    boss = Person.alias()
    texts.ask(boss.select(boss.name).where(boss.id == 7).order_by(boss.name))
    assert len(ways) == kinds and len(texts.kept) == 1
