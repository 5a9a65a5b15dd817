"""Both sides say how it was: sealed, then open; kept whole; read by those it is for."""

import threading
from datetime import timedelta

import pytest

from board.db import database, now
from board.home.lines import lines
from board.mail import actions, model, sending
from board.moves import NotAllowed, Refused, Step, TooLate, followers
from board.notices import Notice, deliver
from board.people.model import Person
from board.placements import feedback_actions, feedback_days
from board.placements.feedback_actions import give_employer, give_student
from board.placements.model import (
    Delivery,
    EmployerFeedback,
    Placement,
    SkillRating,
    StudentFeedback,
)
from board.school.model import Skill, today
from tests import factories
from tests.inspector import by_id, having, text_of, words

RATED = {"quality": 4, "reliability": 3, "communication": 2, "independence": 4, "learning": 3}
FELT = {"clear_task": 3, "answers": 2, "respect": 4, "learning": 4, "again": 4}
QUOTE = "Maya drew a list that everybody can read. We use it every day."
REFLECTION = "I learned to ask about the paper first."
FORM = {**{name: str(step) for name, step in RATED.items()}, "quote": QUOTE, "may_name_reference": "y", "seen": ""}
OWN_FORM = {**{name: str(step) for name, step in FELT.items()}, "reflection": REFLECTION}


@pytest.fixture
def placement(cast) -> Placement:
    """Maya's at Cedar Print: ten hours, handed in and accepted."""
    posting = factories.make_posting("open", cast.cedar, title="Price list")
    made = factories.make_placement("delivered", posting, cast.maya)
    Delivery.create(placement=made, number=1, words="Here it is.", accepted=True, answered_at=now())
    return made


def earlier(placement: Placement, days: float) -> None:
    """As if what was given had been given so many days before."""
    at = now() - timedelta(days=days)
    for table in (EmployerFeedback, StudentFeedback):
        table.update(given_at=at).where(table.placement == placement).execute()


def skill_ids(placement: Placement) -> list[int]:
    return [skill.id for skill in feedback_actions.skills_of(placement)]


def test_what_is_given_is_kept_with_one_step(cast, placement):
    canva, photos = skill_ids(placement)
    give_employer(placement, cast.dana, RATED, {canva: 4, photos: 2}, QUOTE, True)
    row = EmployerFeedback.get()
    assert {name: getattr(row, name) for name in RATED} == RATED
    assert (row.quote, row.may_name_reference, row.person_id) == (QUOTE, True, cast.dana.id)
    assert dict(SkillRating.select(SkillRating.skill, SkillRating.level).tuples()) == {canva: 4, photos: 2}
    give_student(placement, cast.maya, FELT, REFLECTION)
    own = StudentFeedback.get()
    assert {name: getattr(own, name) for name in FELT} == FELT and own.reflection == REFLECTION
    moves = [step.move for step in Step.of(placement)]
    assert moves == ["propose", "give_feedback", "give_feedback", "open_feedback"]
    assert Placement.get_by_id(placement.id).state == "delivered"


def test_a_change_keeps_the_day_it_was_given_first(cast, placement):
    give_employer(placement, cast.dana, RATED, {skill_ids(placement)[0]: 4}, QUOTE)
    earlier(placement, 3)
    first = EmployerFeedback.get().given_at
    give_employer(placement, cast.dana, RATED | {"quality": 2}, {}, "")
    row = EmployerFeedback.get()
    assert (row.quality, row.quote, row.given_at) == (2, "", first)
    assert SkillRating.select().count() == 0
    assert [step.move for step in Step.of(placement)][1:] == ["give_feedback", "change_feedback"]


def test_once_it_is_open_nothing_is_changed(cast, placement):
    give_employer(placement, cast.dana, RATED, {})
    give_student(placement, cast.maya, FELT, REFLECTION)
    with pytest.raises(TooLate):
        give_employer(placement, cast.dana, RATED | {"quality": 1}, {})
    with pytest.raises(TooLate):
        give_student(placement, cast.maya, FELT | {"again": 1}, "No.")
    assert EmployerFeedback.get().quality == 4 and StudentFeedback.get().again == 4


def test_who_is_late_gives_theirs_once_and_for_all(cast, placement):
    give_student(placement, cast.maya, FELT, REFLECTION)
    earlier(placement, 8)
    give_employer(placement, cast.dana, RATED, {})
    with pytest.raises(TooLate):
        give_employer(placement, cast.dana, RATED | {"quality": 1}, {})


@pytest.mark.parametrize("state", ["proposed", "agreed", "not_agreed", "active"])
def test_there_is_none_before_the_work_is_handed_in(cast, state):
    made = factories.make_placement(state, factories.make_posting("open", cast.cedar), cast.maya)
    with pytest.raises(TooLate):
        give_employer(made, cast.dana, RATED, {})
    with pytest.raises(TooLate):
        give_student(made, cast.maya, FELT, REFLECTION)
    assert EmployerFeedback.select().count() + StudentFeedback.select().count() == 0


def test_nobody_gives_it_for_somebody_else(cast, placement):
    for person in (cast.omar, cast.okafor, cast.maya):
        with pytest.raises(NotAllowed):
            give_employer(placement, person, RATED, {})
    for person in (cast.leo, cast.okafor, cast.dana):
        with pytest.raises(NotAllowed):
            give_student(placement, person, FELT, REFLECTION)


@pytest.mark.parametrize(
    "quote",
    ["Write to dana@cedar.example.", "Call 555-201-0142.", "See https://cedar.example/maya", "dm me, @dana_prints"],
)
def test_what_may_be_quoted_holds_no_way_to_reach_anybody(cast, placement, client, quote):
    with pytest.raises(Refused):
        give_employer(placement, cast.dana, RATED, {}, quote)
    dana = client(cast.dana)
    answer = dana.post(f"/placements/{placement.id}/feedback", data=FORM | {"quote": quote})
    assert answer.status_code == 422
    assert "Take out" in words(by_id(dana.page, "errors")) and words(by_id(dana.page, "quote")) == quote
    assert EmployerFeedback.select().count() == 0


@pytest.mark.parametrize("ratings", [{}, RATED | {"quality": 0}, RATED | {"quality": 5}, RATED | {"more": 2}])
def test_a_step_that_is_none_of_the_four_is_refused(cast, placement, ratings):
    with pytest.raises(Refused):
        give_employer(placement, cast.dana, ratings, {})


def test_a_skill_of_another_project_cannot_be_vouched_for(cast, placement):
    other = Skill.select().where(Skill.id.not_in(skill_ids(placement))).first()
    with pytest.raises(Refused):
        give_employer(placement, cast.dana, RATED, {other.id: 4})
    assert EmployerFeedback.select().count() == 0


# -- the page


def test_each_side_gives_it_on_a_page_of_its_own(client, cast, placement):
    dana, maya = client(cast.dana), client(cast.maya)
    canva = skill_ids(placement)[0]
    dana.get(f"/placements/{placement.id}/feedback")
    assert "Always kept what we agreed" in text_of(dana.page) and "Canva" in text_of(dana.page)
    answer = dana.post(f"/placements/{placement.id}/feedback", data=FORM | {f"skill-{canva}": "3"})
    assert answer.location == f"/placements/{placement.id}#feedback"
    maya.get(f"/placements/{placement.id}/feedback")
    assert "Clear from the first day" in text_of(maya.page)
    assert maya.post(f"/placements/{placement.id}/feedback", data=OWN_FORM).status_code == 303
    maya.get(f"/placements/{placement.id}")
    part = words(by_id(maya.page, "feedback"))
    for said in (
        "Better than what we asked for",
        "Mostly kept what we agreed",
        "Can do it alone",
        QUOTE,
        "Dana Whitlock",
    ):
        assert said in part
    assert SkillRating.get().level == 3


def test_what_is_missing_is_said_once_and_everything_typed_is_kept(client, cast, placement):
    maya = client(cast.maya)
    some = OWN_FORM | {"respect": "", "answers": "9", "reflection": " "}
    assert maya.post(f"/placements/{placement.id}/feedback", data=some).status_code == 422
    summary = words(by_id(maya.page, "errors"))
    assert summary.count("Choose one of the four.") == 2 and "at least a sentence" in summary
    ticked = [(e.get("name"), e.get("value")) for e in having(maya.page, "checked") if e.get("type") == "radio"]
    assert dict(ticked) == {"clear_task": "3", "learning": "4", "again": "4"}
    assert StudentFeedback.select().count() == 0


def test_one_can_change_it_until_it_opens(client, cast, placement):
    dana = client(cast.dana)
    canva = skill_ids(placement)[0]
    give_employer(placement, cast.dana, RATED, {canva: 4}, QUOTE, True)
    dana.get(f"/placements/{placement.id}/feedback")
    ticked = {e.get("name"): e.get("value") for e in having(dana.page, "checked")}
    assert ticked["quality"] == "4" and ticked[f"skill-{canva}"] == "4" and "may_name_reference" in ticked
    (seen,) = having(dana.page, "name", "seen")
    changed = FORM | {"seen": seen.get("value"), "quality": "2"}
    assert dana.post(f"/placements/{placement.id}/feedback", data=changed).status_code == 303
    assert EmployerFeedback.get().quality == 2
    give_student(placement, cast.maya, FELT, REFLECTION)
    assert dana.post(f"/placements/{placement.id}/feedback", data=changed).status_code == 409
    assert dana.get(f"/placements/{placement.id}/feedback").status_code == 303
    dana.get(f"/placements/{placement.id}")
    assert not [e for e in dana.page.iter("a") if "/feedback" in (e.get("href") or "")]


def test_a_colleague_who_was_first_is_not_written_over_unseen(client, cast, placement):
    rosa = factories.make_person("employer", "Rosa Vega", employer=cast.cedar)
    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}/feedback")
    give_employer(placement, rosa, RATED | {"quality": 1}, {}, "Rosa's words.")
    answer = dana.post(f"/placements/{placement.id}/feedback", data=FORM)
    assert answer.status_code == 409
    assert "Rosa Vega has given feedback" in text_of(dana.page) and QUOTE in text_of(dana.page)
    assert EmployerFeedback.get().quality == 1
    (seen,) = having(dana.page, "name", "seen")
    assert dana.post(f"/placements/{placement.id}/feedback", data=FORM | {"seen": seen.get("value")}).status_code == 303
    assert EmployerFeedback.get().quality == 4


def test_on_hold_the_form_is_gone(client, cast, placement):
    Placement.update(held_at=now()).where(Placement.id == placement.id).execute()
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}")
    assert not [e for e in maya.page.iter("a") if "/feedback" in (e.get("href") or "")]
    assert maya.post(f"/placements/{placement.id}/feedback", data=OWN_FORM).status_code == 409
    assert "on hold" in text_of(maya.page) and StudentFeedback.select().count() == 0
    with pytest.raises(TooLate):
        give_student(placement, cast.maya, FELT, REFLECTION)


def test_somebody_elses_feedback_is_not_there(client, cast, placement):
    for person in (cast.leo, cast.omar):
        browser = client(person)
        assert browser.get(f"/placements/{placement.id}/feedback").status_code == 404
        assert browser.post(f"/placements/{placement.id}/feedback", data=FORM).status_code == 404


# -- the seal

SECRET = [
    QUOTE, REFLECTION, "Better than what we asked for", "Mostly kept what we agreed", "Told us when we asked",
    "Mostly clear", "After a long wait", "More than I expected", "Yes, at once", "of 4", "average",
]  # fmt: skip


def everything(client, person: Person, placement: Placement) -> str:
    """All that this person can read about it: the page, also as HTMX gets it, notices, home, the employer's page."""
    browser = client(person)
    addresses = [f"/placements/{placement.id}", "/", "/notices", f"/employers/{placement.posting.employer_id}",
                 f"/projects/{placement.posting.id}"]  # fmt: skip
    read = [browser.get(address).get_data(as_text=True) for address in addresses]
    read.append(browser.piece(f"/placements/{placement.id}").get_data(as_text=True))
    mine = lines(list(Notice.select().where(Notice.person == person)), person)
    read += [f"{line.words % line.values}" for line in mine]
    return "\n".join(read)


@pytest.mark.parametrize("high", [True, False])
def test_the_seal_tells_nothing_but_that_there_is_some(client, cast, placement, high):
    """Whether the ratings are high or low, the other side reads the same."""
    give_employer(placement, cast.dana, RATED if high else dict.fromkeys(RATED, 1), {}, QUOTE if high else "")
    deliver()
    read = everything(client, cast.maya, placement)
    assert "Cedar Print has given feedback. You have not yet." in read
    assert "There is feedback on “Price list”" in read
    assert not [words for words in SECRET if words in read]
    low = [steps[0] for _label, steps in feedback_actions.EMPLOYER_ASKED.values()]
    assert not [words for words in low if words in read]
    own = client(cast.dana)
    own.get(f"/placements/{placement.id}")
    assert ("Better than what we asked for" if high else "Much of it could not be used") in text_of(own.page)


def test_a_letter_says_no_more_than_the_notice(cast, placement, settings, monkeypatch):
    noon = now().replace(hour=20, minute=0)  # UTC: noon at the school, when students are written to
    for module in (actions, sending, model):
        monkeypatch.setattr(module, "now", lambda: noon)
    give_employer(placement, cast.dana, RATED, {}, QUOTE)
    deliver()
    letters = [letter for letter in factories.letters(settings) if letter["To"] == cast.maya.email]
    told = "\n".join(part.get_content() for letter in letters for part in letter.walk() if not part.is_multipart())
    assert "There is feedback on" in told
    assert not [words for words in SECRET if words in told]


def test_what_the_other_side_reads_does_not_depend_on_the_ratings(client, cast):
    """Byte for byte, but for the number of the placement."""
    found = []
    for step in (1, 4):
        posting = factories.make_posting("open", cast.cedar, title="Price list")
        made = factories.make_placement("delivered", posting, cast.maya)
        give_employer(
            made, cast.dana, dict.fromkeys(RATED, step), {skill_ids(made)[0]: step}, "Good." if step == 4 else ""
        )
        maya = client(cast.maya)
        maya.get(f"/placements/{made.id}")
        found.append(text_of(by_id(maya.page, "feedback")) + text_of(by_id(maya.page, "history")))
    assert found[0] == found[1]


def test_the_employer_never_reads_one_students_ratings_or_words(client, cast, placement):
    give_student(placement, cast.maya, FELT, REFLECTION)
    deliver()
    assert not [words for words in SECRET[:-2] if words in everything(client, cast.dana, placement)]
    give_employer(placement, cast.dana, RATED, {}, QUOTE)
    deliver()
    read = everything(client, cast.dana, placement)
    assert REFLECTION not in read and "More than I expected" not in read and "Yes, at once" not in read
    assert "There are not enough of them yet" in read
    assert all("rating" not in step.detail and str(4) not in step.detail for step in Step.of(placement))


def test_the_teacher_reads_both_at_once(client, cast, placement):
    give_student(placement, cast.maya, FELT, REFLECTION)
    okafor = client(cast.okafor)
    okafor.get(f"/placements/{placement.id}")
    assert REFLECTION in text_of(okafor.page) and "Yes, at once" in text_of(okafor.page)
    give_employer(placement, cast.dana, RATED, {}, QUOTE)
    okafor.get(f"/placements/{placement.id}")
    assert QUOTE in text_of(okafor.page)


def test_after_seven_days_the_student_reads_it_though_they_gave_none(client, cast, placement):
    give_employer(placement, cast.dana, RATED, {}, QUOTE)
    earlier(placement, 7)
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}")
    assert QUOTE in text_of(maya.page) and "You gave none so far." in text_of(maya.page)


# -- days


def test_after_a_week_it_is_written_down_once_that_it_is_open(cast, placement):
    give_employer(placement, cast.dana, RATED, {})
    assert feedback_days.open_after_a_week() == 0
    earlier(placement, 7)
    assert [feedback_days.open_after_a_week() for _ in range(2)] == [1, 0]
    deliver()
    told = {n.person.name for n in Notice.select().join(Step).where(Step.move == "open_feedback")}
    assert told == {"Maya Rivera"}


def test_who_waits_hears_of_feedback_that_comes_after_the_week(cast, placement):
    give_student(placement, cast.maya, FELT, REFLECTION)
    earlier(placement, 8)
    assert feedback_days.open_after_a_week() == 1
    deliver()
    assert not Notice.select().join(Step).where(Step.move == "open_feedback").exists()  # there was nothing to read
    give_employer(placement, cast.dana, RATED, {})
    deliver()
    told = [n.person.name for n in Notice.select().join(Step).where(Step.move == "open_feedback")]
    assert told == ["Maya Rivera"] and feedback_days.open_after_a_week() == 0


def test_each_side_that_gave_none_is_reminded_once(cast, placement):
    ended = now()
    Placement.update(state="completed", ended_at=ended).where(Placement.id == placement.id).execute()
    give_student(placement, cast.maya, FELT, REFLECTION)
    day = today()
    assert [feedback_days.remind(day + timedelta(days=days)) for days in (0, 2, 3, 4, 10)] == [0, 0, 1, 0, 0]
    deliver()
    told = {n.person.name for n in Notice.select().join(Step).where(Step.move == "feedback_due")}
    assert told == {"Dana Whitlock"}


@pytest.mark.parametrize("held", [True, False])
def test_nobody_is_reminded_where_both_gave_it_where_it_is_old_or_on_hold(cast, placement, held):
    Placement.update(state="completed", ended_at=now(), held_at=now() if held else None).where(
        Placement.id == placement.id
    ).execute()
    if not held:
        assert feedback_days.remind(today() + timedelta(days=40)) == 0
        give_student(placement, cast.maya, FELT, REFLECTION)
        give_employer(placement, cast.dana, RATED, {})
    assert feedback_days.remind(today() + timedelta(days=4)) == 0


# -- what goes wrong


@pytest.mark.parametrize("breaks", ["note", "insert"])
def test_a_break_between_two_writes_leaves_nothing_half_given(cast, placement, monkeypatch, breaks):
    def broken(*args, **more):
        raise RuntimeError("the power went")

    if breaks == "note":
        monkeypatch.setattr(feedback_actions, "note", broken)
    else:
        monkeypatch.setattr(SkillRating, "insert_many", broken)
    with pytest.raises(RuntimeError):
        give_employer(placement, cast.dana, RATED, {skill_ids(placement)[0]: 4}, QUOTE)
    assert EmployerFeedback.select().count() + SkillRating.select().count() == 0
    assert [step.move for step in Step.of(placement)] == ["propose"]


def test_two_colleagues_at_once_leave_one_feedback(app, cast, placement):
    rosa = factories.make_person("employer", "Rosa Vega", employer=cast.cedar)
    start, results = threading.Barrier(2), []

    def go(person, step):
        with database.connection_context():
            start.wait()
            try:
                give_employer(placement, person, dict.fromkeys(RATED, step), {}, "", seen="")
                results.append(step)
            except TooLate:
                results.append("late")

    threads = [threading.Thread(target=go, args=pair) for pair in ((cast.dana, 4), (rosa, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, results))[1] == "late"
    assert EmployerFeedback.get().quality in results
    assert [step.move for step in Step.of(placement)].count("give_feedback") == 1


def test_whoever_follows_feedback_hears_of_it_in_the_same_transaction(cast, placement, monkeypatch):
    """What a student takes along is made from it, further on."""
    heard = []

    def follow(thing, step):
        assert database.in_transaction()
        heard.append((thing.id, step.move))

    for move in ("give_feedback", "open_feedback"):
        monkeypatch.setitem(followers, ("placement", move), [follow])
    give_employer(placement, cast.dana, RATED, {})
    give_student(placement, cast.maya, FELT, REFLECTION)
    assert heard == [(placement.id, move) for move in ("give_feedback", "give_feedback", "open_feedback")]
    other = factories.make_placement("delivered", factories.make_posting("open", cast.cedar), cast.leo)
    give_employer(other, cast.dana, RATED, {})
    earlier(other, 7)
    feedback_days.open_after_a_week()
    assert heard[-1] == (other.id, "open_feedback")
