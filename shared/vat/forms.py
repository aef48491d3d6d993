"""Form and check digits of VAT ids, by python-stdnum."""

from stdnum.ch import vat as swiss_vat
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as british_vat
from stdnum.no import mva as norwegian_vat

_MODULES = {"GB": british_vat, "NO": norwegian_vat, "CH": swiss_vat}


def is_well_formed(vat_id: str) -> bool:
    """Whether form and check digits are those of a VAT id of the EU, XI, GB, NO or CH."""
    prefix = vat_id[:2].upper()
    if prefix in _MODULES:
        # Norwegian numbers carry no prefix, Swiss ones begin with CHE.
        return bool(_MODULES[prefix].is_valid(vat_id[2:] if prefix == "NO" else vat_id))
    # One-stop-shop numbers look like VAT ids, but identify nobody as a buyer of goods.
    return prefix not in ("EU", "IM") and bool(eu_vat.is_valid(vat_id))
