import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { circuitQuery } from "@/features/desk/api/queries";
import { useFormat } from "@/i18n/format";
import { Notice } from "@/ui/notice";

/** Says that what waits does so because SAP is not called; nothing while it is. */
export function SapAway() {
  const { t } = useLingui();
  const format = useFormat();
  const { data: circuit } = useQuery(circuitQuery());
  if (!circuit || circuit.state === "closed") return null;
  const { system } = circuit;
  const since = circuit.since ? format.moment(circuit.since) : "";
  return (
    <Notice
      kind="warning"
      title={
        circuit.state === "stopped"
          ? t`What waits is not sent: ${system} refuses our log-on since ${since}, and is not called until somebody says so.`
          : t`What waits is sent when ${system} answers again, which can't be reached since ${since}.`
      }
    >
      <Link to="/desk">
        <Trans>To the connection to SAP</Trans>
      </Link>
    </Notice>
  );
}
