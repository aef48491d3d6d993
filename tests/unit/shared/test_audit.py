"""Nobody changes the audit."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CHANGES = re.compile(r"\.(set|update|delete|save|create)\(")


def test_entries_are_created_in_one_place_and_changed_in_none() -> None:
    sources = [path for folder in ("functions", "shared") for path in (ROOT / folder).rglob("*.py")]
    named = {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for path in sources
        if re.search(r"""["']audit["'/]""", path.read_text())
    }
    assert set(named) == {"shared/audit.py", "shared/audit_search.py"}
    assert CHANGES.findall(named["shared/audit.py"]) == ["create", "create"]
    assert CHANGES.findall(named["shared/audit_search.py"]) == []
