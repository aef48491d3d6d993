"""What holds for Terraform's files as they are written, whatever a provider makes of them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "terraform"
MODULES = sorted(path.parent for path in ROOT.glob("modules/*/main.tf"))
ENVIRONMENTS = sorted(path.parent for path in ROOT.glob("environments/*/main.tf"))
FILES = sorted(path for path in ROOT.rglob("*.tf") if ".terraform" not in path.parts)
_BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
_VALIDATION = re.compile(r"^  validation \{\n.*?^  \}\n", re.MULTILINE | re.DOTALL)
_ARGUMENTS = re.compile(r'^module "sellin" \{\n(.*?)^\}\n', re.MULTILINE | re.DOTALL)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_variables_are_typed_and_validated_and_everything_is_described(path: Path) -> None:
    for kind, name, body in _BLOCK.findall(path.read_text()):
        assert re.search(r'^  description = ".{15,}\."$', body, re.MULTILINE), name
        if kind == "variable":
            assert re.search(r"^  type +=", body, re.MULTILINE), name
            unbounded = re.search(r"^  type += bool$", body, re.MULTILINE)
            assert "  validation {" in body or unbounded, name
            assert "any" not in re.findall(r"\b\w+\b", body.split("description")[0]), name


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_every_variable_and_local_is_used(module: Path) -> None:
    text = "".join(path.read_text() for path in module.glob("*.tf"))
    for kind, name, _ in _BLOCK.findall(text):
        uses = re.search(rf"\bvar\.{name}\b", _VALIDATION.sub("", text))
        assert kind == "output" or uses, name
    for body in re.findall(r"^locals \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        for name in re.findall(r"^  (\w+) += ", body, re.MULTILINE):
            assert re.search(rf"\blocal\.{name}\b", text), name


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_keeps_what_tflint_recommends(path: Path) -> None:
    """Those of its rules that no other check here knows; tflint itself is on no index we use."""
    text = path.read_text()
    assert not re.search(r'= "\$\{[^{}"]*\}"$', text, re.MULTILINE), "a lone interpolation"
    assert not re.search(r"^\s*(//|/\*)", text, re.MULTILINE), "comments begin with #"
    assert not re.search(r"[a-z_\]]\.\d", text), "an index in brackets, not by a dot"
    for kind, name in re.findall(r'^(?:resource|data) "(\w+)" "([^"]+)"', text, re.MULTILINE):
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name
        assert kind.startswith("google_"), f"{kind} needs a provider that nobody requires"
    for name in re.findall(r'^data "\w+" "(\w+)"', text, re.MULTILINE):
        assert re.search(rf"\bdata\.\w+\.{name}\b", text), name
    for source in re.findall(r'^  source += "([^"]+)"', text, re.MULTILINE):
        assert source.startswith("."), "a module from elsewhere needs a version"


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_module_has_the_usual_files_and_versions(module: Path) -> None:
    names = {path.name for path in module.glob("*.tf")}
    assert names >= {"main.tf", "outputs.tf", "variables.tf", "versions.tf"}
    for name in names - {"variables.tf"}:
        assert len((module / name).read_text().splitlines()) < 400, name
    versions = (module / "versions.tf").read_text()
    assert re.search(r'required_version = ">= [\d.]+"', versions)
    assert re.findall(r'version = "(~> [\d.]+)"', versions) == ["~> 7.0"]
    kinds = {
        "variables.tf": r"^variable$",
        "outputs.tf": r"^(output|locals)$",
    }
    for name, allowed in kinds.items():
        blocks = re.findall(r"^(\w+) ", (module / name).read_text(), re.MULTILINE)
        assert all(re.match(allowed, block) for block in blocks), name


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_module_is_explained_by_an_example_that_its_tests_plan(module: Path) -> None:
    example = (module / "tests" / "example" / "main.tf").read_text()
    readme = (module / "README.md").read_text()
    assert f"```hcl\n{example}```" in readme
    tests = "".join(path.read_text() for path in module.glob("tests/*.tftest.hcl"))
    assert 'source = "./tests/example"' in tests


def test_environments_differ_in_their_arguments_only() -> None:
    texts = [(folder / "main.tf").read_text() for folder in ENVIRONMENTS]
    frames = {
        re.sub(r"(project = \{ id = )[^}]*", r"\1", _ARGUMENTS.sub("", text)) for text in texts
    }
    assert len(ENVIRONMENTS) == 3
    assert len(frames) == 1
    named = {
        tuple(re.findall(r"^  (\w+) +=", found[1], re.MULTILINE))
        for text in texts
        if (found := _ARGUMENTS.search(text))
    }
    assert len(named) == 1
    tests = {(folder / "tests" / "environment.tftest.hcl").read_text() for folder in ENVIRONMENTS}
    assert len(tests) == 1


def test_triggers_set_only_what_their_pipelines_read() -> None:
    text = (ROOT / "modules" / "delivery" / "main.tf").read_text()
    triggers = re.findall(
        r'"(infra/pipelines/[\w-]+\.yaml)".*?substitutions = \{\n(.*?)\n  \}', text, re.DOTALL
    )
    assert len(triggers) == 4
    for path, body in triggers:
        pipeline = (ROOT.parent / path).read_text()
        block = pipeline[pipeline.index("substitutions:\n") : pipeline.index("steps:\n")]
        read = set(re.findall(r"^  (_\w+):", block, re.MULTILINE))
        assert set(re.findall(r"^    (_\w+) +=", body, re.MULTILINE)) <= read


def test_what_is_counted_in_the_logs_is_what_the_functions_log() -> None:
    module = ROOT / "modules" / "observability"
    text = "".join(path.read_text() for path in sorted(module.glob("*.tf")))
    sayings = re.findall(r'^    "([A-Za-z, ]+)" += \{ title =', text, re.MULTILINE)
    code = "".join(
        path.read_text()
        for folder in ("functions", "shared")
        for path in (ROOT.parent / folder).rglob("*.py")
    )
    logged = set(re.findall(r'\.(?:exception|error|warning)\(\s*"([A-Za-z, ]+)"', code))
    assert set(sayings) <= logged
    info = set(re.findall(r'(?:\.info|\btell)\(\s*"([A-Za-z ]+)"', code))
    assert {"applied", "export"} <= info & set(re.findall(r'message=\\"(\w+)\\"', text))
    assert "age_seconds=" in code
    assert "EXTRACT(jsonPayload.age_seconds)" in text
    # What is logged as an error is for a person to see to; an exception may mend itself.
    assert set(re.findall(r'\.error\(\s*"([A-Za-z, ]+)"', code)) <= set(sayings)
