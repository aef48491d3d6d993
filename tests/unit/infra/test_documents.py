"""What the repository's pages lead to is there."""

import re
from pathlib import Path

import pytest

from infra.package_contents import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RECIPES = [ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
_FOLDERS = "docs|emulators|functions|infra|shared|terraform|tests|web"


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text())
    missing = [
        link
        for link in links
        if not re.match(r"[a-z]+:", link) and not (page.parent / link).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("page", RECIPES, ids=_name)
def test_every_path_of_a_recipe_is_there(page: Path) -> None:
    paths = re.findall(rf"`((?:{_FOLDERS})/[\w./*-]*)`", page.read_text())
    assert paths
    assert [path for path in paths if not list(ROOT.glob(path))] == []


def test_every_make_target_that_a_page_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(), re.MULTILINE))
        assert named <= targets, page
