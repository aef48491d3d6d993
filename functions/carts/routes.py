"""The routes of the carts service: each parses, calls one use case, and maps its answer."""

from typing import Any

from google.cloud.firestore import Client

from functions.carts.approval import with_rules
from functions.carts.creation import create_cart
from functions.carts.customers import count_carts
from functions.carts.editing import Edit, change_lines, delete_cart, hand_over, rename_cart
from functions.carts.listing import list_carts
from functions.carts.reading import CurrentCart, read_cart
from functions.carts.schema import (
    CartName,
    CartPage,
    CartView,
    CustomerCartsPage,
    LineChanges,
    ListQuery,
)
from functions.carts.upload.kept_mappings import forget, list_kept
from functions.carts.upload.schema import (
    MEDIA_TYPES,
    KeptMappingList,
    SheetFile,
    TemplateQuery,
    UploadQuery,
    UploadView,
)
from functions.carts.view import view
from shared.http.rate import Counted, Rate
from shared.http.route import Access, Answer, Call, File, NoBody, NoQuery, Route, Service
from shared.identity.caller import READERS, WRITERS, Role
from shared.person.customers import CustomersQuery


def list_open(db: Client, call: Call[ListQuery, NoBody]) -> Answer:
    """Answers a page of the company's open carts."""
    return Answer(list_carts(db, call.caller, call.query))


def list_customers(db: Client, call: Call[CustomersQuery, NoBody]) -> Answer:
    """Answers how many open carts each of the rep's customers has."""
    return Answer(count_carts(db, call.person, call.query))


def create(db: Client, call: Call[NoQuery, CartName]) -> Answer:
    """Makes an empty cart."""
    current = create_cart(db, call.caller, call.idempotency_key, call.body, call.now)
    return _created_answer(db, current, call)


def copy(db: Client, call: Call[NoQuery, CartName]) -> Answer:
    """Makes a cart with the lines of another one."""
    source = call.path["cart_id"]
    current = create_cart(db, call.caller, call.idempotency_key, call.body, call.now, source)
    return _created_answer(db, current, call)


def read(db: Client, call: Call[NoQuery, NoBody]) -> Answer:
    """Answers a cart as it is priced and checked today."""
    return _answer(db, read_cart(db, call.caller, call.path["cart_id"], call.now), call)


def rename(db: Client, call: Call[NoQuery, CartName]) -> Answer:
    """Gives the cart another name."""
    return _answer(db, rename_cart(db, _edit(call), call.body.name), call)


def delete(db: Client, call: Call[NoQuery, NoBody]) -> Answer:
    """Deletes the cart."""
    delete_cart(db, _edit(call))
    return Answer(status=204)


def give(db: Client, call: Call[NoQuery, NoBody]) -> Answer:
    """Gives the cart that a rep prepared to the company's people."""
    return _answer(db, hand_over(db, _edit(call)), call)


def fill(db: Client, call: Call[NoQuery, LineChanges]) -> Answer:
    """Sets quantities of lines, as cells of the size grid are filled in."""
    key = call.headers.get("Idempotency-Key")
    return _answer(db, change_lines(db, _edit(call), call.body, key), call)


def upload(db: Client, call: Call[UploadQuery, File]) -> Answer:
    """Fills the cart with the rows of a CSV or XLSX file, or tells what it would do."""
    # The code that reads files is half of the service, so only uploads wait for its import.
    from functions.carts.upload.importing import Upload, preview_file, take_file  # noqa: PLC0415

    key = call.headers.get("Idempotency-Key")
    given = Upload(call.query, call.body.root, key, call.locale)
    shown = (preview_file if call.query.preview else take_file)(db, _edit(call), given)
    return Answer(shown, headers={"ETag": shown.cart.etag})


def template(db: Client, call: Call[TemplateQuery, NoBody]) -> Answer:
    """Answers an empty file with the columns that an upload reads."""
    from functions.carts.upload.importing import make_template  # noqa: PLC0415

    return Answer(make_template(db, call.caller, call.query, call.now, call.locale))


def list_mappings(db: Client, call: Call[NoQuery, NoBody]) -> Answer:
    """Answers what the company's people said that columns of files are."""
    return Answer(list_kept(db, call.caller.company))


def forget_mapping(db: Client, call: Call[NoQuery, NoBody]) -> Answer:
    """Has the next file with that header asked about again."""
    forget(db, call.caller.company, call.path["mapping"])
    return Answer(status=204)


def _edit(call: Call[Any, Any]) -> Edit:
    return Edit(call.caller, call.path["cart_id"], call.if_match, call.now)


def _answer(db: Client, current: CurrentCart, call: Call[Any, Any]) -> Answer:
    shown = view(with_rules(db, current, call.caller), call.caller, call.locale)
    return Answer(shown, headers={"ETag": shown.etag})


def _created_answer(db: Client, current: CurrentCart, call: Call[Any, Any]) -> Answer:
    shown = view(with_rules(db, current, call.caller), call.caller, call.locale)
    headers = {"ETag": shown.etag, "Location": f"/v1/carts/{shown.id}"}
    return Answer(shown, status=201, headers=headers)


CREATE = Rate("create-cart", burst=60, per_minute=30, counted=Counted.REGION)
"""A cart is placed once, so nobody places more in a region than this and the carts that are open,
however many instances they meet (docs/decisions/0011-rates.md)."""

SERVICE: Service[Client] = Service(
    name="carts",
    version="2.8.0",
    routes=(
        Route(
            method="GET",
            path="",
            handler=list_open,
            access=READERS,
            summary="List the open carts, the last changed first",
            answer=CartPage,
            query=ListQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/customers/counts",
            handler=list_customers,
            access=Access.PERSON,
            summary="Count the open carts of the companies that the caller acts for as a rep",
            answer=CustomerCartsPage,
            query=CustomersQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="",
            handler=create,
            access=WRITERS,
            summary="Create an empty cart",
            answer=CartView,
            query=NoQuery,
            body=CartName,
            status=201,
            idempotent=True,
            rate=CREATE,
        ),
        Route(
            method="GET",
            path="/<cart_id>",
            handler=read,
            access=READERS,
            summary="Read a cart, priced and checked",
            answer=CartView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="PATCH",
            path="/<cart_id>",
            handler=rename,
            access=WRITERS,
            summary="Rename a cart",
            answer=CartView,
            query=NoQuery,
            body=CartName,
            conditional=True,
        ),
        Route(
            method="DELETE",
            path="/<cart_id>",
            handler=delete,
            access=WRITERS,
            summary="Delete a cart",
            answer=None,
            query=NoQuery,
            body=NoBody,
            status=204,
            conditional=True,
        ),
        Route(
            method="POST",
            path="/<cart_id>/hand-over",
            handler=give,
            access=frozenset({Role.REP}),
            summary="Give the cart that a rep prepared to the company's people, to change and place",
            answer=CartView,
            query=NoQuery,
            body=NoBody,
            conditional=True,
        ),
        Route(
            method="POST",
            path="/<cart_id>/copy",
            handler=copy,
            access=WRITERS,
            summary="Create a cart with the lines of this one",
            answer=CartView,
            query=NoQuery,
            body=CartName,
            status=201,
            idempotent=True,
            rate=CREATE,
        ),
        Route(
            method="PATCH",
            path="/<cart_id>/lines",
            handler=fill,
            access=WRITERS,
            summary="Set the quantities of lines; the others stay",
            answer=CartView,
            query=NoQuery,
            body=LineChanges,
            conditional=True,
            repeatable=True,
            body_limit=4 << 20,
        ),
        Route(
            method="POST",
            path="/<cart_id>/upload",
            handler=upload,
            access=WRITERS,
            summary="Take the rows of an XLSX or CSV file into a cart, every row answered",
            answer=UploadView,
            query=UploadQuery,
            body=File,
            conditional=True,
            repeatable=True,
            body_limit=4 << 20,
            media_types=tuple(MEDIA_TYPES.values()),
            rate=Rate("upload", burst=30, per_minute=10, counted=Counted.REGION),
        ),
        Route(
            method="GET",
            path="/upload/template",
            handler=template,
            access=READERS,
            summary="Make an empty file with the columns that an upload reads",
            answer=SheetFile,
            query=TemplateQuery,
            body=NoBody,
            rate=Rate("template", burst=30, per_minute=10, counted=Counted.INSTANCE),
        ),
        Route(
            method="GET",
            path="/upload/mappings",
            handler=list_mappings,
            access=READERS,
            summary="List what the company's people said that columns of files are",
            answer=KeptMappingList,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="DELETE",
            path="/upload/mappings/<mapping>",
            handler=forget_mapping,
            access=WRITERS,
            summary="Forget what the columns of a header are",
            answer=None,
            query=NoQuery,
            body=NoBody,
            status=204,
        ),
    ),
)
