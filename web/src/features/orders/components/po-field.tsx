import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { poFault, poNumberQuery } from "@/features/orders/api/check-po-number";
import { useScopeKey } from "@/shared/scope";
import { useSettled } from "@/shared/settled";
import { TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";

/** Milliseconds without a key before a number is looked at. */
const DEBOUNCE = 300;

export const PO_FIELD = "po-number";

interface Props {
  po: string;
  /** What is wrong with the one that was sent. */
  fault: string | undefined;
  onPo: (po: string) => void;
}

/** The buyer's number for the orders, with what papers make of it and who has it already. */
export function PoField({ po, fault, onPo }: Props) {
  const { t } = useLingui();
  const asked = useSettled(po.trim(), DEBOUNCE);
  const { data, error } = useQuery(poNumberQuery(useScopeKey(), asked));
  const isCurrent = asked === po.trim();
  const known = isCurrent ? data : undefined;
  const printed = known && known.printed !== known.po_number ? known.printed : null;
  return (
    <div>
      <TextField
        id={PO_FIELD}
        label={t`PO number`}
        hint={
          printed ? (
            <Trans>On papers and for carriers: {printed}</Trans>
          ) : (
            <Trans>Yours, on every paper of these orders. At most 20 characters.</Trans>
          )
        }
        autoComplete="off"
        value={po}
        fault={(isCurrent ? poFault(error) : undefined) ?? fault}
        onChange={(event) => onPo(event.target.value)}
      />
      {known && known.orders.length > 0 && (
        <Notice kind="warning">
          <span>
            <Plural
              value={known.orders.length}
              one="An order has this PO number already:"
              other="Orders have this PO number already:"
            />
          </span>
          {known.orders.map(({ number }) => (
            <Link key={number} to="/orders/$number" params={{ number }} target="_blank">
              {number}
            </Link>
          ))}
        </Notice>
      )}
    </div>
  );
}
