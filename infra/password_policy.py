"""Whether passwords are held to the policy where people sign in, and not in the browser only.

Terraform's provider has no argument for it, so that a job sets it (terraform/modules/identity);
this is what sees that it did.
"""

import json
from collections.abc import Callable

MIN_LENGTH = 15
"""Characters of a password that is the only factor (NIST SP 800-63B-4, 3.1.1.2)."""


def fault(url: str, ask: Callable[[str, dict[str, str]], bytes]) -> str | None:
    """What is wrong with the policy of the installation at `url`; None for a local one, without.

    `ask` gets a URL with headers and returns the body that is answered.
    """
    try:
        identity = json.loads(ask(f"{url}/config.json", {}))["identity"]
        accounts = identity["accounts"]
        if accounts.startswith("/"):
            return None
        # The key is good for who comes from the portal only.
        asked = accounts.removesuffix("/v1/accounts") + f"/v2/passwordPolicy?key={identity['key']}"
        policy = json.loads(ask(asked, {"Referer": f"{url}/"}))
        length = policy.get("customStrengthOptions", {}).get("minPasswordLength", 0)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"the password policy can't be read: {error!r}"
    if policy.get("enforcementState") != "ENFORCE":
        return "the password policy is not enforced"
    if length < MIN_LENGTH:
        return f"passwords may have {length} characters, {MIN_LENGTH} are needed"
    return ""
