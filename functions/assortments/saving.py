"""What somebody at the brand decides about an assortment: made, changed, planned, given up."""

from datetime import UTC

from google.cloud.firestore import Client

from functions.assortments.checks import check_draft
from functions.assortments.doing import Deciding
from functions.assortments.listing import etag
from functions.assortments.schema import Decision, Draft, NewAssortment
from functions.assortments.styles import Styles
from shared.assortment import keeping
from shared.assortment import repository as assortments
from shared.assortment.model import (
    Assortment,
    AssortmentVersion,
    Content,
    DeliveryWindow,
    Item,
    PlannedContent,
)
from shared.audit import Action
from shared.optimistic import Attempt, optimistically
from shared.problem import Problem
from shared.text.message import N_


class AssortmentChangedProblem(Problem):
    """SAP or somebody else changed it since the caller read it; carries its `etag` of now."""

    status = 412
    code = "assortment_changed"
    text = N_("This assortment was changed meanwhile. Please look again. Nothing was changed.")


class AssortmentExistsProblem(Problem):
    """There is one with this key already."""

    status = 409
    code = "assortment_exists"
    text = N_("There is an assortment %(id)s already. Nothing was changed.")


def create(db: Client, styles: Styles, deciding: Deciding, wanted: NewAssortment) -> Assortment:
    """Make an assortment; the same request again finds it.

    Raises:
        AssortmentExistsProblem: there is one that this request did not make.
        InvalidInputProblem: with every fault.
    """
    check_draft(styles, wanted)

    def body(attempt: Attempt) -> Assortment:
        [document] = attempt.read([assortments.reference(db, wanted.id)])
        before = assortments.parse(wanted.id, document)
        if document is not None and not before.deleted:
            if content(wanted).parts == before.parts and before.name == wanted.name:
                return before
            raise AssortmentExistsProblem(id=wanted.id)
        return _decide(attempt, db, before, deciding, wanted)

    return optimistically(db, body)


def save(
    db: Client, styles: Styles, deciding: Deciding, id_: str, wanted: Decision, if_match: str | None
) -> Assortment:
    """Change an assortment, or plan to.

    Raises:
        NotFoundProblem: there is none.
        AssortmentChangedProblem: `if_match` is not its state of now.
        InvalidInputProblem: with every fault.
    """

    def body(attempt: Attempt) -> Assortment:
        before = _read(attempt, db, id_)
        check_draft(styles, wanted)
        if if_match != etag(before):
            if _is_ours(attempt, db, before, deciding, wanted):
                return before
            raise AssortmentChangedProblem(extra={"etag": etag(before)})
        return _decide(attempt, db, before, deciding, wanted)

    return optimistically(db, body)


def drop_plan(db: Client, deciding: Deciding, id_: str) -> Assortment:
    """Give up what is planned; again changes nothing.

    Raises:
        NotFoundProblem: there is no such assortment.
    """

    def body(attempt: Attempt) -> Assortment:
        before = _read(attempt, db, id_)
        if before.planned_for is None:
            return before
        told = before.planned_for.isoformat()
        deciding.tell(attempt, db, Action.DROP_PLAN, id_, told, "")
        return keeping.drop_plan(attempt, db, before)

    return optimistically(db, body)


def content(draft: Draft) -> Content:
    """What a draft says, as assortments have it."""
    return Content(
        rules=draft.rules,
        included=[Item(**one.model_dump()) for one in draft.included],
        excluded=[Item(**one.model_dump()) for one in draft.excluded],
        windows={one.id: DeliveryWindow(**one.model_dump()) for one in draft.windows},
    )


def _decide(
    attempt: Attempt, db: Client, before: Assortment, deciding: Deciding, wanted: Decision
) -> Assortment:
    decided = PlannedContent(
        **content(wanted).parts,
        **deciding.person.brand_actor.signature,
        name=wanted.name,
        uid=deciding.person.uid,
        at=deciding.now,
        reason=deciding.reason,
    )
    on = wanted.holds_from
    if on is not None and on > deciding.now:
        told = on.astimezone(UTC).isoformat()
        deciding.tell(attempt, db, Action.PLAN_ASSORTMENT, before.id, _planned_text(before), told)
        if before.version == 0 and not before.stamp:
            # It is there from now on, with nothing in it.
            before = before.model_copy(update={"name": wanted.name, "keeper": "desk"})
        return keeping.plan(attempt, db, before, decided, on.astimezone(UTC))
    after = keeping.change(attempt, db, before, decided, deciding.now)
    told = f"{before.keeper} {before.version}" if before.version or before.stamp else ""
    deciding.tell(
        attempt, db, Action.CHANGE_ASSORTMENT, before.id, told, f"{after.keeper} {after.version}"
    )
    return after


def _read(attempt: Attempt, db: Client, id_: str) -> Assortment:
    [document] = attempt.read([assortments.reference(db, id_)])
    return assortments.parse_existing(id_, document)


def _is_ours(
    attempt: Attempt, db: Client, now: Assortment, deciding: Deciding, wanted: Decision
) -> bool:
    """Whether this very request changed it, and the answer of Firestore was lost."""
    if now.planned is not None:
        latest: PlannedContent | AssortmentVersion = now.planned
        at = now.planned.at
    elif now.version:
        [document] = attempt.read([assortments.version_reference(db, now.id, now.version)])
        latest = AssortmentVersion.model_validate(document)
        at = latest.since
    else:
        return False
    by_us = (at, latest.uid) == (deciding.now, deciding.person.uid)
    return by_us and latest.name == wanted.name and latest.parts == content(wanted).parts


def _planned_text(one: Assortment) -> str:
    return one.planned_for.isoformat() if one.planned_for else ""
