"""What a page tries against the content security policy is stopped, and comes into the log."""

import json
from pathlib import Path
from typing import Any

from tests.support.browser import Visits
from tests.support.wait import wait_until

TRY = """address => {
  const picture = document.createElement("img");
  picture.src = address;
  document.body.append(picture);
}"""


def test_what_a_page_tries_against_its_policy_is_logged(
    portal: Visits, local_cloud: dict[str, Any]
) -> None:
    portal.allow("Content Security Policy")
    page = portal(None, "/")
    page.evaluate(TRY, "https://tracker.example/pixel.gif?person=anna")
    log = Path(local_cloud["logs"]) / "accounts.log"

    def reports() -> list[dict[str, Any]]:
        lines = log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if '"policy violated"' in line]

    [line] = wait_until(reports, what="the report in the log of accounts")
    assert line["directive"] == "img-src"
    assert line["blocked"] == "https://tracker.example/pixel.gif"
    assert line["document"] == f"{local_cloud['url']}/"
