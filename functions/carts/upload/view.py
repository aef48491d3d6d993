"""What became of a file as the portal gets it, in the reader's language. Pure."""

from collections import Counter

from babel import Locale

from functions.carts.reading import CurrentCart
from functions.carts.upload.articles import Ambiguity
from functions.carts.upload.file import refused_rows
from functions.carts.upload.header_view import header_views
from functions.carts.upload.plan import RowResult, UploadPlan
from functions.carts.upload.schema import (
    ArticleChoice,
    ArticleQuestion,
    LettersView,
    NoteView,
    RowView,
    UploadView,
)
from functions.carts.upload.sections import Reading
from functions.carts.view import view
from shared.identity.caller import Caller
from shared.sheets.code_page import choices_of
from shared.sheets.table import Note, Table
from shared.text.locale import pick, pick_nearest


def upload_view(
    current: CurrentCart,
    caller: Caller,
    plan: UploadPlan,
    table: Table,
    reading: Reading,
    locale: Locale,
) -> UploadView:
    """The whole answer to the caller; `table` is the file that was read."""
    outcomes = Counter(result.outcome for result in plan.results)
    filled = {result.key: result.quantity or 0 for result in plan.results if result.key}
    return UploadView(
        cart=view(current, caller, locale),
        taken=outcomes["taken"],
        changed=outcomes["changed"],
        refused=outcomes["refused"],
        lines=len(filled),
        pieces=sum(filled.values()),
        rows=[_row_view(result, locale) for result in plan.results],
        notes=[_note_view(note, locale) for note in reading.notes],
        letters=[LettersView.model_validate(one) for one in choices_of(table.spellings, locale)],
        headers=header_views(reading.seen),
        refused_rows=refused_rows(table, plan.results, locale),
    )


def _row_view(result: RowResult, locale: Locale) -> RowView:
    sku, door, window = result.key or (None, None, None)
    return RowView(
        row=result.entry.row.number,
        sheet=result.entry.source.sheet or None,
        outcome=result.outcome,
        article=result.entry.article[:100],
        sku=sku,
        door=door,
        window=window,
        quantity=result.quantity,
        notes=[_note_view(note, locale) for note in result.notes],
        question=result.question and _question_view(result.question, locale),
    )


def _question_view(question: Ambiguity, locale: Locale) -> ArticleQuestion:
    choices = [
        ArticleChoice(
            sku=product.sku.id,
            style_name=pick(product.style.names, locale, product.style.number),
            colour_name=pick(product.colourway.names, locale, product.colourway.code),
            size_name=pick_nearest(
                product.style.size_names.get(product.sku.size, {}), locale, product.sku.size
            ),
        )
        for product in question.choices
    ]
    return ArticleQuestion(about=question.about, choices=choices)


def _note_view(note: Note, locale: Locale) -> NoteView:
    return NoteView(code=note.code, detail=note.message.render(locale))
