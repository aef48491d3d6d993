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


def _anchors(page: Path) -> set[str]:
    """What a link can name after #: the headings as GitHub names them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line).lower().replace(" ", "-") for line in headings}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_to_a_file_and_its_heading(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert re.match(r"[a-z]+:", link) or target.exists(), link
        assert not anchor or anchor in _anchors(target), link


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
