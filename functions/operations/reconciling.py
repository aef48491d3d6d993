"""Runs of the reconciliation, and the differences between orders and SAP's: listed, begun, decided."""

from google.cloud.firestore import Client, FieldFilter, Query

from functions.operations.doing import Doing
from functions.operations.reconciling_schema import (
    DifferencePage,
    DifferenceQuery,
    DifferenceView,
    RunPage,
    RunView,
    StartRun,
)
from shared.paging import PageQuery, newest_first
from shared.problem import NotFoundProblem, Problem
from shared.reconciliation import repository
from shared.reconciliation.model import Choice, Difference, Run, Scope
from shared.reconciliation.repository import (
    NotToDecideError,
    RunActiveError,
    difference_reference,
    run_reference,
)
from shared.store import Read, read_all
from shared.text.message import N_


class RunActiveProblem(Problem):
    """A run is on, which somebody or the schedule began."""

    status = 409
    code = "run_active"
    text = N_("Orders are being compared with SAP's already. Please wait until that has ended.")


class DifferenceDecidedProblem(Problem):
    """The difference waits for no such decision: it was decided, mended or is another one now."""

    status = 409
    code = "difference_decided"
    text = N_("Nothing of this kind is to be decided about this difference just now.")


def list_runs(db: Client, query: PageQuery) -> RunPage:
    """A page of runs."""
    collection = db.collection("reconciliations")

    def read(document: Read) -> RunView:
        return _run(Run.model_validate(document.data()))

    found = collection.select(list(Run.model_fields))
    page = newest_first(db, collection, found, "asked_at", query, read)
    return RunPage(items=page.items, next=page.next)


def view_run(db: Client, id_: str) -> RunView:
    """One run.

    Raises:
        NotFoundProblem: there is none.
    """
    [document] = read_all(db, [run_reference(db, id_)])
    if document is None:
        raise NotFoundProblem
    return _run(Run.model_validate(document))


def start(db: Client, system: str, wanted: StartRun, doing: Doing) -> RunView:
    """Have one begin within a minute.

    Raises:
        RunActiveProblem: one is on.
    """
    scope = Scope(days=wanted.days, company=wanted.company)
    try:
        return _run(repository.start(db, system, scope, doing.doer))
    except RunActiveError as error:
        raise RunActiveProblem from error


def list_differences(db: Client, query: DifferenceQuery) -> DifferencePage:
    """A page of differences in a state."""
    collection = db.collection("differences")
    found: Query = collection.where(filter=FieldFilter("state", "==", query.state.value))
    if query.kind is not None:
        found = found.where(filter=FieldFilter("kinds", "array_contains", query.kind.value))

    def read(document: Read) -> DifferenceView | None:
        one = Difference.model_validate(document.data())
        wanted = query.company in ("", one.company) and query.family in (None, one.family)
        return _view(one) if wanted and query.run in ("", one.run) else None

    page = newest_first(db, collection, found, "found_at", query, read)
    return DifferencePage(items=page.items, next=page.next)


def view_difference(db: Client, order: str) -> DifferenceView:
    """One difference with both sides.

    Raises:
        NotFoundProblem: there is none.
    """
    [document] = read_all(db, [difference_reference(db, order)])
    if document is None:
        raise NotFoundProblem
    return _view(Difference.model_validate(document))


def decide(db: Client, order: str, choice: Choice, doing: Doing) -> DifferenceView:
    """What a person decides about one.

    Raises:
        NotFoundProblem, DifferenceDecidedProblem: it can't be.
    """
    view_difference(db, order)
    try:
        return _view(repository.decide(db, order, choice, doing.doer))
    except NotToDecideError as error:
        raise DifferenceDecidedProblem from error


def _run(run: Run) -> RunView:
    return RunView(**run.model_dump(include=set(RunView.model_fields)))


def _view(one: Difference) -> DifferenceView:
    shown = one.model_dump(include=set(DifferenceView.model_fields))
    return DifferenceView(**shown, choices=sorted(one.choices))
