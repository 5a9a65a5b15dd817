"""`app` for any WSGI server."""

import gc

from board import create_app

app = create_app()
gc.set_threshold(10_000, 20, 20)  # a page makes some thousand things and lets go of nearly all of them by itself
gc.freeze()  # what stands now stays: the collector need not walk through it while somebody waits
