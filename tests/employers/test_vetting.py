"""An employer is looked at item by item, verified, renewed, reminded, and lapses; its supervisors are looked at as persons."""

from datetime import timedelta

import pytest

from board.employers import actions, inviting, vetting_days
from board.employers import vetting_actions as vetting
from board.employers.model import Employer, Supervisor
from board.employers.vetting import employer_stands, supervisor_stands
from board.employers.vetting_list import ready_to_look
from board.employers.vetting_model import Item, SupervisorCheck, Vetting, VettingItem
from board.moves import NotAllowed, Refused, Step, TooLate
from board.postings import actions as postings
from board.postings import followed, revisions
from board.postings.model import Posting
from board.school.model import School, today
from tests import factories

A_YEAR = timedelta(days=360)  # and some
DAY = timedelta(days=1)


def look_at_all(employer, by, *without):
    for item in Item:
        if item not in without:
            vetting.check(employer, by, item, "fine", f"Seen: {item}.")


def fresh(thing):
    return type(thing).get_by_id(thing.id)


# -- the checklist


def test_what_was_looked_at_says_who_and_when_and_the_last_word_counts(cast):
    vetting.check(cast.newcomer, cast.ruiz, "exists", "problem", "Not in the registry.")
    row = vetting.check(cast.newcomer, cast.ruiz, "exists", "fine", " Found under another name. ")
    assert (row.outcome, row.words, row.person) == ("fine", "Found under another name.", cast.ruiz)
    assert VettingItem.select().count() == Vetting.select().count() == 1
    assert [step.facts["outcome"] for step in Step.of(cast.newcomer)] == ["problem", "fine"]


@pytest.mark.parametrize(
    ("item", "outcome", "words"), [("exists", "fine", " "), ("nothing", "fine", "x"), ("exists", "good", "x")]
)
def test_what_says_nothing_is_not_kept(cast, item, outcome, words):
    with pytest.raises(Refused):
        vetting.check(cast.newcomer, cast.ruiz, item, outcome, words)
    assert not Vetting.select().exists()


def test_only_a_coordinator_looks_verifies_and_trusts(cast):
    person = Supervisor.create(employer=cast.cedar, name="Pat Lindqvist")
    for somebody in (cast.okafor, cast.dana, cast.maya):
        for verb in (
            lambda who: vetting.check(cast.newcomer, who, "exists", "fine", "x"),
            lambda who: vetting.verify(cast.newcomer, who, words="x"),
            lambda who: vetting.check_supervisor(person, who, "asked"),
            lambda who: vetting.vet(person, who),
        ):
            with pytest.raises(NotAllowed):
                verb(somebody)


def test_verifying_asks_for_everything_or_for_a_reason_that_is_kept(cast):
    with pytest.raises(Refused):
        vetting.verify(cast.newcomer, cast.ruiz)
    with pytest.raises(Refused):
        actions.move("verify", cast.newcomer, cast.ruiz)
    vetting.verify(cast.newcomer, cast.ruiz, words="The mayor's own farm.")
    employer = fresh(cast.newcomer)
    assert employer.is_verified and employer.verified_until > today() + A_YEAR
    kept = Vetting.get(Vetting.employer == employer)
    assert (kept.lacking, kept.until) == ("The mayor's own farm.", employer.verified_until)
    assert Step.of(employer).get().reason == "The mayor's own farm."


def test_with_everything_looked_at_no_reason_is_asked(cast):
    look_at_all(cast.newcomer, cast.ruiz, Item.VISIT, Item.INSURANCE)
    assert not vetting.still_missing(cast.newcomer)
    vetting.verify(cast.newcomer, cast.ruiz)
    assert fresh(cast.newcomer).is_verified


def test_work_on_site_asks_for_a_visit_and_insurance(cast):
    factories.make_posting("submitted", cast.newcomer, **factories.ON_SITE)
    look_at_all(cast.newcomer, cast.ruiz, Item.VISIT, Item.INSURANCE)
    assert [one.item for one in vetting.still_missing(cast.newcomer)] == [Item.INSURANCE, Item.VISIT]
    vetting.check(cast.newcomer, cast.ruiz, "visit", "problem", "One adult alone in a back room.")
    vetting.check(cast.newcomer, cast.ruiz, "insurance", "not_needed", "The district covers it.")
    assert [(one.item, one.problem) for one in vetting.still_missing(cast.newcomer)] == [(Item.VISIT, True)]
    with pytest.raises(Refused):
        vetting.verify(cast.newcomer, cast.ruiz)


def test_the_last_day_is_chosen_within_what_the_school_allows(cast):
    for days in (-1, 366, 900):
        with pytest.raises(Refused):
            vetting.verify(cast.newcomer, cast.ruiz, today() + timedelta(days=days), "x")
    School.update(vetting_years=2).execute()
    vetting.verify(cast.newcomer, cast.ruiz, today() + timedelta(days=500), "x")
    assert fresh(cast.newcomer).verified_until == today() + timedelta(days=500)


def test_who_comes_second_is_told_so(cast):
    vetting.verify(cast.newcomer, cast.ruiz, words="x")
    with pytest.raises(TooLate):
        vetting.verify(cast.newcomer, cast.ruiz)


def test_who_is_invited_as_known_is_verified_with_that_as_the_reason(cast):
    person, _token = inviting.invite("Ana Bell", "ana@example.org", cast.ruiz, None, "Bay Bikes", checked=True)
    employer = fresh(person.employer)
    assert employer.is_verified and employer.verified_until and Vetting.get(Vetting.employer == employer).lacking


# -- another year


def test_a_renewal_is_a_new_round_with_the_last_one_beside_it(cast):
    look_at_all(cast.newcomer, cast.ruiz)
    vetting.verify(cast.newcomer, cast.ruiz)
    Employer.update(verified_until=today() + timedelta(days=20)).where(Employer.id == cast.newcomer.id).execute()
    employer = fresh(cast.newcomer)
    now_on, before = vetting.rounds(employer)
    assert now_on is None and len(vetting.found(before)) == len(Item)
    assert len(vetting.still_missing(employer)) == 5
    with pytest.raises(Refused):
        vetting.verify(employer, cast.ruiz, renewal=True)
    vetting.check(employer, cast.ruiz, "exists", "fine", "Still there.")
    now_on, before = vetting.rounds(employer)
    assert list(vetting.found(now_on)) == ["exists"] and vetting.found(before)["exists"].words == "Seen: exists."
    vetting.verify(employer, cast.ruiz, words="Nothing has changed.", renewal=True)
    assert fresh(employer).verified_until > today() + A_YEAR
    assert Step.of(employer).order_by(Step.id.desc()).get().move == "renew"
    assert Vetting.select().where(Vetting.employer == employer, Vetting.ended_at.is_null(False)).count() == 2


def test_a_correction_while_the_check_holds_belongs_to_it(cast):
    look_at_all(cast.newcomer, cast.ruiz)
    vetting.verify(cast.newcomer, cast.ruiz)
    vetting.check(fresh(cast.newcomer), cast.ruiz, "insurance", "fine", "Good until June.")
    assert Vetting.select().count() == 1
    with pytest.raises(Refused):  # and it is too early for another year
        vetting.verify(fresh(cast.newcomer), cast.ruiz, renewal=True)


def test_one_reminder_for_one_end_and_another_for_another(cast):
    Employer.update(verified_until=today() + timedelta(days=30)).where(Employer.id == cast.cedar.id).execute()
    assert vetting_days.daily(today() - DAY)["check_ends"] == 0
    assert vetting_days.daily(today())["check_ends"] == 1
    assert vetting_days.daily(today())["check_ends"] == vetting_days.daily(today() + DAY)["check_ends"] == 0
    Employer.update(verified_until=today() + timedelta(days=29)).where(Employer.id == cast.cedar.id).execute()
    assert vetting_days.daily(today())["check_ends"] == 1


def test_a_supervisor_whose_check_ends_is_said_once_too(cast):
    person = Supervisor.create(employer=cast.cedar, name="Pat Lindqvist")
    factories.vet_supervisor(person, vetted_until=today() + timedelta(days=10))
    assert [vetting_days.daily(today())["supervisor_ends"] for _ in range(2)] == [1, 0]


def test_an_employer_without_an_end_never_lapses_and_is_on_the_list(cast):
    Employer.update(verified_until=None).where(Employer.id == cast.cedar.id).execute()
    assert vetting_days.daily(today() + timedelta(days=4000))["lapse"] == 1  # the mill, whose day has passed
    assert fresh(cast.cedar).is_verified and cast.cedar.id in ready_to_look(today())["ends"]
    assert employer_stands(fresh(cast.cedar), today()) is None


def lapse(employer) -> None:
    Employer.update(verified_until=today() - DAY).where(Employer.id == employer.id).execute()
    vetting_days.daily(today())


def test_a_check_holds_on_its_last_day_and_lapses_on_the_next(cast):
    Employer.update(verified_until=today()).where(Employer.id == cast.cedar.id).execute()
    assert vetting_days.daily(today())["lapse"] == 0 and fresh(cast.cedar).is_verified
    assert [vetting_days.daily(today() + DAY)["lapse"] for _ in range(2)] == [1, 0]
    assert fresh(cast.cedar).state == "lapsed"


def test_with_the_check_open_postings_pause_and_come_back_when_it_is_renewed(cast):
    posting = factories.make_posting("open", cast.cedar)
    paused = factories.make_posting("paused", cast.cedar)
    held = factories.make_posting("open", cast.cedar)
    postings.hold(held)
    running = factories.make_placement("active", factories.make_posting("open", cast.cedar, seats=2))
    lapse(cast.cedar)
    assert [fresh(one).state for one in (posting, paused, held)] == ["paused"] * 3
    assert fresh(posting).held_at is None and not fresh(running).held_at
    for who, verb in ((cast.dana, postings.resume), (cast.okafor, postings.put_back)):
        with pytest.raises(NotAllowed):
            verb(fresh(posting), who)
    with pytest.raises(Refused):
        followed.put_back_all(fresh(cast.cedar), cast.ruiz)
    actions.move("verify", fresh(cast.cedar), cast.ruiz, "As last year.")
    assert fresh(posting).is_live and fresh(running.posting).is_live
    assert followed.resting(cast.cedar) == []
    assert [fresh(one).state for one in (paused, held)] == ["paused"] * 2
    assert followed.put_back_all(fresh(cast.cedar), cast.ruiz) == (0, 0)


def test_a_posting_whose_supervisor_is_not_checked_any_more_stays_paused(cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    lapse(cast.cedar)
    SupervisorCheck.update(vetted_until=today() - DAY).execute()
    actions.move("verify", fresh(cast.cedar), cast.ruiz, "As last year.")
    assert followed.put_back_all(fresh(cast.cedar), cast.ruiz) == (0, 1)
    assert fresh(posting).state == "paused"
    vetting.vet(fresh(posting).supervisor, cast.ruiz)
    assert fresh(posting).is_live


def test_what_can_not_open_for_another_reason_stays_paused_and_the_check_is_renewed(cast):
    posting = factories.make_posting("open", cast.cedar)
    lapse(cast.cedar)
    Posting.update(pay_cents=1).where(Posting.id == posting.id).execute()  # far below the minimum by now
    actions.move("verify", fresh(cast.cedar), cast.ruiz, "As last year.")
    assert fresh(cast.cedar).is_verified and fresh(posting).state == "paused"
    assert [one.id for one in followed.resting(cast.cedar)] == [posting.id]
    with pytest.raises(Refused, match="an hour"):
        followed.put_back_all(fresh(cast.cedar), cast.ruiz)


def test_what_can_not_open_keeps_nothing_else_off_the_board(cast):
    low, fair = factories.make_posting("open", cast.cedar), factories.make_posting("open", cast.cedar)
    lapse(cast.cedar)
    Posting.update(pay_cents=1).execute()
    actions.move("verify", fresh(cast.cedar), cast.ruiz, "As last year.")
    Posting.update(pay_cents=90000).where(Posting.id == fair.id).execute()
    assert followed.put_back_all(fresh(cast.cedar), cast.ruiz) == (1, 0)
    assert fresh(fair).is_live and [one.id for one in followed.resting(cast.cedar)] == [low.id]


def test_with_the_check_of_a_supervisor_what_names_them_on_site_pauses_and_lifts_again(cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    person = fresh(posting).supervisor
    remote = factories.make_posting("open", cast.cedar)
    Posting.update(supervisor=person).where(Posting.id == remote.id).execute()
    other = factories.make_posting("open", cast.mill, **factories.ON_SITE)
    running = factories.make_placement("active", factories.make_posting("open", cast.cedar, **factories.ON_SITE))
    SupervisorCheck.update(vetted_until=today()).where(SupervisorCheck.supervisor == person).execute()
    Employer.update(verified_until=today() + A_YEAR).execute()
    assert vetting_days.daily(today())["supervisor_lapse"] == 0 and fresh(posting).is_live  # on its last day it holds
    SupervisorCheck.update(vetted_until=today() - DAY).where(SupervisorCheck.supervisor == person).execute()
    assert [vetting_days.daily(today())["supervisor_lapse"] for _ in range(2)] == [1, 0]
    assert fresh(posting).state == "paused" and fresh(posting).held_at is None
    assert fresh(remote).is_live and fresh(other).is_live and not fresh(running).held_at
    assert [step.move for step in Step.of(running)].count("supervisor_lapsed") == 1
    with pytest.raises(Refused):
        postings.resume(fresh(posting), cast.dana)
    vetting.vet(fresh(person), cast.ruiz)
    assert fresh(posting).is_live


@pytest.mark.parametrize(("end", "held"), [("lapse", False), ("suspend", True)])
def test_a_place_that_comes_free_opens_nothing_while_the_check_does_not_hold(cast, end, held):
    posting = factories.make_posting("filled", cast.cedar)
    if end == "lapse":
        lapse(cast.cedar)
    else:
        actions.move("suspend", cast.cedar, cast.ruiz, "Until we have talked.")
    postings.free_seat(fresh(posting))
    assert fresh(posting).state == "paused" and bool(fresh(posting).held_at) == held


# -- supervisors


@pytest.fixture
def named(cast):
    """A posting on site that waits, and its supervisor whom nobody has looked at."""
    posting = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    SupervisorCheck.delete().execute()
    return posting


def test_a_posting_on_site_waits_for_the_check_of_its_supervisor(cast, named):
    with pytest.raises(Refused, match="Pat Lindqvist, the worksite supervisor, has not been checked yet"):
        postings.approve(named, cast.okafor)
    vetting.check_supervisor(named.supervisor, cast.ruiz, "clear", today(), "State police", today())
    with pytest.raises(Refused):
        postings.approve(fresh(named), cast.okafor)
    vetting.vet(named.supervisor, cast.ruiz)
    postings.approve(fresh(named), cast.okafor)
    assert fresh(named).is_live


@pytest.mark.parametrize(("asked", "refused"), [("on-site", False), ("always", True), ("never", False)])
def test_a_remote_posting_waits_only_where_the_school_wants_to_know_everybody(cast, named, asked, refused):
    School.update(background_check=asked).execute()
    Posting.update(place="remote").where(Posting.id == named.id).execute()
    if refused:
        with pytest.raises(Refused):
            postings.approve(fresh(named), cast.okafor)
    else:
        postings.approve(fresh(named), cast.okafor)


def test_a_check_that_ended_is_none(cast, named):
    factories.vet_supervisor(named.supervisor, vetted_until=today() - DAY)
    assert "ended on" in str(supervisor_stands(named.supervisor, today()))
    assert supervisor_stands(named.supervisor, today() - DAY) is None
    with pytest.raises(Refused):
        postings.approve(named, cast.okafor)


def test_a_change_to_somebody_nobody_has_looked_at_waits_and_the_school_can_look(cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    other = {"supervisor": {"name": "Kim Osei", "title": "Manager"}}
    change = revisions.propose(posting, cast.dana, other)
    with pytest.raises(Refused, match="Kim Osei"):
        revisions.approve_revision(change, cast.okafor)
    factories.vet_supervisor(Supervisor.get(Supervisor.name == "Kim Osei"))
    revisions.approve_revision(change, cast.okafor)
    assert fresh(posting).supervisor.name == "Kim Osei"


def test_a_change_of_something_else_asks_for_nobody(cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    SupervisorCheck.delete().execute()
    revisions.approve_revision(revisions.propose(posting, cast.dana, {"hours": 9}), cast.okafor)
    assert fresh(posting).hours == 9


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("not_asked", None, "", None), "Reach them at work"),
        (("not_asked", None, "", today), "background check"),
        (("asked", None, "", today), "background check"),
        (("not_clear", today, "", today), "not clear"),
    ],
)
def test_what_keeps_somebody_from_being_trusted_is_said(cast, named, row, words):
    vetting.check_supervisor(named.supervisor, cast.ruiz, *(value() if value is today else value for value in row))
    with pytest.raises(Refused, match=words):
        vetting.vet(named.supervisor, cast.ruiz)


def test_somebody_who_is_not_clear_is_trusted_no_more_and_what_they_stand_in_for_stops(cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE, seats=2)
    remote, other = (
        factories.make_posting("open", cast.cedar),
        factories.make_posting("open", cast.mill, **factories.ON_SITE),
    )
    placed = factories.make_placement("active", posting)
    elsewhere = factories.make_placement("active", factories.make_posting("open", cast.cedar))
    vetting.check_supervisor(posting.supervisor, cast.ruiz, "not_clear", today(), contact_seen_on=today())
    assert SupervisorCheck.get(SupervisorCheck.supervisor == posting.supervisor).vetted_until is None
    assert fresh(posting).state == "paused" and fresh(posting).held_at
    assert fresh(remote).is_live and fresh(other).is_live
    assert fresh(placed).held_at and not fresh(elsewhere).held_at
    words = [step.reason for step in (*Step.of(posting), *Step.of(placed))]
    assert not any("clear" in reason.lower() for reason in words)


def test_what_stopped_with_a_supervisor_opens_by_no_door(cast):
    pulled, paused, filled, reported = (
        factories.make_posting(state, cast.cedar, **factories.ON_SITE) for state in ("open", "paused", "filled", "open")
    )
    postings.hold(reported)
    vetting.check_supervisor(pulled.supervisor, cast.ruiz, "not_clear", today(), contact_seen_on=today())
    for posting, verb in (
        (pulled, lambda it: postings.put_back(it, cast.okafor)), (paused, lambda it: postings.resume(it, cast.dana)),
        (paused, lambda it: postings.put_back(it, cast.okafor)),
    ):  # fmt: skip
        with pytest.raises(Refused, match="has not been checked"):
            verb(fresh(posting))
    postings.free_seat(fresh(filled))
    postings.lift(fresh(reported), cast.ruiz)  # a report is settled all the same
    assert [fresh(one).state for one in (pulled, paused, filled, reported)] == ["paused"] * 4
    assert not fresh(reported).held_at
    factories.vet_supervisor(fresh(pulled).supervisor)
    postings.put_back(fresh(pulled), cast.okafor)
    postings.resume(fresh(paused), cast.dana)
    assert fresh(pulled).is_live and fresh(paused).is_live


def test_keeping_the_same_again_drops_nobody(cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    until = SupervisorCheck.get().vetted_until
    vetting.check_supervisor(posting.supervisor, cast.ruiz, "clear", today(), "State police", today())
    assert SupervisorCheck.get().vetted_until == until and fresh(posting).is_live


# -- the list


def test_the_list_says_who_has_to_be_looked_at_and_why(cast, named):
    look_at_all(cast.newcomer, cast.ruiz, Item.REFERENCES)
    looks = ready_to_look(today())
    assert looks["supervisor"] == {cast.cedar.id} and looks["ends"] == set()
    assert looks["no-references"] == {cast.newcomer.id} and looks["no-exists"] == set()
    Employer.update(verified_until=today() + timedelta(days=30)).where(Employer.id == cast.mill.id).execute()
    looks = ready_to_look(today())
    assert looks["ends"] == {cast.mill.id} and looks["no-exists"] == {cast.mill.id} and looks["no-visit"] == set()


@pytest.mark.parametrize(("asks", "stays"), [("on-site", True), ("always", False)])
def test_a_supervisor_who_is_dropped_takes_with_them_all_work_the_school_checks_them_for(cast, asks, stays):
    School.update(background_check=asks).execute()
    site = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    remote = factories.make_posting("open", cast.cedar)
    Posting.update(supervisor=site.supervisor_id).where(Posting.id == remote.id).execute()
    vetting.check_supervisor(fresh(site).supervisor, cast.ruiz, "not_clear", today(), contact_seen_on=today())
    assert not fresh(site).is_live and fresh(remote).is_live is stays
