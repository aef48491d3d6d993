"""The company that a person acts for."""

from babel import Locale

from functions.accounts.schema import CompanyView, CreditView
from shared.company.model import Company
from shared.market.day import market_of
from shared.market.incoterms import incoterms_rule
from shared.market.payment_terms import payment_terms
from shared.money import Money
from shared.sap.buyer_texts import BuyerTexts
from shared.sap.fields import read_stamp
from shared.vat.check_wording import VatCheckView
from shared.vat.check_wording import view as view_check
from shared.vat.ids import counts_as_valid, last_check, vies_request_of


def view(company: Company, texts: BuyerTexts, locale: Locale) -> CompanyView:
    """The company as its people see it."""
    profile = company.profile
    return CompanyView(
        id=company.id,
        name=profile.name,
        address=profile.address,
        time_zone=market_of(company).time_zone,
        language=profile.language,
        currency=profile.currency,
        payment_terms=profile.payment_terms,
        payment_terms_name=payment_terms(profile.payment_terms, texts.payment_terms, locale),
        incoterms=incoterms_rule(profile.incoterms),
        incoterms_place=profile.incoterms_place,
        minimum_order=Money(amount=profile.minimum_order, currency=profile.currency),
        order_block=company.block is not None,
        availability_display=profile.availability_display,
        price_source="price_list" if profile.price_list else "market",
        price_list=profile.price_list,
        vat_id=profile.vat_id,
        vat_id_valid=counts_as_valid(company),
        vat_check=_vat_check(company, locale),
        credit=_credit(company),
    )


def _vat_check(company: Company, locale: Locale) -> VatCheckView | None:
    if vies_request_of(company.profile) is None:
        return None
    return view_check(last_check(company), locale)


def _credit(company: Company) -> CreditView | None:
    credit, left = company.credit, company.credit_left()
    if credit is None or left is None:
        return None

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=credit.currency)

    return CreditView(
        limit=money(credit.limit),
        exposure=money(credit.exposure),
        pending=money(credit.limit - credit.exposure - left.amount),
        left=left,
        as_of=read_stamp(credit.stamp),
    )
