"""The form of an archive and the words for a difference, without sources."""

import io
import zipfile
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from infra.package import archive
from infra.package_explain import explain
from infra.package_requirements import canonical, read_pins

NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True).map("/".join)


@given(st.dictionaries(NAMES, st.binary(), min_size=1), st.randoms())
def test_an_archive_depends_on_its_files_only_and_gives_them_back(
    files: dict[str, bytes], random: Random
) -> None:
    shuffled = list(files.items())
    random.shuffle(shuffled)
    content = archive(dict(shuffled))
    assert content == archive(files)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert {name: made.read(name) for name in made.namelist()} == files
        for entry in made.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == 0o100644
            assert entry.extra == b""
            assert entry.compress_type == zipfile.ZIP_STORED


@given(st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", fullmatch=True))
def test_a_name_is_canonical_once(name: str) -> None:
    assert canonical(canonical(name)) == canonical(name)
    assert read_pins(f"{name}==1.0  # why") == {canonical(name): "1.0"}


def _write(path: Path, **changes: str) -> Path:
    files = {"main.py": "from functions.carts.main import main as main\n", **changes}
    path.write_bytes(archive({name: text.encode() for name, text in files.items()}))
    return path


def test_each_difference_between_two_archives_is_named(tmp_path: Path) -> None:
    shared, gone = "shared/http/app.py", "functions/carts/gone.py"
    old = _write(
        tmp_path / "old.zip", **{shared: "1", gone: "", "requirements.txt": "a==1\nb==1\nc==1\n"}
    )
    new = _write(
        tmp_path / "new.zip",
        **{shared: "2", "x.json": "", "requirements.txt": "a==2\nb==1\nd==1\n"},
    )
    assert list(explain(old, new)) == [
        "functions/carts/gone.py: gone",
        "requirements.txt: a 1 → 2",
        "requirements.txt: c 1 is gone",
        "requirements.txt: d 1 is new",
        "shared/http/app.py: changed (functions.carts.main → shared.http.app)",
        "x.json: new",
    ]
    assert list(explain(old, old)) == []
