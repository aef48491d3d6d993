"""Inviting the people of a file: every row answered, nothing written by a preview."""

from typing import Any

import pytest
from babel import Locale
from google.cloud.firestore import Client
from werkzeug.test import TestResponse

from functions.accounts.bulk.inviting import InviteFile, invite_file
from functions.accounts.people import Deciding
from shared.identity.caller import Caller, Role
from shared.identity.record import NoAddressError
from shared.text.locale import LANGUAGES
from shared.text.table_file import XLSX
from tests.factories.assortment import NOW
from tests.integration.functions.accounts.conftest import Call
from tests.integration.functions.accounts.test_people import let_in
from tests.support.services import versions
from tests.support.sheets import xlsx
from tests.support.small_world import store_invitation

COMPANY, OTHER = "100001", "100002"
GOOD = "E-mail;Name;Role\nzoe@x.test;Zoë Öz;buyer\nmax@x.test;Max Kern;Views only\n"


def sent(call: Call, content: str | bytes, preview: bool = False, **more: Any) -> TestResponse:
    """The answer to a file."""
    headers = {"Idempotency_Key": "key-00001", "Content_Type": "text/csv", **more}
    raw = content if isinstance(content, bytes) else content.encode()
    path = f"/company/invitation-files?preview={str(preview).lower()}"
    return call(path, {COMPANY: "admin"}, raw, method="POST", **headers)


def rows(answer: TestResponse) -> list[tuple[Any, ...]]:
    """What each row became."""
    assert answer.status_code == 200, answer.get_json()
    told = answer.get_json()["rows"]
    return [(one["row"], one["email"], one["role"], one["faults"]) for one in told]


def invited(call: Call) -> list[tuple[str, str, str]]:
    """Whom the company has invited."""
    items = call("/company/invitations", {COMPANY: "admin"}).get_json()["items"]
    return sorted((one["email"], one["name"], one["role"]) for one in items)


def test_a_preview_writes_nothing_and_the_file_itself_all(
    call: Call, firestore: Client, kept: list[tuple[str, str]]
) -> None:
    before = versions(firestore)
    seen = sent(call, GOOD, preview=True)
    assert rows(seen) == [(2, "zoe@x.test", "buyer", []), (3, "max@x.test", "viewer", [])]
    assert (versions(firestore), kept) == (before, [])
    done = sent(call, GOOD)
    assert done.get_json() == seen.get_json() | {"preview": False}
    both = [("max@x.test", "Max Kern", "viewer"), ("zoe@x.test", "Zoë Öz", "buyer")]
    assert invited(call) == both
    assert sorted(kept) == [(email, name) for email, name, _ in both]
    told = [one.to_dict() or {} for one in firestore.collection("audit").stream()]
    assert sorted(one["about"] for one in told) == ["Max Kern", "Zoë Öz"]


def test_sent_again_it_says_the_same_and_invites_nobody_twice(
    call: Call, firestore: Client
) -> None:
    first = sent(call, GOOD)
    before = versions(firestore)
    assert sent(call, GOOD).get_json() == first.get_json()
    assert versions(firestore) == before
    again = sent(call, GOOD, Idempotency_Key="key-00002")
    assert [faults for *_, faults in rows(again)] == [["This person is invited already."]] * 2
    assert versions(firestore) == before


def test_every_fault_of_a_row_is_told_and_good_rows_are_taken(
    call: Call, firestore: Client
) -> None:
    let_in(firestore, "ben", {COMPANY: "buyer"})
    let_in(firestore, "olga", {OTHER: "admin"})
    store_invitation(firestore, COMPANY, "i1", "zoe@x.test")
    content = (
        "Name,E-Mail,Rolle,Note\n"
        ",nobody,king,\n"
        "Ben,BEN@laeufer.test,buyer,\n"
        "Zoë,zoe@x.test,admin,\n"
        ",,,only a note\n"
        "Max,max@x.test,Einkäufer,\n"
        "Max,MAX@x.test,buyer,\n"
        "Olga,olga@laeufer.test,viewer,\n"
    )
    answer = sent(call, content)
    roles = (
        "Views only, Views and orders, Orders and approves orders, and Orders and manages people"
    )
    assert [(row, faults) for row, _, _, faults in rows(answer)] == [
        (
            2,
            [
                "This is not an e-mail address.",
                "The name is missing.",
                f"The role is none of these: {roles}.",
            ],
        ),
        (3, ["This person belongs to your company already."]),
        (4, ["This person is invited already."]),
        (6, []),
        (7, ["Row 6 has the same address."]),
        (8, []),
    ]
    assert (answer.get_json()["invited"], answer.get_json()["refused"]) == (2, 4)
    assert {email for email, *_ in invited(call)} == {
        "zoe@x.test",
        "max@x.test",
        "olga@laeufer.test",
    }


def test_faults_and_columns_are_in_the_readers_language(call: Call) -> None:
    titles = {
        "en": "E-mail;Name;Role",
        "de": "E-Mail;Name;Rolle",
        "fr": "Adresse e-mail;Nom;Rôle",
        "hu": "E-mail-cím;Név;Szerepkör",
        "pl": "Adres e-mail;Imię i nazwisko;Rola",
        "sv": "E-post;Namn;Roll",
    }
    assert titles.keys() == set(LANGUAGES)
    texts = set()
    for language, header in titles.items():
        answer = sent(call, f"{header}\nx;;x\n", preview=True, Accept_Language=language)
        [(_, _, _, faults)] = rows(answer)
        texts.add(tuple(faults))
    assert len(texts) == len(titles)


def test_a_workbook_is_read_too(call: Call) -> None:
    content = xlsx([["People of 2027"], ["Rolle", "Mail", "Name"], ["Leser", "zoe@x.test", "Zoë"]])
    answer = sent(call, content, Content_Type=XLSX)
    assert rows(answer) == [(3, "zoe@x.test", "viewer", [])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file_empty"),
        ("E-mail;Name;Role\n", "file_empty"),
        ("a;b\n1;2\n", "no_header"),
        ("E-mail;Name\nzoe@x.test;Zoë\n", "missing_columns"),
        ("E-mail;Mail;Name;Role\nx;y;z;buyer\n", "repeated_column"),
        (GOOD + "".join(f"p{n}@x.test;P {n};buyer\n" for n in range(99)), "too_many_rows"),
        (b"\x00\x01\x02", "file_unreadable"),
    ],
)
def test_what_can_not_be_taken_is_said(call: Call, content: str | bytes, code: str) -> None:
    answer = sent(call, content)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)
    assert invited(call) == []


def test_no_more_than_can_be_open_are_invited(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.accounts.bulk.inviting.MOST_OPEN", 1)
    for preview in (True, False):
        answer = sent(call, GOOD, preview)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "too_many_invitations")
    assert invited(call) == []


def test_an_address_that_identity_platform_does_not_take_is_a_fault(firestore: Client) -> None:
    def keep(email: str, _: str) -> None:
        if email.startswith("zoe"):
            raise NoAddressError(email)

    admin = Caller("ada", "ada@x.test", "Ada", COMPANY, Role.ADMIN)
    given = InviteFile(GOOD.encode(), preview=False, key="key-00001", locale=Locale("en"))
    told = invite_file(firestore, keep, Deciding(admin, NOW), given)
    assert [row.faults for row in told.rows] == [["This is not an e-mail address."], []]
    assert (told.invited, told.refused) == (1, 1)


def test_a_formula_without_a_result_is_nobodys_name(call: Call) -> None:
    content = xlsx(
        [
            ("E-mail", "Name", "Role"),
            ("zoe@x.test", "=1+1", "buyer"),
            ("=1+1", "=1+1", "=1+1"),
            ("max@x.test", "Max", "buyer"),
        ]
    )
    told = rows(sent(call, content, Content_Type=XLSX))
    assert [(row, len(faults)) for row, *_, faults in told] == [(2, 1), (3, 3), (4, 0)]
    assert told[0][-1] == ["The name is missing."]
    assert invited(call) == [("max@x.test", "Max", "buyer")]
