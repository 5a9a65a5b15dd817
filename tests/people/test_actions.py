"""Signing in, sessions, one-time keys, and what is done to accounts."""

import subprocess
import sys
from datetime import timedelta

import pytest
from peewee import IntegrityError

from board.db import database, now
from board.employers import inviting
from board.employers.model import Employer
from board.moves import NotAllowed, Refused, Step
from board.people import accounts, actions, rules, sessions
from board.people.model import Interest, Key, KeyKind, Person, PersonSkill, SignIn, Slowdown
from board.school.model import Field, Skill, today
from tests import factories

GOOD = "window kettle lantern"
OTHER = "plaza trombone gravel"


@pytest.fixture
def maya(cast):
    actions.set_password(cast.maya, GOOD)
    Slowdown.delete().execute()
    return cast.maya


def right(person, password=GOOD):
    return actions.check_sign_in(person.email, password)[0]


# -- passwords


def test_a_password_is_kept_as_argon2id_of_the_owasp_strength(maya):
    kept = Person.get_by_id(maya.id).password_hash
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert GOOD not in kept


def test_two_hundred_characters_and_any_alphabet_work(cast):
    for password in ("é日本 crème lantern " * 12)[:200], "contraseña larga y muy rara":
        actions.set_password(cast.maya, password)
        assert right(cast.maya, password) == cast.maya
        assert right(cast.maya, password[:-1] + "x") is None


def test_a_bad_password_changes_nothing(maya):
    with pytest.raises(Refused):
        actions.set_password(maya, "password2026")
    assert right(maya) == maya


# -- the same answer and the same work, whether an account exists or not


@pytest.mark.parametrize("typed", ["maya", "nobody@example.org", "", "\x00' OR 1=1 --"])
def test_a_wrong_sign_in_costs_one_password_check_and_the_same_queries(maya, typed, monkeypatch):
    calls = []
    real = actions.hasher.verify
    monkeypatch.setattr(
        actions, "hasher", type("Hasher", (), {"verify": lambda self, *a: (calls.append(a), real(*a))[1]})()
    )
    from playhouse.test_utils import count_queries

    with count_queries() as counted:
        assert actions.check_sign_in(maya.email if typed == "maya" else typed, "not the password") == (None, False)
    assert len(calls) == 1
    assert counted.count == 8  # the try (read, written), the person, a code; how often it failed, and the audit trail


def test_an_account_without_a_password_costs_the_same_check(cast, monkeypatch):
    calls = []
    monkeypatch.setattr(actions, "verify", lambda *given: bool(calls.append(given)))
    assert actions.check_sign_in(cast.leo.email, "anything") == (None, False)
    assert calls == [(None, "anything")]


def test_a_closed_account_does_not_sign_in(maya, cast):
    accounts.end_account(maya, cast.ruiz)
    assert right(maya) is None


# -- slowing down


def test_after_the_free_tries_an_account_rests_also_for_the_right_password(maya):
    for _ in range(rules.FREE_TRIES):
        assert right(maya, "wrong") is None
    Slowdown.update(failures=20).execute()
    with pytest.raises(actions.SlowDown):
        right(maya)


def test_an_account_that_does_not_exist_slows_down_just_so(app):
    for _ in range(rules.FREE_TRIES):
        assert actions.check_sign_in("nobody@example.org", "wrong") == (None, False)
    Slowdown.update(failures=20).execute()
    with pytest.raises(actions.SlowDown):
        actions.check_sign_in(" NOBODY@example.org", "wrong")


def test_the_right_password_wipes_the_slate(maya):
    for _ in range(rules.FREE_TRIES - 1):
        right(maya, "wrong")
    assert right(maya) == maya
    assert Slowdown.select().count() == 0


def test_one_slow_account_does_not_slow_another(maya, cast):
    actions.set_password(cast.leo, OTHER)
    Slowdown.delete().execute()
    for _ in range(rules.FREE_TRIES):
        right(maya, "wrong")
    assert right(cast.leo, OTHER) == cast.leo


GUESSER = """
import sys
from board.db import database, open_at
from board.people import actions
open_at(sys.argv[1])
database.connect()
got = 0
actions.verify = lambda *given: False
for _ in range(10):
    try:
        actions.check_sign_in("victim@example.org", "guess")
        got += 1
    except actions.SlowDown:
        pass
print(got)
"""


def test_several_processes_together_get_no_more_tries_than_one(app, settings):
    """An account that may be tried once now (the next wait is minutes long) is tried once, by one of four processes."""
    mark = actions.mark_of("victim@example.org")
    failures = rules.FREE_TRIES + 9
    Slowdown.create(account_hash=mark, failures=failures, last_at=now() - timedelta(hours=1))
    command = [sys.executable, "-c", GUESSER, str(settings.database)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    tries = sum(int(process.communicate(timeout=60)[0]) for process in processes)
    assert tries == 1
    assert Slowdown.get().failures == failures + 1


# -- sessions


def begin(person):
    return sessions.begin(person, "Firefox on Windows")


def test_a_session_lives_until_it_is_idle_too_long(cast):
    secret = begin(cast.maya)
    SignIn.update(seen_at=now() - sessions.IDLE + timedelta(minutes=1)).execute()
    assert sessions.find(secret) == cast.maya
    SignIn.update(seen_at=now() - sessions.IDLE).execute()
    assert sessions.find(secret) is None


def test_a_session_ends_after_its_longest_time_however_busy(cast):
    secret = begin(cast.maya)
    SignIn.update(created_at=now() - sessions.LONGEST, seen_at=now()).execute()
    assert sessions.find(secret) is None


def test_only_the_hash_of_a_session_is_kept(cast):
    secret = begin(cast.maya)
    assert secret not in str(SignIn.select().dicts().get())


def test_a_session_ends_at_sign_out(cast):
    secret, other = begin(cast.maya), begin(cast.maya)
    sessions.end(secret)
    assert sessions.find(secret) is None
    assert sessions.find(other) == cast.maya


def test_a_new_password_ends_every_session_or_every_other(cast):
    here, there = begin(cast.maya), begin(cast.maya)
    actions.set_password(sessions.find(here), GOOD, keep=True)
    assert sessions.find(here) == cast.maya and sessions.find(there) is None
    actions.set_password(sessions.find(here), OTHER)
    assert sessions.find(here) is None


def test_a_coordinator_ends_sessions_and_closes_accounts(cast):
    secret = begin(cast.maya)
    assert accounts.end_sessions(cast.maya, cast.ruiz) == 1
    assert sessions.find(secret) is None
    secret = begin(cast.maya)
    accounts.end_account(cast.maya, cast.ruiz)
    assert sessions.find(secret) is None
    accounts.reopen_account(cast.maya, cast.ruiz)
    assert sessions.find(secret) is None, "an old session does not come back with the account"


def test_last_seen_is_written_at_most_every_five_minutes(cast):
    secret = begin(cast.maya)
    early = now() - timedelta(minutes=4)
    SignIn.update(seen_at=early).execute()
    sessions.find(secret)
    assert SignIn.get().seen_at == early
    SignIn.update(seen_at=now() - timedelta(minutes=6)).execute()
    sessions.find(secret)
    assert SignIn.get().seen_at > early


# -- codes


def test_a_code_is_read_in_any_case_with_or_without_dashes(cast):
    code = accounts.give_code(cast.maya, cast.okafor)
    assert len(code) == 14 and code.count("-") == 2
    for typed in (code, code.lower(), code.replace("-", ""), f"  {code.replace('-', ' ').lower()} "):
        assert actions.check_sign_in(cast.maya.email, typed) == (cast.maya, True)


def test_a_code_belongs_to_one_account(cast):
    code = accounts.give_code(cast.maya, cast.okafor)
    assert actions.check_sign_in(cast.leo.email, code) == (None, False)
    assert actions.check_sign_in("nobody@example.org", code) == (None, False)


def test_a_code_works_once(cast):
    code = accounts.give_code(cast.maya, cast.okafor)
    key = actions.find_key(KeyKind.CODE, actions.tidy_code(code), cast.maya)
    actions.set_password(cast.maya, GOOD, key=key)
    assert actions.check_sign_in(cast.maya.email, code) == (None, False)
    with pytest.raises(Refused):
        actions.set_password(cast.maya, OTHER, key=key)
    assert right(cast.maya) == cast.maya


def test_a_code_expires(cast):
    code = accounts.give_code(cast.maya, cast.okafor)
    Key.update(expires_at=now()).execute()
    assert actions.check_sign_in(cast.maya.email, code) == (None, False)


def test_a_new_code_takes_the_place_of_the_old(cast):
    old, new = accounts.give_code(cast.maya, cast.okafor), accounts.give_code(cast.maya, cast.ruiz)
    assert actions.check_sign_in(cast.maya.email, old) == (None, False)
    assert actions.check_sign_in(cast.maya.email, new) == (cast.maya, True)


def test_only_the_hash_of_a_code_is_kept(cast):
    code = accounts.give_code(cast.maya, cast.okafor).replace("-", "")
    assert code not in str(list(Key.select().dicts()))


def test_teachers_give_codes_to_students_only(cast):
    with pytest.raises(NotAllowed):
        accounts.give_code(cast.dana, cast.okafor)
    with pytest.raises(NotAllowed):
        actions.make_codes([cast.maya, cast.ruiz], cast.okafor)
    with pytest.raises(NotAllowed):
        accounts.give_code(cast.leo, cast.maya)
    assert Key.select().count() == 0
    assert accounts.give_code(cast.dana, cast.ruiz)


def test_three_hundred_codes_are_made_in_a_handful_of_queries(cast):
    from playhouse.test_utils import count_queries

    students = [factories.make_student() for _ in range(300)]
    old = accounts.give_code(students[0], cast.okafor)
    with count_queries() as counted:
        codes = actions.make_codes(students, cast.okafor)
    assert counted.count <= 12
    assert len(set(codes.values())) == 300
    assert actions.check_sign_in(students[0].email, old) == (None, False)
    assert actions.check_sign_in(students[299].email, codes[students[299].id]) == (students[299], True)


# -- invitations


def test_an_invitation_opens_once_and_is_replaced_by_the_next(cast):
    person, first = accounts.invite_teacher("Ann Bell", "ann@example.org", cast.ruiz)
    second = accounts.invite(person, cast.ruiz)
    assert actions.find_key(KeyKind.INVITATION, first) is None
    key = actions.find_key(KeyKind.INVITATION, second)
    assert actions.accept(key, "Ann B. Bell", GOOD).name == "Ann B. Bell"
    assert actions.find_key(KeyKind.INVITATION, second) is None
    assert right(Person.get_by_id(person.id)) == person


def test_a_bad_password_leaves_the_invitation_open(cast):
    person, token = accounts.invite_teacher("Ann Bell", "ann@example.org", cast.ruiz)
    key = actions.find_key(KeyKind.INVITATION, token)
    with pytest.raises(Refused):
        actions.accept(key, "Another Name", "password2026")
    assert actions.find_key(KeyKind.INVITATION, token)
    assert Person.get_by_id(person.id).name == "Ann Bell"


def test_the_keys_of_a_closed_account_open_nothing(cast):
    person, token = accounts.invite_teacher("Ann Bell", "ann@example.org", cast.ruiz)
    accounts.end_account(person, cast.ruiz)
    assert actions.find_key(KeyKind.INVITATION, token) is None
    accounts.reopen_account(person, cast.ruiz)
    assert actions.find_key(KeyKind.INVITATION, token) is None


def test_a_new_employer_is_not_checked_unless_the_coordinator_says_so(cast):
    person, _token = inviting.invite("Jo Hill", "jo@example.org", cast.ruiz, None, "Hill Farm")
    assert (person.employer.name, person.employer.state) == ("Hill Farm", "unverified")
    known, _token = inviting.invite("Al Reed", "al@example.org", cast.ruiz, None, "Reed Books", checked=True)
    assert Employer.get_by_id(known.employer_id).state == "verified"
    moves = [step.move for step in Step.of(known.employer)]
    assert moves == ["join", "verify"]


def test_a_person_joins_an_employer_that_is_here(cast):
    person, _token = inviting.invite("Jo Hill", "jo@example.org", cast.ruiz, cast.newcomer, checked=True)
    assert person.employer == cast.newcomer
    assert Employer.get_by_id(cast.newcomer.id).state == "verified"


def test_nothing_is_made_when_the_mail_address_is_taken(cast):
    with pytest.raises(accounts.Taken):
        inviting.invite("Jo Hill", cast.maya.email, cast.ruiz, None, "Hill Farm")
    assert not Employer.select().where(Employer.name == "Hill Farm").exists()


# -- accounts


def test_a_student_gets_a_username_nobody_has(cast):
    first = accounts.add_student({"name": "Zoë O'Neil"}, cast.ruiz)
    second = accounts.add_student({"name": "Zed Oneil"}, cast.ruiz)
    third = accounts.add_student({"name": "日本"}, cast.ruiz)
    assert first.username and second.username and third.username
    assert len({first.username, second.username, third.username}) == 3
    assert third.username.startswith("student")


def test_of_a_child_under_13_nothing_is_kept(cast):
    before = Person.select().count()
    young = today().replace(year=today().year - 12, day=1)
    with pytest.raises(Refused, match="under 13"):
        accounts.add_student({"name": "Too Young", "birth_date": young}, cast.ruiz)
    with pytest.raises(Refused, match="under 13"):
        accounts.change(cast.maya, cast.ruiz, {"name": "Changed Name", "birth_date": young})
    assert Person.select().count() == before
    assert Person.get_by_id(cast.maya.id).name == "Maya Rivera"


def test_a_change_names_what_changed_and_keeps_values_out_of_the_history(cast):
    born = today().replace(year=today().year - 15, day=1)
    assert accounts.change(cast.maya, cast.ruiz, {"name": "Maya R.", "grade": 10, "birth_date": born}) == [
        "name",
        "birth_date",
    ]
    step = Step.of(cast.maya).order_by(Step.id.desc()).get()
    assert step.facts == {"changed": ["name", "birth_date"]}
    assert str(born) not in step.detail
    assert accounts.change(cast.maya, cast.ruiz, {"name": "Maya R."}) == []


def test_a_mail_address_or_username_of_somebody_else_is_refused(cast):
    accounts.change(cast.leo, cast.ruiz, {"username": "lchen"})
    for values in ({"email": cast.leo.email}, {"username": "lchen"}):
        with pytest.raises(accounts.Taken):
            accounts.change(cast.maya, cast.ruiz, values)
    with pytest.raises(Refused, match="Keep a mail address"):
        accounts.change(cast.maya, cast.ruiz, {"email": ""})


def test_the_last_coordinator_stays_one(cast):
    for act in (
        lambda: accounts.change_role(cast.ruiz, cast.ruiz, "teacher"),
        lambda: accounts.end_account(cast.ruiz, cast.ruiz),
    ):
        with pytest.raises(Refused, match="only coordinator"):
            act()
    accounts.change_role(cast.okafor, cast.ruiz, "coordinator")
    with pytest.raises(Refused, match="only coordinator"):  # invited, and has never come: nobody could run the board
        accounts.change_role(cast.ruiz, cast.ruiz, "teacher")
    actions.set_password(cast.okafor, "window kettle lantern")
    accounts.change_role(cast.ruiz, cast.ruiz, "teacher")
    assert Person.get_by_id(cast.ruiz.id).role == "teacher"
    with pytest.raises(Refused):
        accounts.end_account(Person.get_by_id(cast.okafor.id), Person.get_by_id(cast.okafor.id))


@pytest.mark.parametrize("role", ["student", "employer", "", "admin"])
def test_a_teacher_becomes_nothing_but_a_coordinator(cast, role):
    with pytest.raises(NotAllowed):
        accounts.change_role(cast.okafor, cast.ruiz, role)
    with pytest.raises(NotAllowed):
        accounts.change_role(cast.maya, cast.ruiz, "coordinator")


def test_a_teacher_changes_nobodys_role(cast):
    with pytest.raises(NotAllowed):
        accounts.change_role(cast.okafor, cast.okafor, "coordinator")


def test_the_database_itself_refuses_two_live_keys_of_one_person(cast):
    accounts.give_code(cast.maya, cast.ruiz)
    with pytest.raises(IntegrityError), database.atomic():
        Key.create(kind="code", secret_hash="0" * 64, person=cast.maya, expires_at=now())


# -- profile


def test_a_profile_keeps_skills_once_and_proposes_unknown_ones(cast):
    fields = list(Field.shown())[:2]
    accounts.save_profile(cast.maya, ["Canva", "canva ", "Beekeeping", ""], [fields[0].id, 999999], cast.okafor)
    names = {row.skill.name: row.skill.state for row in PersonSkill.select().where(PersonSkill.person == cast.maya)}
    assert names == {"Canva": "approved", "Beekeeping": "proposed"}
    assert Skill.get(Skill.name == "Beekeeping").proposed_by == cast.maya
    assert [row.field_id for row in Interest.select()] == [fields[0].id]
    accounts.save_profile(cast.maya, [], [], None)
    assert (PersonSkill.select().count(), Interest.select().count()) == (0, 0)
    assert Person.get_by_id(cast.maya.id).adviser is None


def test_a_refused_skill_leaves_profiles_and_cannot_come_back(cast):
    accounts.save_profile(cast.maya, ["Beekeeping", "Canva"], [], None)
    Skill.update(state="refused").where(Skill.name == "Beekeeping").execute()
    assert [skill.name for skill in accounts.profile(cast.maya)[0]] == ["Canva"]
    accounts.save_profile(cast.maya, ["bee keeping", "Canva"], [], None)
    assert [row.skill.name for row in PersonSkill.select()] == ["Canva"]
