"""The route of invitations by a file."""

from functions.accounts.people import Deciding
from functions.accounts.resources import Resources
from functions.accounts.schema import InviteFileQuery, InviteFileView
from shared.http.rate import Counted, Rate
from shared.http.route import Answer, Call, File, Route
from shared.identity.caller import ADMINS
from shared.text.table_file import CSV, XLSX


def invite_file(resources: Resources, call: Call[InviteFileQuery, File]) -> Answer:
    """Invites the people of a file, or tells what it would do."""
    # Reading files takes much that everything else starts without.
    from functions.accounts.bulk.inviting import InviteFile, invite_file  # noqa: PLC0415

    deciding = Deciding(call.caller, call.now)
    given = InviteFile(call.body.root, call.query.preview, call.idempotency_key, call.locale)
    return Answer(invite_file(resources.db, resources.keep_account, deciding, given))


BULK_ROUTES: tuple[Route[Resources, InviteFileQuery, File], ...] = (
    Route(
        method="POST",
        path="/company/invitation-files",
        handler=invite_file,
        access=ADMINS,
        summary="Invite the people of an XLSX or CSV file, every row answered",
        answer=InviteFileView,
        query=InviteFileQuery,
        body=File,
        idempotent=True,
        body_limit=1 << 20,
        media_types=(XLSX, CSV),
        rate=Rate("invite-file", burst=30, per_minute=10, counted=Counted.REGION),
    ),
)
