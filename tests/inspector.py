"""A client that reads every page it gets as a browser would and refuses a bad one."""

from flask.testing import FlaskClient
from lxml import html


class PageClient(FlaskClient):
    """Every HTML answer is inspected; `client.page` is the parsed last one."""

    page = None

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code != 303 and response.data:
            text = response.get_data(as_text=True)
            whole = text.lstrip().lower().startswith("<!doctype")
            self.page = inspect(text, whole)
        return response

    def piece(self, address, **kwargs):
        """Ask as HTMX does."""
        return self.get(address, headers={"HX-Request": "true"}, **kwargs)


def inspect(text: str, whole: bool = True):
    """Parse a page (or a piece of one) and check what every page of this board promises."""
    tree = parsed(text, whole)
    found = [element for element in tree.iter() if isinstance(element.tag, str)]
    problems = []
    if whole:
        if not tree.get("lang"):
            problems.append("html has no lang")
        titles = [e for e in found if e.tag == "title" and words(e)]
        if not titles:
            problems.append("the page has no title")
        heads = [e for e in found if e.tag == "h1"]
        if len(heads) != 1:
            problems.append(f"{len(heads)} h1: {[words(e) for e in heads]}")
        if not any(e.get("id") == "main" for e in found):
            problems.append("no main")
    ids = [e.get("id") for e in found if e.get("id")]
    problems += [f"id {name!r} stands twice" for name in {n for n in ids if ids.count(n) > 1}]
    if any(e.get("id") == "" for e in found):
        problems.append("an empty id")
    labels = {e.get("for") for e in found if e.tag == "label"}
    inside = {id(child) for e in found if e.tag == "label" for child in e.iter()}
    for e in found:
        if e.get("style") is not None:
            problems.append(f"inline style on {e.tag}")
        if any(name.startswith("on") for name in e.attrib):
            problems.append(f"inline script on {e.tag}")
        is_data = e.tag == "script" and e.get("type") == "application/ld+json"  # no browser runs it
        if e.tag in ("script", "style") and not e.get("src") and not is_data:
            problems.append(f"inline {e.tag}")
        if e.tag in ("input", "select", "textarea") and e.get("type") not in ("hidden", "submit", "button"):
            named = e.get("aria-label") or e.get("aria-labelledby") or e.get("id") in labels or id(e) in inside
            if not named:
                problems.append(f"no label for {e.tag} {e.get('name')}")
        if (
            e.tag in ("a", "button")
            and not words(e)
            and not any(child.get("aria-label") or child.get("aria-labelledby") for child in e.iter())
        ):
            problems.append(f"a {e.tag} without words: {e.attrib}")
        if e.tag == "a" and not e.get("href"):
            problems.append(f"a link to nowhere: {words(e)}")
        if e.tag == "form" and e.get("method", "get").lower() not in ("get", "post", "dialog"):
            problems.append(f"form method {e.get('method')}")
        if e.tag == "img" and e.get("alt") is None:
            problems.append("an image without alt")
        for name in ("src", "href", "action"):
            value = e.get(name) or ""
            if e.tag in ("script", "link", "img", "form") and value.startswith(("http:", "https:", "//")):
                problems.append(f"{e.tag} leaves the site: {value}")
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            for target in (e.get(name) or "").split():
                if whole and target not in ids:
                    problems.append(f"{name} of {e.tag} names {target!r}, which is not there")
        if e.tag == "a" and (e.get("href") or "").startswith("#") and whole and e.get("href")[1:] not in ids:
            problems.append(f"a link to {e.get('href')}, which is not there")
    assert not problems, "\n".join(dict.fromkeys(problems)) + "\n\n" + text[:3000]
    return tree


def parsed(text: str, whole: bool = True):
    """The tree of a page, or of a piece of one under a div."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    sent = text.encode()
    return html.document_fromstring(sent, parser) if whole else html.fragment_fromstring(sent, "div", parser=parser)


def words(element) -> str:
    """The text of an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def by_id(tree, name: str):
    return next((e for e in tree.iter() if e.get("id") == name), None)


def having(tree, attribute: str, value: str | None = None) -> list:
    """Elements with an attribute (and value)."""
    return [
        e
        for e in tree.iter()
        if isinstance(e.tag, str) and e.get(attribute) is not None and value in (None, e.get(attribute))
    ]


def text_of(tree) -> str:
    return words(tree)
