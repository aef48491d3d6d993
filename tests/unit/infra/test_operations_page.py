"""What docs/operations.md names is there."""

import re

from infra.package_contents import ROOT

DOCS = (ROOT / "docs" / "operations.md").read_text()


def test_every_command_of_the_operations_page_is_there() -> None:
    for name in set(re.findall(r"python -m ((?:infra|shared)[\w.]*\w)", DOCS)):
        assert (ROOT / f"{name.replace('.', '/')}.py").is_file(), name
    for path in set(re.findall(r"`((?:infra|terraform|tests)/[\w./-]+)`", DOCS)):
        assert (ROOT / path).exists(), path


def test_every_link_within_the_page_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line).lower().replace(" ", "-")
        for line in re.findall(r"^## (.*)$", DOCS, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([\w-]+)\)", DOCS)) == headings
