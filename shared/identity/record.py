"""A person's record at Identity Platform, as it is now.

A token says for up to an hour what was right when it was issued. Who changes something is asked
for anew: who is disabled, signed out or has lost a role meanwhile can't write any more.
"""

from collections.abc import Mapping
from typing import Any

from shared.identity.tokens import InvalidTokenError, VerifyPerson, identity_app, verify_person


class RecordUnavailableError(Exception):
    """Identity Platform does not answer, so nobody knows what the person may do now."""


class NoAddressError(Exception):
    """Identity Platform takes no such e-mail address."""


def verify_writer(project: str) -> VerifyPerson:
    """A verifier of ID tokens whose claims are those of the person's record.

    The verifier raises what that of `verify_person` does. InvalidTokenError is also for who is
    gone, disabled, or signed out everywhere since the token was issued; RecordUnavailableError
    where that can't be known.
    """
    verify = verify_person(project)

    def verify_now(token: str) -> Mapping[str, Any]:
        from firebase_admin import auth  # noqa: PLC0415
        from firebase_admin.exceptions import FirebaseError  # noqa: PLC0415
        from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415

        issued = verify(token)
        try:
            user = auth.get_user(issued["uid"], app=identity_app(project))
        except auth.UserNotFoundError as error:
            raise InvalidTokenError from error
        except (FirebaseError, GoogleAuthError) as error:
            raise RecordUnavailableError from error
        # Both by Google's clock; the record's is in milliseconds.
        if user.disabled or issued["iat"] * 1000 < user.tokens_valid_after_timestamp:
            raise InvalidTokenError
        own = {"uid": user.uid, "email": user.email, "email_verified": user.email_verified}
        return {**(user.custom_claims or {}), **own}

    return verify_now


def sign_out_everywhere(project: str, uid: str) -> None:
    """Revoke the person's refresh tokens: every device has to sign in again.

    Raises:
        RecordUnavailableError: Identity Platform does not answer.
    """
    from firebase_admin import auth  # noqa: PLC0415
    from firebase_admin.exceptions import FirebaseError  # noqa: PLC0415
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415

    try:
        auth.revoke_refresh_tokens(uid, app=identity_app(project))
    except (FirebaseError, GoogleAuthError) as error:
        raise RecordUnavailableError from error


def keep_account(project: str, email: str, name: str) -> None:
    """Make an account for the address where there is none; nobody has shown yet that it is theirs.

    Raises:
        NoAddressError: Identity Platform does not take it for one.
        RecordUnavailableError: Identity Platform does not answer.
    """
    from firebase_admin import auth  # noqa: PLC0415
    from firebase_admin.exceptions import FirebaseError, InvalidArgumentError  # noqa: PLC0415
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415

    try:
        auth.create_user(email=email, display_name=name, app=identity_app(project))
    except auth.EmailAlreadyExistsError:
        return
    except (ValueError, InvalidArgumentError) as error:
        raise NoAddressError(email) from error
    except (FirebaseError, GoogleAuthError) as error:
        raise RecordUnavailableError from error
