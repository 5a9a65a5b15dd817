"""What is measured once: text that looks the same. Whatever looks otherwise is measured, on every page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Looks, violations
from tests.browser.test_axe import Looker

PAGE = """<!doctype html><html lang="en"><head><title>Page</title>
<style>body {{ background: #fff; color: #111 }} .dim {{ background: #777 }} .pale {{ color: #999 }} .faint {{ opacity: .3 }}
  .over {{ position: absolute; top: 0; left: 0 }} .under {{ position: absolute; top: 0; left: 0; width: 300px; height: 90px }}
  @media (width > 600px) {{ .phone {{ display: none }} }} @media (prefers-color-scheme: dark) {{ .night {{ color: #eee }} }}
</style></head><body><main><h1>Page</h1>{}</main></body></html>"""
WELL = "<p>Good to read</p><div class='dim'><b style='background: #fff'>On white again</b></div>"


@pytest.fixture
def wrong(windows):
    """What is wrong with pages that are shown one after the other."""
    with windows.lent() as window:
        page, tool, known = window.new_page(), Axe(), Looks()

        def of(body: str) -> str:
            page.set_content(PAGE.format(body))
            return "\n".join(violations(tool, page, known))

        yield of


@pytest.mark.parametrize(
    "body",
    [
        "<p class='pale'>Other letters</p>",
        "<div class='dim'><p>On another ground</p></div>",
        "<div class='faint'><p>Seen through</p></div>",
        "<div class='faint'><p style='background: #fff'>Seen through, on its own ground</p></div>",
        "<div class='under dim'></div><div class='over'><p>Over something it does not stand in</p></div>",
    ],
)
def test_what_looks_otherwise_is_measured_after_all_the_rest(wrong, body):
    assert wrong(WELL) == wrong(WELL) == ""
    assert "color-contrast" in wrong(WELL + body)


def test_what_reads_badly_is_said_of_every_page(wrong):
    for _ in range(2):
        assert "color-contrast" in wrong(WELL + "<p class='pale'>Other letters</p>")


@pytest.mark.parametrize(
    "body",
    [
        "<label>Name <input class='pale' value='Other letters'></label>",
        "<label>Name <textarea class='pale'>Other letters</textarea></label>",
        "<label>Name <select class='pale'><option>Other letters</option></select></label>",
    ],
)
def test_what_is_typed_is_measured_too(wrong, body):
    assert "color-contrast" in wrong(WELL + body)


def test_every_other_rule_is_asked_of_every_page(wrong):
    assert wrong(WELL + "<p><a href='/here'>Here</a></p>") == ""
    assert "link-name" in wrong(WELL + "<p><a href='/here'></a></p>")


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<nav class='phone' aria-label='Pages'><a href='/here'></a></nav>", "phone: link-name"),
        ("<p class='night'>Not seen at night</p>", "phone: color-contrast"),
        ("<a class='phone' href='/a'>a</a><br><a href='/b' style='font-size: 9px'>b</a> <a href='/c' style='font-size: 9px'>c</a>", "target-size"),
        ("<details><summary>More</summary><a href='/here'></a></details>", "desk: link-name"),
    ],
)  # fmt: skip
def test_what_a_phone_alone_shows_is_asked_everything(windows, body, rule):
    with windows.lent() as window:
        look = Looker(window, None)
        for name, shown in (("well", WELL), ("new", WELL + body)):
            look.page.set_content(PAGE.format(shown))
            look.look(name)
        look.page.close()
    assert not look.wrong["well"]
    assert rule in "\n".join(look.wrong["new"]), look.wrong
