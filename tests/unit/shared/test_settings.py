"""Settings come from the environment, and what is wrong with them is told without their values."""

import pytest
from pydantic import ValidationError

from functions.export_order.settings import Settings


def test_an_error_does_not_tell_the_secret() -> None:
    with pytest.raises(ValidationError) as malformed:
        Settings.load({"SAP_DESTINATION": '{"passwd": "hunter2", }'})
    assert "sap_destination" in str(malformed.value)
    assert "hunter2" not in str(malformed.value)
