"""Keeps today's documents for good: `python -m tests.stored.freeze NAME`, e.g. a release's.

To be run when documents come to look different, which `test_stored` tells, and after that of
whoever else changed them; a folder that no release has written may be deleted before.
"""

import os
import sys
import tempfile
from pathlib import Path

from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from emulators.local import sdk
from tests.stored.documents import FOLDER, folders
from tests.stored.samples import made_today
from tests.support import servers


def main(name: str) -> int:
    """Write the samples below a new folder; the exit status."""
    last = int(folders()[-1].name.partition("-")[0]) if folders() else 0
    folder = FOLDER / f"{last + 1}-{name}"
    servers.begin_run()
    try:
        host = servers.shared_server("firestore", sdk.firestore_command)
        os.environ["FIRESTORE_EMULATOR_HOST"] = host
        db = Client(project=f"freeze-{os.getpid()}", credentials=AnonymousCredentials())
        with tempfile.TemporaryDirectory() as state:
            for sample in made_today(db, Path(state)):
                sample.write(folder)
        sys.stdout.write(f"{folder} holds what a release must be able to read from now on\n")
    finally:
        servers.end_run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
