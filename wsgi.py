"""`app` for any WSGI server."""

import gc

from board import create_app

app = create_app()
gc.freeze()  # what stands now stays: the collector need not walk through it while somebody waits
