"""The house: which way imports run, what each file may know, and what a template may hold."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOARD = ROOT / "board"

# a noun knows those before it, never those after it
NOUNS = ("audit", "school", "people", "mail", "employers", "checks", "postings", "applications", "guardians",
         "placements", "experience", "reports", "suggestions", "privacy")  # fmt: skip
# whoever writes may also write a letter: the people before it too
POST = ("board.mail.actions", "board.mail.links")
LAYERS = {"model": 0, "rules": 1, "actions": 2, "forms": 3, "views": 4}
FLASK = ("flask", "flask_babel", "flask_login", "flask_wtf", "htmx_flask", "werkzeug", "wtforms")
LONGEST = 315  # lines; most files stay under 200
LONGER = {
    "migrations/0001_first_tables.py": "frozen, and one table after the other",
    "migrations/0010_placements.py": "frozen, and one table after the other",
    "postings/model.py": "twelve tables",
    "placements/model.py": "seventeen tables",
    "notices.py": "one kind of step after the other",
    "postings/actions.py": "one verb after the other",
}


def sources():
    return sorted(path for path in BOARD.rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(BOARD))


def imported(path: Path, top_only: bool = False) -> set[str]:
    """Every module a file imports, as dotted names; `from a import b` counts as a and a.b."""
    tree = ast.parse(path.read_text("utf-8"))
    found: set[str] = set()
    for node in tree.body if top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def noun_of(path: Path) -> str | None:
    folder = path.relative_to(BOARD).parts[0]
    return folder if folder in NOUNS else None


def path_of(module: str) -> Path | None:
    """The file of a module of ours."""
    base = ROOT.joinpath(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def quiet_files() -> list[Path]:
    """What runs without a browser: models, rules, actions, the search, the worker; and every file they lean on."""
    names = ("db.py", "moves.py", "words.py", "notices.py", "tasks.py", "doctor.py", "backups.py")
    waiting = [BOARD / name for name in names]
    waiting += [path for path in sources() if noun_of(path) and path.stem in ("model", "rules", "actions")]
    waiting += [*(BOARD / "search").glob("*.py"), *(BOARD / "demo").glob("*.py")]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            modules = {name for name in imported(path) if name.startswith("board.")}
            waiting += [leaned_on for leaned_on in map(path_of, modules) if leaned_on]
    return sorted(found)


@pytest.mark.parametrize("path", quiet_files(), ids=name_of)
def test_what_runs_without_a_browser_knows_nothing_of_flask(path):
    assert not {name for name in imported(path) if name.split(".")[0] in FLASK}


@pytest.mark.parametrize("path", [path for path in quiet_files() if noun_of(path)], ids=name_of)
def test_a_noun_knows_only_those_before_it(path):
    own = NOUNS.index(noun_of(path))
    names = {name for name in imported(path) if not name.startswith(POST)}
    known = {name.split(".")[1] for name in names if name.startswith("board.") and name.count(".") > 0} - {"mail"}
    assert not [name for name in names if own < NOUNS.index("mail") and re.match(r"board\.mail\.\w+", name)]
    assert {noun for noun in known if noun in NOUNS and NOUNS.index(noun) > own} == set()


@pytest.mark.parametrize("path", [path for path in sources() if noun_of(path) and path.stem in LAYERS], ids=name_of)
def test_a_layer_knows_only_those_below_it(path):
    own = LAYERS[path.stem]
    above = set()
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "board" and len(parts) > 2 and parts[1] in NOUNS and LAYERS.get(parts[2], 0) > own:
            above.add(".".join(parts[:3]))
    assert above == set()


def test_moves_stand_between_people_and_the_other_nouns():
    assert {n for n in imported(BOARD / "moves.py") if n.startswith("board.")} & {
        "board.employers",
        "board.postings",
    } == set()
    for noun in ("school", "people"):
        assert not {name for name in imported(BOARD / noun / "model.py") if name.startswith("board.moves")}


def test_the_search_reads_models_and_nothing_above_them():
    for path in (BOARD / "search").glob("*.py"):
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "board" and len(parts) > 2 and parts[1] in NOUNS:
                assert parts[2] == "model", f"{name_of(path)} imports {name}"


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("whoosh", "search"),
        ("huey", "tasks.py"),
        ("argon2", "people"),
        ("nh3", "drawing.py"),
        ("segno", "drawing.py"),
        ("icalendar", "calendar"),
        ("joserfc", "experience"),
    ],
)
def test_one_place_knows_each_library(library, home):
    users = {name_of(path) for path in sources() if any(name.split(".")[0] == library for name in imported(path))}
    assert users and all(name.startswith(home) for name in users)


def test_every_noun_says_what_it_means():
    for noun in NOUNS:
        first = BOARD / noun / "__init__.py"
        if first.parent.is_dir():
            assert ast.get_docstring(ast.parse(first.read_text("utf-8"))), noun


def test_every_file_says_what_it_is_for():
    silent = [name_of(path) for path in sources() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_no_file_is_a_drawer_for_odds_and_ends():
    drawers = {
        "utils",
        "util",
        "helpers",
        "helper",
        "services",
        "service",
        "repositories",
        "common",
        "misc",
        "managers",
    }
    assert {name_of(path) for path in BOARD.rglob("*") if path.stem in drawers} == set()


def test_no_file_grows_beyond_reading():
    long = {name_of(path) for path in sources() if len(path.read_text("utf-8").splitlines()) > LONGEST}
    assert long - set(LONGER) == set()
    lengths = [len(path.read_text("utf-8").splitlines()) for path in sources()]
    assert sum(length <= 200 for length in lengths) >= 0.8 * len(lengths)


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK|[Cc]oming soon|[Ll]orem ipsum)\b")
    texts = [path for path in BOARD.rglob("*") if path.suffix in (".py", ".html", ".toml", ".css", ".js")]
    texts = [path for path in texts if "vendor" not in path.parts and path.name != "common_passwords.txt"]
    assert {name_of(path) for path in texts if marks.search(path.read_text("utf-8"))} == set()


def test_the_top_of_the_tree_is_short():
    known = {
        "board", "tests", "bench", "docs", "script", "search_index", "wsgi.py", "requirements.txt", "requirements-dev.txt",
        "pyproject.toml", "README.md", "LICENSE", "instance",
    }  # fmt: skip
    assert {path.name for path in ROOT.iterdir() if not path.name.startswith((".", "__"))} <= known


# -- templates

TEMPLATES = sorted((BOARD / "templates").rglob("*.html"))
# a letter has a plain text beside it; mail programs read no stylesheet, so what it is made of carries its look
LETTERS = {p for p in TEMPLATES if p.parent.name == "mail" and (p.with_suffix(".txt").exists() or p.stem == "_parts")}
JINJA = re.compile(
    r"\{% block width %\}.*?\{% endblock %\}|\{%-?\s*trans\b.*?%\}.*?\{%-?\s*endtrans.*?%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.S,
)
TAG = re.compile(r"<(pre|code)\b.*?</\1>|<!--.*?-->|<[a-zA-Z/!][^<>]*>", re.S)
SPOKEN = re.compile(r"\b(?:alt|title|placeholder|aria-label)=\"([^\"]*)\"")
SAME_EVERYWHERE = {"English", "Español", "nbsp", "middot", "times", "amp", "ok"}


def words_in(text: str) -> set[str]:
    return {word for word in re.findall(r"(?<![\w/-])[^\W\d_]{2,}", text) if word not in SAME_EVERYWHERE}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(BOARD / "templates")))
def test_every_word_of_a_template_goes_through_gettext(path):
    rest = JINJA.sub(" ", path.read_text("utf-8"))
    spoken = " ".join(SPOKEN.findall(rest))
    bare = re.sub(r"[\w:-]+=\"[^\"]*\"", " ", TAG.sub(" ", rest))  # a macro may draw attributes alone
    assert words_in(bare) | words_in(spoken) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(BOARD / "templates")))
def test_a_template_holds_no_script_style_or_handler(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)
    if path in LETTERS:
        text = re.sub(r'\sstyle="[^"<>{}]*"', "", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|hx-vals=.js:|javascript:|\|\s*safe\b", text, re.I)
    text = text.replace('<script type="application/ld+json">', "")  # data: no browser runs it
    assert not re.search(r"<script(?![^>]*\bsrc=)", text, re.I)
    assert not re.search(r"hx-trigger=\"(?:[^\"]*,\s*)?[\w:-]+\[", text)


def test_the_frame_of_templates_is_read_at_all():
    assert words_in(TAG.sub(" ", JINJA.sub(" ", "<p>Hello {{ name }} {% trans %}fine{% endtrans %}</p>"))) == {"Hello"}
    assert len(TEMPLATES) > 10


def test_the_stylesheet_closes_what_it_opens():
    """What follows an open brace of @media would hold on wide screens alone, and never on paper."""
    text = re.sub(r"/\*.*?\*/", "", (BOARD / "static" / "board.css").read_text("utf-8"), flags=re.S)
    depth = 0
    for line in text.splitlines():
        depth += line.count("{") - line.count("}")
        assert 0 <= depth <= 2 and not (line.startswith("@media") and line.endswith("{") and depth != 1), line
    assert depth == 0
