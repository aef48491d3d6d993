"""Private names of the Firestore client are used where it was measured to pay, nowhere else.

Read as the client reads, a catalogue page of 24 styles decodes 24 documents that nobody looks at
if they have not changed (see `shared.firestore_wire`). A new version of the client may rename
what that module uses; then this test says so before an instance does.
"""

import re
from pathlib import Path

from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

ROOT = Path(__file__).parents[3]
ALLOWED = ROOT / "shared" / "firestore_wire.py"
PRIVATE = re.compile(
    r"\b(?:db|_db|client|transaction|query|reference|snapshot)\._[a-z]\w*|\b_helpers\b"
)


def test_only_one_module_uses_private_names() -> None:
    sources = [*(ROOT / "shared").rglob("*.py"), *(ROOT / "functions").rglob("*.py")]
    users = {path for path in sources if PRIVATE.search(path.read_text())}
    assert users == {ALLOWED}


def test_the_client_has_what_that_module_uses() -> None:
    used = set(re.findall(r"\b(?:db|query)\.(_[a-z]\w*)", ALLOWED.read_text()))
    assert used == {"_database_string", "_firestore_api", "_rpc_metadata", "_prep_stream"}
    db = Client(project="demo-test", credentials=AnonymousCredentials())
    query = db.collection("things").limit(1)
    assert all(hasattr(db, name) or hasattr(query, name) for name in used)
