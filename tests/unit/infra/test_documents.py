"""What the repository's pages lead to is there, and what its workflows call."""

import re
from pathlib import Path

import pytest

from infra.package_contents import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
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


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    paths = re.findall(rf"`((?:{_FOLDERS})/[\w./*-]*)`", page.read_text())
    assert [path for path in paths if not list(ROOT.glob(path))] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_name_beside_a_path_is_of_that_file(page: Path) -> None:
    text = " ".join(page.read_text().split())
    file, name = rf"`((?:{_FOLDERS})/[\w./-]*\.py)`", r"`([A-Za-z_]\w*)`"
    named = re.findall(rf"{file} \({name}\)", text)
    named += [(path, word) for word, path in re.findall(rf"{name} in {file}", text)]
    assert [(path, word) for path, word in named if word not in (ROOT / path).read_text()] == []


def test_every_make_target_that_a_page_or_a_workflow_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in [*PAGES, *WORKFLOWS, ROOT / ".pre-commit-config.yaml"]:
        named = set(
            re.findall(r"(?:`|^|run: |entry: )make ([a-z-]+)", page.read_text(), re.MULTILINE)
        )
        assert named <= targets, page


def test_actions_are_those_of_a_commit_and_may_only_read() -> None:
    for workflow in WORKFLOWS:
        text = workflow.read_text()
        for action in re.findall(r"uses: (\S+)", text):
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
        assert "permissions:\n  contents: read\n" in text
