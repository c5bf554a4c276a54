"""`app` for any WSGI server. `python app.py …` runs a command of `weather.cli`."""

from __future__ import annotations

import gc
import sys

if __name__ == "__main__":
    from weather.cli.main import main

    sys.exit(main(sys.argv[1:]))
else:
    gc.disable()  # until all is imported: nothing of it is garbage

    from weather import validation
    from weather.cli.serve import wsgi_application
    from weather.settings import Settings

    app = wsgi_application(Settings.from_environment(check=validation.problems))
    gc.freeze()  # so that no collection looks at it
    gc.enable()
