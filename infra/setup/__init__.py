"""What `make` does before anything else; it runs on Python's standard library alone."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (whatever Python a machine has comes here)
    found = sys.version.split(maxsplit=1)[0]
    sys.exit(f"Python 3.11 or newer is needed, this is {found}: as in `make run PYTHON=python3.13`")
