"""Pages and pieces: one address gives the whole page, or to HTMX the one region that changed.

The view names the region, never the client. A thing has a file (`_row.html`), a region has a block.
"""

from flask import Flask, Response, current_app, flash, redirect, render_template, request
from htmx_flask import Htmx
from werkzeug.urls import iri_to_uri


def init_app(app: Flask) -> None:
    Htmx(app)

    @app.after_request
    def vary(response: Response) -> Response:
        if "Vary" in response.headers:
            response.vary.add("HX-Request")
        else:
            response.headers.add("Vary", "HX-Request")
        return response


def wants_piece() -> bool:
    """HTMX asks for a region. Going back in history needs the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request and not request.htmx.boosted


def page(template: str, block: str = "", status: int = 200, **values):
    """The whole page; to HTMX, where a block is given, that block with the page's title."""
    if block and wants_piece():
        return piece(template, block, status, **values)
    return render_template(template, **values), status


def piece(template: str, block: str = "", status: int = 200, **values):
    """One file, or one block of a page preceded by its title (HTMX puts that in the tab)."""
    if not block:
        return render_template(template, **values), status
    current_app.update_template_context(values)
    made = current_app.jinja_env.get_template(template)
    context = made.new_context(values)
    words = "".join(made.blocks[block](context))
    title = "".join(made.blocks["title"](context)) if "title" in made.blocks else ""
    return (f"<title>{title}</title>{words}" if title else words), status


def go(address: str, words: str = "", kind: str = "good"):
    """Leave for another page, with words to show there. 303; HTMX is told in a header."""
    if words:
        flash(words, kind)
    if request.htmx:
        return Response(status=204, headers={"HX-Redirect": iri_to_uri(address)})
    return redirect(address, 303)
