"""What is kept no longer than the school says: on the edge, in batches, with a look ahead, and once."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from board.applications.model import Answer, Application, Evidence
from board.db import now
from board.moves import Step
from board.people import sessions
from board.people.model import Key, KeyKind, Person, SignIn
from board.placements.model import Delivery, Message, Placement
from board.privacy import retention
from board.privacy.declaration import DECLARED
from board.privacy.held import Keep
from board.privacy.model import Access, Erasure
from board.privacy.retention import KINDS, counts, tidy
from board.privacy.rules import TERMS
from board.school.model import School, today
from tests import factories
from tests.inspector import having, text_of

DAY = timedelta(days=1)


def midnight(days: int) -> datetime:
    """The moment from which something is so many days old tonight."""
    return datetime.combine(today(), time()) - days * DAY


@pytest.fixture
def rejected(cast):
    made = factories.make_application("not_selected", factories.make_posting("open", cast.cedar), cast.maya)

    def at(moment):
        Application.update(updated_at=moment).where(Application.id == made.id).execute()
        Step.update(at=moment).where(Step.noun == "application", Step.noun_id == made.id).execute()
        return made

    return at


def words_left(application) -> tuple[bool, bool, bool]:
    kept = Application.get_by_id(application.id)
    return bool(kept.why), *(
        model.select().where(model.application == application).exists() for model in (Answer, Evidence)
    )


def test_an_application_without_a_match_loses_its_words_on_the_day_and_not_before(cast, rejected):
    made = rejected(midnight(180) + timedelta(seconds=1))
    assert tidy() == {} and words_left(made) == (True, True, True)
    rejected(midnight(180))
    report = factories.make_report("application", made.id, cast.maya)
    assert tidy() == {} and words_left(made) == (True, True, True), "a case keeps them"
    factories.close_report(report, cast.ruiz)
    assert tidy() == {"applications": 1} and words_left(made) == (False, False, False)
    assert Application.get_by_id(made.id).state == "not_selected", "that they applied stays"
    assert tidy() == {}


def test_an_application_with_a_match_and_one_that_waits_keep_their_words(cast):
    for state in ("accepted", "submitted", "offered"):
        factories.make_application(state, factories.make_posting("open", cast.cedar), cast.maya)
    long_ago = midnight(4000)
    Application.update(updated_at=long_ago).execute()
    Step.update(at=long_ago, reason="").execute()
    assert "applications" not in tidy()
    assert "" not in {application.why for application in Application.select()}


def test_messages_go_a_year_after_the_end_and_not_while_it_is_on_hold(cast):
    placement = factories.make_placement("completed", factories.make_posting("open", cast.cedar), cast.maya)
    running = factories.make_placement("active", factories.make_posting("open", cast.cedar), cast.leo)
    for one in (placement, running):
        Message.create(placement=one, writer=cast.dana, words="Hello.", created_at=midnight(900))
    Delivery.create(
        placement=placement, number=1, words="Here it is.", accepted=True, answered_at=now(), answer="Good."
    )
    Placement.update(ended_at=midnight(365), held_at=now()).where(Placement.id == placement.id).execute()
    assert "messages" not in tidy()
    Placement.update(held_at=None).where(Placement.id == placement.id).execute()
    report = factories.make_report("placement", placement.id, cast.maya)
    assert "messages" not in tidy() and "deliveries" not in tidy(), "a case keeps them, whatever their age"
    factories.close_report(report, cast.ruiz)
    done = tidy()
    assert (done["messages"], done["deliveries"]) == (1, 1)
    assert [message.placement_id for message in Message.select()] == [running.id]
    assert (Delivery.get().words, Delivery.get().answer) == ("", "")


def test_who_left_is_erased_once_nothing_holds_them(cast, settings):
    placement = factories.make_placement("active", factories.make_posting("open", cast.cedar), cast.maya)
    Person.update(ended_at=midnight(730)).where(Person.id.in_([cast.maya.id, cast.leo.id, cast.okafor.id])).execute()
    Person.update(ended_at=midnight(729)).where(Person.id == cast.noor.id).execute()
    assert counts(today())["people"] == 1, "who is held is not said to go, and the school's own people stay"
    assert tidy()["people"] == 1
    names = {Person.get_by_id(person.id).name for person in (cast.maya, cast.leo, cast.noor, cast.okafor)}
    assert names == {"Maya Rivera", "Erased person", "Noor Haddad", "Sam Okafor"}
    assert Erasure.get().by_id is None
    Placement.update(state="ended_early", ended_at=now(), end_reason="plans").where(
        Placement.id == placement.id
    ).execute()
    assert tidy()["people"] == 1 and Person.get_by_id(cast.maya.id).name == "Erased person"
    assert "people" not in tidy()


def test_so_many_are_erased_in_a_night_and_it_is_said_so(cast, settings, monkeypatch):
    people = replace(KINDS[0], most=4)
    monkeypatch.setattr(retention, "KINDS", (people, *KINDS[1:]))
    left = [factories.make_student(name=f"Somebody Who Left{number}") for number in range(7)]
    factories.make_placement("active", factories.make_posting("open", cast.cedar), left[0])
    Person.update(ended_at=midnight(800)).where(Person.id.in_([one.id for one in left])).execute()
    for expected in (4, 2, 0):
        assert counts(today())["people"] == expected and tidy().get("people", 0) == expected
    assert [one.id for one in Person.select().where(Person.name.startswith("Somebody"))] == [left[0].id]


def test_what_belongs_to_an_unsettled_case_of_student_safety_stays(cast, rejected):
    placement = factories.make_placement("completed", factories.make_posting("open", cast.cedar), cast.leo)
    Message.create(placement=placement, writer=cast.dana, words="Come alone.", created_at=midnight(900))
    case = factories.make_report("placement", placement.id, cast.leo, "Odd.")
    made = rejected(midnight(400))
    Step.update(at=midnight(400), reason="Words.").where(Step.noun == "application", Step.noun_id == made.id).execute()
    other = factories.make_report("application", made.id, cast.maya, "Odd.")
    Placement.update(ended_at=midnight(900), held_at=None).where(Placement.id == placement.id).execute()
    Person.update(ended_at=midnight(900)).where(Person.id.in_([cast.leo.id, cast.maya.id])).execute()
    assert tidy() == {} and set(counts(today()).values()) == {0}
    for one in (case, other):
        factories.close_report(one, cast.ruiz)
    Placement.update(held_at=None).execute()
    assert tidy().items() >= {"messages": 1, "people": 2}.items()
    assert words_left(made) == (False, False, False) and not Message.select().exists()


def test_every_log_that_the_page_promises_an_end_of_has_one(app):
    """Letters end their notices, and what is counted of tries ends within the hour: see mail and audit."""
    ends = {kind.find(now()).model._meta.table_name for kind in KINDS if kind.term == "logs"}
    promised = {name for name, held in DECLARED.items() for element in held.elements if element.keep == Keep.LOGS}
    assert promised - ends == {"mail_notice", "audit_tally"} and ends <= promised
    assert set(counts(today())) == {kind.name for kind in KINDS}


def test_logs_go_but_that_somebody_came_stays_known(cast):
    for _ in range(3):
        sessions.begin(cast.dana, "Test")
    old = midnight(365)
    SignIn.update(seen_at=old, created_at=old, ended_at=old).execute()
    Key.create(kind=KeyKind.CODE, secret_hash="x" * 64, person=cast.maya, expires_at=old)
    Access.create(staff=cast.okafor, student=cast.leo, page="story", day=today(), at=old)
    Step.create(noun="application", noun_id=1, move="withdraw", to_state="withdrawn", reason="I moved.", at=old)
    Step.create(noun="posting", noun_id=1, move="decline", to_state="declined", reason="Not clear.", at=old)
    done = tidy()
    assert {name: done[name] for name in ("sign_ins", "keys", "looks", "reasons")} == {
        "sign_ins": 2,
        "keys": 1,
        "looks": 1,
        "reasons": 1,
    }
    assert Person.select().where(Person.id == cast.dana.id, Person.has_come()).exists()
    assert Step.select().where(Step.reason == "Not clear.").exists(), "what is said of a posting is no log of a person"


def test_it_goes_in_batches_and_is_written_down_as_counts_alone(cast, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        Access.create(staff=cast.okafor, student=factories.make_student(), page="story", day=today(), at=midnight(400))
    assert tidy() == {"looks": 5}
    step = Step.get(Step.move == "tidy")
    assert (step.noun, step.person_id, step.facts["counts"]) == ("school", None, {"looks": 5})


def test_the_look_ahead_counts_and_lets_nothing_go(cast, rejected):
    made = rejected(midnight(170))
    assert (counts(today())["applications"], counts(today() + 30 * DAY)["applications"]) == (0, 1)
    assert words_left(made) == (True, True, True) and not Step.select().where(Step.move == "tidy").exists()
    assert set(counts(today())) == {kind.name for kind in KINDS} and {kind.term for kind in KINDS} <= set(TERMS)


# -- the page


def test_a_coordinator_sets_the_times_within_bounds_and_reads_what_would_go(client, cast, rejected):
    rejected(midnight(170))
    browser = client(cast.ruiz)
    browser.get("/settings/retention")
    (row,) = having(browser.page, "data-kind")
    assert text_of(row) == "Applications without their words01"
    form = {name: str(term.usual) for name, term in TERMS.items()}
    for bad in ("29", "1826", "", "soon"):
        answer = browser.post("/settings/retention", data=form | {"rejected": bad})
        assert answer.status_code == 422 and School.get().keep_rejected_days is None
    assert browser.post("/settings/retention", data=form | {"rejected": "60"}).status_code == 303
    assert School.get().keep_rejected_days == 60
    browser.get("/settings/retention")
    assert text_of(having(browser.page, "data-kind")[0]).endswith("words11")
    assert browser.post("/settings/retention/now").status_code == 303
