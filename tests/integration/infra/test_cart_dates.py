"""Carts that were ordered or deleted before carts had dates get them; open ones never do."""

from datetime import timedelta

import pytest
from google.cloud.firestore import Client

from infra import cart_dates
from shared.cart.model import DELETED_KEPT, ORDERED_KEPT, Cart, CartState
from shared.cart.repository import reference
from tests.factories.assortment import NOW
from tests.factories.cart import cart, store_cart


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cart_dates, "_PAGE", 2)


def _stored(db: Client, id_: str) -> Cart:
    return Cart.model_validate(reference(db, id_).get().to_dict())


def test_each_gets_the_date_that_it_would_have_got(
    firestore: Client, project_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = NOW + timedelta(days=1)
    store_cart(
        firestore,
        *(cart(id=f"ordered-{n}", state=CartState.ORDERED) for n in range(5)),
        cart(id="deleted", state=CartState.DELETED),
        cart(id="dated", state=CartState.DELETED, expires_at=known),
        cart(id="open"),
    )
    for written in ("ordered-0", "deleted"):  # as a release without dates wrote it
        document = reference(firestore, written).get().to_dict() or {}
        del document["expires_at"]
        reference(firestore, written).set(document)

    assert cart_dates.main(["--project", project_id]) == 0
    assert cart_dates.date_carts(firestore) == 0

    assert {_stored(firestore, f"ordered-{n}").expires_at for n in range(5)} == {NOW + ORDERED_KEPT}
    assert _stored(firestore, "deleted").expires_at == NOW + DELETED_KEPT
    assert _stored(firestore, "dated").expires_at == known
    assert _stored(firestore, "open").expires_at is None
    assert "6 carts got their date" in capsys.readouterr().out
