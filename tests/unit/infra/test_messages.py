import gettext
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from infra import messages

CODE = """
PLAIN = N_("Please sign in.")
WITH = N_("Choose a day from %(first)s to %(last)s.")
COUNTED = N_plural("%(count)s piece of %(sku)s", "%(count)s pieces of %(sku)s")
UNMARKED = "Not for people"
"""
PLAIN = 'msgid "Please sign in."\nmsgstr "Prosimy się zalogować."\n'
WITH = (
    'msgid "Choose a day from %(first)s to %(last)s."\n'
    'msgstr "Proszę wybrać dzień od %(first)s do %(last)s."\n'
)
COUNTED = (
    'msgid "%(count)s piece of %(sku)s"\nmsgid_plural "%(count)s pieces of %(sku)s"\n'
    'msgstr[0] "%(count)s sztuka %(sku)s"\n'
    'msgstr[1] "%(count)s sztuki %(sku)s"\n'
    'msgstr[2] "%(count)s sztuk %(sku)s"\n'
)
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && '
    '(n%100<10 || n%100>=20) ? 1 : 2);\\n"\n'
)

Translate = Callable[..., Path]


@pytest.fixture
def translate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Translate:
    """Writes the Polish catalogue, the only one, of a repository with one module."""
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions" / "orders.py").write_text(CODE)
    (tmp_path / "shared").mkdir()
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "LOCALES", tmp_path / "locales")
    monkeypatch.setattr(messages, "LANGUAGES", ("pl",))

    def write(*entries: str) -> Path:
        path = tmp_path / "locales" / "pl" / "LC_MESSAGES" / "sellin.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join((HEADER, *entries)))
        return path

    return write


def _faults() -> list[str]:
    return list(messages.check("pl", messages.extract()))


def test_a_complete_catalogue_passes(
    translate: Translate, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(PLAIN, WITH, COUNTED)
    assert messages.main("check") == 0
    assert capsys.readouterr().out == "3 messages in 1 languages\n"


def test_faults_are_all_told_and_fail(
    translate: Translate, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(WITH)
    assert messages.main("check") == 1
    told = capsys.readouterr().out
    assert "pl: not translated: 'Please sign in.'" in told
    assert "pl: not translated: ('%(count)s piece of %(sku)s'," in told


def test_a_language_without_a_catalogue_lacks_every_text(translate: Translate) -> None:
    assert len(_faults()) == 3


def _replaced(entry: str, old: str, new: str) -> str:
    assert old in entry
    return entry.replace(old, new)


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ((WITH, COUNTED), "not translated"),
        ((_replaced(PLAIN, "Prosimy się zalogować.", ""), WITH, COUNTED), "not translated"),
        ((PLAIN, WITH, _replaced(COUNTED, "%(count)s sztuk %(sku)s", "")), "not translated"),
        ((PLAIN, WITH, _replaced(COUNTED, "pieces", "items")), "not translated"),
        (("#, fuzzy\n" + PLAIN, WITH, COUNTED), "fuzzy"),
        (
            (PLAIN, WITH, COUNTED, 'msgid "Welcome."\nmsgstr "Witamy."\n'),
            "obsolete",
        ),
        (
            (PLAIN, WITH, COUNTED, '#~ msgid "Welcome."\n#~ msgstr "Witamy."\n'),
            "obsolete",
        ),
        ((PLAIN, _replaced(WITH, "do %(last)s", "do %(end)s"), COUNTED), "other placeholders"),
        ((PLAIN, _replaced(WITH, " do %(last)s", ""), COUNTED), "other placeholders"),
        ((PLAIN, _replaced(WITH, "do %(last)s", "do %(last)d"), COUNTED), "other placeholders"),
        ((_replaced(PLAIN, "zalogować.", "zalogować na 100 %."), WITH, COUNTED), "other placeh"),
        ((PLAIN, WITH, _replaced(COUNTED, "sztuki %(sku)s", "sztuki")), "other placeholders"),
        ((PLAIN, WITH, _replaced(COUNTED, "%(count)s sztuk ", "sztuk ")), "other placeholders"),
    ],
    ids=[
        "missing",
        "empty",
        "a plural form is empty",
        "the plural changed",
        "fuzzy",
        "obsolete",
        "obsolete and commented out",
        "unknown placeholder",
        "placeholder left out",
        "placeholder of another type",
        "a lone percent sign",
        "left out in one plural form",
        "count left out",
    ],
)
def test_a_fault_is_told(translate: Translate, entries: tuple[str, ...], fault: str) -> None:
    translate(*entries)
    (found,) = _faults()
    assert found.startswith(f"pl: {fault}")


@pytest.mark.parametrize("forms", [1, 2])
def test_every_plural_form_of_the_language_is_needed(translate: Translate, forms: int) -> None:
    counted = "".join(COUNTED.splitlines(keepends=True)[: 2 + forms])
    translate(PLAIN, WITH, counted)
    (found,) = _faults()
    assert found.startswith("pl: ")
    assert "%(count)s piece" in found


def test_a_text_that_got_a_plural_is_to_be_translated_again(translate: Translate) -> None:
    single = 'msgid "%(count)s piece of %(sku)s"\nmsgstr "%(count)s sztuka %(sku)s"\n'
    translate(PLAIN, WITH, single)
    (found,) = _faults()
    assert found.startswith("pl: not translated")


def test_update_adds_new_texts_keeps_translations_and_drops_what_is_gone(
    translate: Translate,
) -> None:
    path = translate(PLAIN, 'msgid "Welcome."\nmsgstr "Witamy."\n')
    assert messages.main("update") == 0
    updated = path.read_text()
    assert PLAIN in updated
    assert "Welcome." not in updated
    assert "Not for people" not in updated
    assert [fault.split(": ")[1] for fault in _faults()] == ["not translated"] * 2


def test_update_starts_a_catalogue_with_the_plural_forms_of_its_language(
    translate: Translate,
) -> None:
    messages.main("update")
    created = (messages.LOCALES / "pl" / "LC_MESSAGES" / "sellin.po").read_text()
    assert "nplurals=3" in created
    assert 'msgstr[2] ""' in created


def test_update_changes_nothing_the_second_time(translate: Translate) -> None:
    path = translate(COUNTED, WITH, PLAIN)
    messages.main("update")
    once = path.read_bytes()
    messages.main("update")
    assert path.read_bytes() == once


def test_a_compiled_catalogue_translates_and_chooses_plural_forms(translate: Translate) -> None:
    translate(PLAIN, WITH, COUNTED)
    assert messages.main("compile") == 0
    polish = gettext.GNUTranslations(BytesIO(messages.compiled_path("pl").read_bytes()))
    assert polish.gettext("Please sign in.") == "Prosimy się zalogować."
    counted = [
        polish.ngettext("%(count)s piece of %(sku)s", "%(count)s pieces of %(sku)s", count)
        for count in (1, 2, 5, 22)
    ]
    assert [text.split()[1] for text in counted] == ["sztuka", "sztuki", "sztuk", "sztuki"]


def test_a_catalogue_can_be_compiled_of_some_texts(translate: Translate) -> None:
    translate(PLAIN, WITH, COUNTED)
    some = gettext.GNUTranslations(BytesIO(messages.compiled("pl", {"Please sign in."})))
    first = "Choose a day from %(first)s to %(last)s."
    assert some.gettext("Please sign in.") == "Prosimy się zalogować."
    assert some.gettext(first) == first


def test_the_texts_of_a_module_are_those_it_marks(translate: Translate) -> None:
    found = messages.texts_of(messages.ROOT / "functions" / "orders.py")
    assert found == {
        "Please sign in.",
        "Choose a day from %(first)s to %(last)s.",
        ("%(count)s piece of %(sku)s", "%(count)s pieces of %(sku)s"),
    }
