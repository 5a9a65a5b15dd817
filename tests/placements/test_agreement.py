"""The training agreement: what it has to say, its versions, and who has signed which."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from board.guardians.model import GuardianAnswer
from board.moves import NotAllowed, Refused, Step, TooLate
from board.placements import agreement_actions as agreements
from board.placements import match_actions, terms
from board.placements.agreement_rules import TERMS, unfilled, wrong_with
from board.placements.match_rules import Choice, Unsound
from board.placements.model import Agreement, Party, Placement, Signature
from board.school.model import today
from tests import factories
from tests.placements.at_once import at_once, fresh, kinds

TODAY = date(2027, 3, 1)


def whole() -> dict:
    """What a posting does not say yet."""
    day = today() + timedelta(days=60)
    return {"pay_by": day, "call": "Pat at the counter, 503 555 0134", "worker_kind": "employee"}


def agreed(cast, student=None, is_whole=True, **content) -> Placement:
    """A match that Mr. Okafor has agreed to, and so signed."""
    posting = factories.make_posting(employer=cast.cedar, **(content or factories.ON_SITE))
    placement = factories.make_placement("proposed", posting, student or cast.maya)
    if is_whole:
        agreements.change(placement, cast.dana, whole(), 1)
    choice = Choice(cast.okafor, cast.ruiz, placement.supervisor, placement.starts_on, placement.due_on)
    match_actions.agree(placement, cast.okafor, choice, 2 if is_whole else 1)
    return fresh(placement)


def signed(placement) -> set[str]:
    version = terms.of(placement).version
    rows = Signature.select().where(Signature.placement == placement, Signature.version == version)
    return {row.party for row in rows}


# -- what it says


@pytest.mark.parametrize(
    ("place", "changes", "missing"),
    [
        ("on-site", {}, []),
        ("on-site", {"place": "", "times": "", "what": ""}, ["what", "place", "times"]),
        ("hybrid", {"place": ""}, ["place"]),
        ("remote", {"place": ""}, []),
        ("remote", {"pay_by": None, "pay_how": "", "call": "", "worker_kind": None},
         ["pay_by", "pay_how", "call", "worker_kind"]),
        ("on-site", {"insurance": ""}, []),
    ],
)  # fmt: skip
def test_what_has_to_stand_in_it_before_it_is_signed(place, changes, missing):
    full = dict.fromkeys(TERMS, "something") | {"pay_by": TODAY} | changes
    placement = SimpleNamespace(posting=SimpleNamespace(place=place))
    assert unfilled(SimpleNamespace(**full), placement) == missing


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"times": "Tuesdays and Thursdays, 4 to 6 pm"}, None, ""),
        ({"place": "12 Alder Street, Suite 400, Old Town"}, None, ""),
        ({"what": "Update the page of cedarprint.com and hand over its files."}, None, ""),
        ({"insurance": "Workers' compensation of Cedar Print, policy WC-2231"}, None, ""),
        ({"call": "Pat Lindqvist, 503 555 0134"}, None, ""),
        ({"times": "Call me on 503 555 0134"}, "times", "Whom to call"),
        ({"pay_how": "Write to dana@cedar.example"}, "pay_how", "Whom to call"),
        ({"what": "Maya sets the new prices"}, "what", "Take out “Maya”"),
        ({"call": "Ask for Rivera"}, "call", "Take out “Rivera”"),
        ({"pay_by": TODAY - timedelta(days=1)}, "pay_by", "has passed"),
        ({"pay_by": TODAY}, None, ""),
        ({"pay_by": TODAY + timedelta(days=400)}, "pay_by", "half a year"),
        ({"worker_kind": "volunteer"}, "worker_kind", "Choose one"),
    ],
)
def test_what_may_stand_in_it(values, field, words):
    placement = SimpleNamespace(student=SimpleNamespace(name="Maya Rivera"), due_on=None)
    found = wrong_with(placement, values, TODAY)
    assert set(found) == ({field} if field else set())
    assert words in str(found.get(field, ""))


def test_it_begins_with_what_the_posting_says_and_is_no_row_before_somebody_writes(app, cast):
    placement = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.maya)
    begins = terms.of(placement)
    assert (begins.what, begins.place, begins.times, begins.version) == (
        "One printed page and its file.", "", "Two afternoons a week", 1,
    )  # fmt: skip
    assert not Agreement.select().exists()


# -- versions


def test_every_change_is_a_new_version_and_what_is_the_same_is_none(app, cast):
    placement = agreed(cast)
    assert signed(placement) == {"teacher"}
    agreements.sign(placement, cast.maya, 2)
    agreements.sign(placement, cast.dana, 2)
    assert signed(placement) == {"teacher", "student", "employer"}
    assert not agreements.change(placement, cast.dana, whole(), 2)
    assert agreements.change(placement, cast.okafor, {"times": "Mondays, 4 to 6 pm"}, 2)
    assert (terms.of(placement).version, signed(placement)) == (3, set())
    step = Step.of(placement).where(Step.move == "change_agreement").order_by(Step.id.desc()).first()
    assert step.facts == {"version": 3, "changed": ["times"]}


def test_who_has_read_another_version_neither_changes_nor_signs(app, cast):
    placement = agreed(cast)
    agreements.change(placement, cast.dana, {"times": "Mondays, 4 to 6 pm"}, 2)
    for act in (
        lambda: agreements.change(placement, cast.okafor, {"times": "Fridays"}, 2),
        lambda: agreements.sign(placement, cast.maya, 2),
        lambda: agreements.record_paper(placement, cast.okafor, [Party.STUDENT], today(), 2),
    ):
        with pytest.raises(TooLate):
            act()
    assert terms.of(placement).times == "Mondays, 4 to 6 pm" and signed(placement) == set()


def test_who_may_write_it(app, cast):
    placement = agreed(cast)
    for person in (cast.maya, cast.leo, cast.omar):
        with pytest.raises(NotAllowed):
            agreements.change(placement, person, {"times": "Never"}, 2)
    for person in (cast.maya, cast.dana):
        with pytest.raises(NotAllowed):
            agreements.set_permit(placement, person, True, "12", today())
        with pytest.raises(NotAllowed):
            agreements.record_paper(placement, person, [Party.STUDENT], today(), 2)
    for person in (cast.leo, cast.omar):
        with pytest.raises(NotAllowed):
            agreements.sign(placement, person, 2)
    Placement.update(held_at=today()).execute()
    with pytest.raises(NotAllowed):
        agreements.sign(fresh(placement), cast.maya, 2)
    with pytest.raises(TooLate):  # put on hold while they read
        agreements.sign(placement, cast.maya, 2)


def test_a_refused_change_changes_nothing(app, cast):
    placement = agreed(cast)
    with pytest.raises(Unsound) as problem:
        agreements.change(placement, cast.dana, {"times": "Call 503 555 0134", "place": "At home"}, 2)
    assert set(problem.value.problems) == {"times"}
    assert (terms.of(placement).version, terms.of(placement).place) == (2, "12 Alder Street, Old Town")


# -- signing


def test_nobody_signs_before_it_is_whole_or_before_a_teacher_has_agreed(app, cast):
    placement = agreed(cast, is_whole=False)
    for person in (cast.maya, cast.dana):
        with pytest.raises(Refused, match="still missing"):
            agreements.sign(placement, person, 1)
    waits = factories.make_placement("proposed", student=cast.leo)
    with pytest.raises(TooLate):
        agreements.sign(waits, cast.leo, 1)


def test_one_side_signs_a_version_once_also_by_two_hands_at_once(app, cast):
    rosa = factories.make_person("employer", "Rosa Vega", employer=cast.cedar)
    for student in (cast.maya, cast.leo):
        placement = agreed(cast, student)
        results = at_once(*[
            lambda who=who, placement=placement: agreements.sign(fresh(placement), who, 2) for who in (cast.dana, rosa)
        ])  # fmt: skip
        assert kinds(results) == ["Step", "TooLate"]
    with pytest.raises(TooLate):
        agreements.sign(placement, cast.dana, 2)
    assert signed(placement) == {"teacher", "employer"}


def test_a_change_and_a_signature_at_once_never_leave_a_signature_under_what_was_not_read(app, cast):
    for student in (cast.maya, cast.leo, cast.noor):
        placement = agreed(cast, factories.make_student() if student == cast.noor else student)
        results = at_once(
            lambda placement=placement: agreements.change(fresh(placement), cast.dana, {"times": "Mondays"}, 2),
            lambda placement=placement: agreements.sign(fresh(placement), placement.application.student, 2),
        )
        assert results[0] is True and terms.of(placement).version == 3
        assert signed(placement) == set()


def test_paper_signatures_are_recorded_by_who_has_seen_them(app, cast):
    placement = agreed(cast)
    yesterday = today() - timedelta(days=1)
    agreements.record_paper(placement, cast.ruiz, [Party.STUDENT, Party.GUARDIAN], yesterday, 2)
    rows = {row.party: row for row in Signature.select().where(Signature.recorded_by == cast.ruiz)}
    assert set(rows) == {"student", "guardian"} and rows["student"].person is None
    assert rows["student"].signed_on == yesterday
    yes = GuardianAnswer.get()  # the paper says so above the line
    assert (yes.signed_on, yes.recorded_by, yes.answer, yes.how) == (yesterday, cast.ruiz, "yes", "paper")
    with pytest.raises(TooLate):
        agreements.record_paper(placement, cast.ruiz, [Party.STUDENT], yesterday, 2)
    for parties, day, words in (
        ([], today(), "Choose whose"), ([Party.EMPLOYER], today() + timedelta(days=1), "has not come yet"),
        ([Party.EMPLOYER], None, "Give the day"), ([Party.EMPLOYER], today() - timedelta(days=800), "a year ago"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            agreements.record_paper(placement, cast.ruiz, parties, day, 2)


def test_a_work_permit_is_a_fact_of_the_office_and_no_new_version(app, cast):
    placement = agreed(cast)
    assert agreements.set_permit(placement, cast.okafor, True, "", None)
    assert agreements.set_permit(placement, cast.okafor, True, "OR-1182", today())
    kept = terms.of(placement)
    assert (kept.permit_needed, kept.permit_number, kept.permit_on, kept.version) == (True, "OR-1182", today(), 2)
    for number, day, words in (("7", None, "Give the day"), ("7", today() + timedelta(days=1), "has not come yet")):
        with pytest.raises(Unsound, match=words):
            agreements.set_permit(placement, cast.okafor, True, number, day)
    agreements.set_permit(placement, cast.okafor, False, "OR-1182", today())
    assert (terms.of(placement).permit_number, terms.of(placement).permit_on) == ("", None)
