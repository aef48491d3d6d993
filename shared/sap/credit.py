"""ZCREDIT: the credit figures of a sold-to become the credit of a company."""

from pydantic import BaseModel, Field

from shared.company.model import Credit
from shared.day import day_in
from shared.market.currencies import currency_fault
from shared.money import Currency
from shared.sap.customers import CompanyPart
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Amount, Flag, minor_units, read_stamp
from shared.sap.idoc import Idoc


class _CreditArea(BaseModel):
    KKBER: str = ""


class _CreditAreas(BaseModel):
    Z1CREDIT: list[_CreditArea] = Field(min_length=1)


class _CreditRow(BaseModel):
    KUNNR: Alpha
    KLIMK: Amount
    SKFOR: Amount
    WAERS: Currency
    CRBLB: Flag = False


class WholeZcredit(BaseModel):
    """A ZCREDIT, as its JSON Schema tells it."""

    Z1CREDIT: list[_CreditRow] = Field(min_length=1)


def credit(idoc: Idoc) -> CompanyPart:
    """The credit figures of one ZCREDIT, of the credit control area that the settings name.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    areas = [row.KKBER for row in _CreditAreas.model_validate(idoc.segments).Z1CREDIT]
    ours = [index for index, area in enumerate(areas) if area in idoc.system.customers.credit_areas]
    if len(ours) != 1:
        reason = (
            f"Z1CREDIT: {len(ours)} rows of the credit control areas that count, instead of one"
        )
        raise UntranslatableMessageError([reason])
    row = _CreditRow.model_validate(idoc.segments["Z1CREDIT"][ours[0]])
    today = day_in(idoc.system.zone, read_stamp(idoc.stamp))
    if fault := currency_fault(row.WAERS, today):
        raise UntranslatableMessageError([f"Z1CREDIT/WAERS: {fault}"])
    amounts = idoc.system.amounts
    try:
        return CompanyPart(
            company=row.KUNNR,
            part=Credit(
                stamp=idoc.stamp,
                currency=row.WAERS,
                limit=minor_units(row.KLIMK, row.WAERS, amounts),
                exposure=minor_units(row.SKFOR, row.WAERS, amounts),
                blocked=row.CRBLB,
            ),
        )
    except ValueError as error:
        raise UntranslatableMessageError([f"Z1CREDIT: {error}"]) from error
