"""GTINs that stand on two or more articles, with what their articles are called now."""

from collections.abc import Iterator

from babel import Locale
from google.cloud.firestore import Client

from functions.operations.reconciling_schema import (
    SharedGtinArticle,
    SharedGtinPage,
    SharedGtinQuery,
    SharedGtinView,
)
from shared.paging import newest_first
from shared.store import Read, read_lazily
from shared.style import repository as styles
from shared.style.model import Style
from shared.style.shared_gtin import SharedGtin, collection
from shared.text.locale import pick

Named = dict[tuple[str, str], SharedGtinArticle]
"""Articles by style and number."""


def list_shared(db: Client, query: SharedGtinQuery, locale: Locale) -> SharedGtinPage:
    """A page of them; each of their styles is read once."""

    def read(document: Read) -> SharedGtin | None:
        one = SharedGtin.model_validate(document.data())
        return one if _is_wanted(one, query.number) else None

    entries = collection(db)
    page = newest_first(
        db, entries, entries.select(list(SharedGtin.model_fields)), "since", query, read
    )
    named = _names_of(db, page.items, locale)
    return SharedGtinPage(items=[_view(one, named) for one in page.items], next=page.next)


def _is_wanted(one: SharedGtin, number: str) -> bool:
    part = number.strip().casefold()
    numbers = [one.gtin, *(own for each in one.articles for own in (each.style, each.article))]
    return any(part in own.casefold() for own in numbers)


def _names_of(db: Client, entries: list[SharedGtin], locale: Locale) -> Named:
    numbers = {each.style: None for one in entries for each in one.articles}
    references = [styles.reference(db, number) for number in numbers]
    found = (styles.parse(read.data()) for read in read_lazily(db, references) if read)
    return {
        (article.style, article.article): article
        for style in found
        if style
        for article in _articles(style, locale)
    }


def _articles(style: Style, locale: Locale) -> Iterator[SharedGtinArticle]:
    for colourway in style.colourways:
        for sku in colourway.skus:
            yield SharedGtinArticle(
                style=style.number,
                article=sku.article,
                name=pick(style.names, locale, style.number),
                sku=sku.id,
                colour=pick(colourway.names, locale, colourway.code),
                size=sku.size,
            )


def _view(one: SharedGtin, named: Named) -> SharedGtinView:
    articles = [
        named.get((each.style, each.article))
        or SharedGtinArticle(
            style=each.style, article=each.article, name="", sku="", colour="", size=""
        )
        for each in one.articles
    ]
    return SharedGtinView(
        gtin=one.gtin, articles=articles, article_count=one.article_count, since=one.since
    )
