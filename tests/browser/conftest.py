"""The board in a real browser: a server on a free port, Chromium, and axe for what can be measured of accessibility.

Without Chromium these tests skip in words; with REQUIRE_BROWSER=1 they fail instead.
"""

import atexit
import os
import shutil
import socket
import threading
from collections import defaultdict
from contextlib import ExitStack, contextmanager, suppress
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from board.people import sessions

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}  # WCAG 1.4.10
PATIENCE = 10_000  # milliseconds

pytestmark = pytest.mark.browser


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
    )
    if path is None:
        words = "no Chromium on this machine: journeys in the browser are not tested"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        arguments = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            # only this board's pages are opened: one process draws all of a window's
            "--disable-site-isolation-trials",
            "--process-per-site",
            "--renderer-process-limit=1",
        ]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Quiet(WSGIRequestHandler):
    # seconds; Chromium opens connections ahead of need, and the one thread would wait for ever on one that stays empty
    timeout = 3

    def log(self, *args, **kwargs):
        pass


@cache
def door() -> socket.socket:
    """A free port of this machine, held as long as the process runs: a window that is used again knows one address."""
    made = socket.create_server(("127.0.0.1", 0), backlog=128)
    atexit.register(made.close)
    return made


@contextmanager
def serving(app):
    """An app on that port. One thread, as a worker of the real server has."""
    app.config["WTF_CSRF_ENABLED"] = True
    host, port = door().getsockname()
    made = make_server(host, port, app, threaded=False, request_handler=Quiet, fd=door().fileno())
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://{host}:{port}"
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def server(app):
    """The app under test."""
    with serving(app) as address:
        yield address


class Windows:
    """Windows (Playwright's contexts) that are used again: a new one starts processes and reads every script anew, half
    a second of work. Nobody finds in one what another left: given back, it loses its pages, cookies and all it stored."""

    def __init__(self, browser):
        self.browser, self.free, self.crashed = browser, defaultdict(list), set()

    @contextmanager
    def lent(self, viewport=DESK, script=True, scheme="light", first=""):
        """A window of this kind; `first` is a script that runs before a page's own."""
        host, port = door().getsockname()
        free = self.free[tuple(viewport.values()), script, scheme, first]
        context = free.pop() if free else self.new(f"http://{host}:{port}", viewport, script, scheme, first)
        try:
            yield context
        finally:
            stays, *pages = context.pages
            for page in pages:
                page.close()
            context.clear_cookies()
            store = context.new_cdp_session(stays)
            store.send("Storage.clearDataForOrigin", {"origin": f"http://{host}:{port}", "storageTypes": "all"})
            store.detach()
            if context in self.crashed:
                context.close()
            else:
                free.append(context)

    def new(self, address: str, viewport, script: bool, scheme: str, first: str):
        context = self.browser.new_context(
            base_url=address,
            viewport=viewport,
            java_script_enabled=script,
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        if first:
            context.add_init_script(first)
        stays = context.new_page()  # empty; the process lives as long as it has a page
        stays.on("crash", lambda: self.crashed.add(context))
        return context


@pytest.fixture(scope="session")
def windows(chromium):
    return Windows(chromium)


@pytest.fixture
def browse(app, server, windows):
    """`browse(person, viewport=PHONE, script=False)` opens a page; whatever the browser complains of fails the test."""
    opened_windows, complaints = ExitStack(), []

    def opened(person=None, viewport=DESK, script=True, scheme="light"):
        context = opened_windows.enter_context(windows.lent(viewport, script, scheme))
        if person:
            context.add_cookies([cookie(app, server, {"_user_id": sessions.begin(person, "Test"), "_fresh": True})])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda message: heard(message, complaints))
        return page

    with opened_windows:
        yield opened
    assert not complaints, complaints


def cookie(app, server: str, session: dict) -> dict:
    """The board's cookie with this session in it, as Playwright takes it."""
    return {"name": "board", "value": app.session_interface.get_signing_serializer(app).dumps(session), "url": server}


def heard(message, complaints: list) -> None:
    """A console error is a complaint, unless it only repeats an answer the test asked for (409, 422, 404), or that a
    request was given up for a newer one."""
    repeats = ("htmx:sendAbort", "htmx:afterRequest")
    if (
        message.type == "error"
        and "Failed to load resource" not in message.text
        and not message.text.startswith(repeats)
    ):
        complaints.append(f"console: {message.text}")


@pytest.fixture
def axe():
    """`axe(page)` fails with words for everything WCAG 2.2 AA (as far as axe knows) and good practice forbid."""
    tool = Axe()

    def check(page) -> None:
        words = violations(tool, page, LOOKS)
        assert not words, f"{page.url}\n" + "\n".join(words)

    return check


class Looks(set):
    """How text looked whose contrast axe has measured, and found good. Two thirds of axe's time go into that, and pages
    are much alike; all its other rules are asked of every element of every page."""


# what reads well in one test does so in the next
LOOKS = Looks()


# How an element's text looks: its own letters, and all that is painted behind them. Where it hangs over something it
# does not stand in, what is behind is not known from its ancestors: it is measured wherever it is met.
MEASURE = r"""async ([options, known]) => {
  const before = new Set(known), looks = new Map(), grounds = new Map([[null, {paint: "", hangs: false}]]);
  const ground = one => {
    if (grounds.has(one)) return grounds.get(one);
    const style = getComputedStyle(one), within = ground(one.parentElement), color = style.backgroundColor;
    const through = [style.backgroundImage, style.opacity, style.filter, style.mixBlendMode].join();
    const plain = through === "none,1,none,normal", hangs = !/^(static|relative)$/.test(style.position) || style.transform !== "none";
    const made = {
      paint: plain && color === "rgba(0, 0, 0, 0)" ? within.paint : `${within.paint}|${color},${through}`,
      hangs: !(plain && /^rgb\(/.test(color)) && (hangs || within.hangs),
    };
    grounds.set(one, made);
    return made;
  };
  const hash = text => {
    let high = 0xdeadbeef, low = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    return `${high >>> 0}.${low >>> 0}`;
  };
  const written = one => [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim());
  for (const one of document.querySelectorAll("*")) {
    if (!written(one) && !one.matches("input, select, textarea")) continue;  // no letters
    const {paint, hangs} = ground(one), style = getComputedStyle(one);
    const letters = [style.color, style.fontSize, style.fontWeight, style.textShadow, style.webkitTextFillColor];
    const look = hangs ? "" : hash([paint, ...letters].join(";"));
    if (!before.has(look)) looks.set(one, look);
  }
  for (const one of looks.keys()) one.setAttribute("data-measure", "");
  axe.configure({rules: [{id: "color-contrast", selector: "[data-measure]"}]});
  const found = await axe.run(options);
  for (const one of looks.keys()) one.removeAttribute("data-measure");
  const those = rules => rules.filter(rule => rule.id === "color-contrast").flatMap(rule => rule.nodes.map(node => looks.get(node.element)));
  const bad = new Set(those(found.violations));
  return {
    looks: those(found.passes).filter(look => look && !bad.has(look)),
    wrong: found.violations.map(({id, help, nodes}) => `${id}: ${help}\n  ` + nodes.slice(0, 4).map(
      node => `${node.html.slice(0, 200)} | ${String(node.failureSummary).slice(0, 300)}`).join("\n  ")),
  };
}"""


def violations(tool: Axe, page, known: Looks, rules: dict = EVERYTHING) -> list[str]:
    """Every one of these rules that this page breaks, with the elements that break it."""
    # what moves is measured where it comes to rest
    page.evaluate("Promise.all(document.getAnimations().map(a => a.finished.catch(() => 0)))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(tool.axe_script)
    options = {
        "runOnly": rules,
        "resultTypes": ["violations", "passes"],
        "selectors": False,
        "elementRef": True,
    }
    found = page.evaluate(MEASURE, [options, list(known)])
    known.update(found["looks"])
    return found["wrong"]


WIDER = """() => document.readyState === "complete"
  && `${document.documentElement.scrollWidth - document.documentElement.clientWidth}`"""


def no_sideways_scroll(page) -> None:
    """Measured once the page is there: between two pages there is nothing to measure. Without script nothing in the page
    can wait for that, so that it is asked from here."""
    wide = False
    while wide is False:
        page.wait_for_load_state()
        with suppress(Error):  # gone for the next page in this very moment
            wide = page.evaluate(WIDER)
    assert int(wide) <= 0, f"{page.url} is {wide}px wider than the window"
