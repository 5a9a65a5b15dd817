"""Signing in, in the browser, with and without script."""

import pytest

from board.people import actions
from board.people.model import Key, KeyKind
from tests.browser.conftest import PHONE, no_sideways_scroll


@pytest.mark.parametrize("script", [True, False])
def test_a_student_signs_in_with_a_slip_and_then_with_a_password(browse, cast, axe, script):
    code = actions.make_key(KeyKind.CODE, cast.maya, cast.okafor, actions.rules.CODE_LASTS)
    page = browse(script=script, viewport=PHONE)
    page.goto("/projects")
    page.get_by_label("Mail address or username").fill(cast.maya.email.upper())
    page.get_by_label("Password or sign-in code").fill(actions.spell_code(code).lower())
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Save and go on").click()
    assert "12 characters" in page.locator("#errors").inner_text()
    page.get_by_label("New password").fill("three quiet marigolds")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_text("Welcome, Maya").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in")
    page.get_by_label("Mail address or username").fill(cast.maya.email)
    page.get_by_label("Password or sign-in code").fill("three quiet marigolds")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
    assert Key.select().where(Key.person == cast.maya, Key.used_at.is_null()).count() == 0
    no_sideways_scroll(page)
    if script:
        axe(page)


def test_errors_of_the_sign_in_page_get_the_focus_and_pass_axe(browse, cast, axe):
    page = browse()
    page.goto("/sign-in")
    axe(page)
    page.get_by_label("Mail address or username").fill("nobody@example.org")
    page.get_by_label("Password or sign-in code").fill("not the password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.locator("#errors").wait_for()
    assert page.evaluate("document.activeElement.id") == "errors"
    assert page.get_by_label("Mail address or username").input_value() == "nobody@example.org"
    axe(page)
