import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type OrderAction, useOrderAction } from "@/features/desk/api/actions";
import { type HandoverView, type OrderView, orderQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import styles from "@/features/desk/components/desk.module.css";
import { Facts } from "@/features/desk/components/facts";
import { ReasonDialog } from "@/ui/reason-dialog";
import { SapAway } from "@/features/desk/components/sap-away";
import {
  useActionText,
  useDuration,
  useHandoverText,
  useOutcomeText,
  useParkReasonText,
} from "@/features/desk/words";
import type { Action } from "@/features/desk/search";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";
import { Table } from "@/ui/table";

/** An order's way to SAP, and what a person can do about it. */
export function HandoverPage() {
  const { t } = useLingui();
  const { number } = useParams({ from: "/desk/orders/$number" });
  const found = useQuery(orderQuery(number));
  const back = (
    <Link to="/desk/orders" search={{ state: "parked", of: "order" }}>
      <Trans>To the orders</Trans>
    </Link>
  );
  return (
    <DeskPage title={t`Order ${number}`} back={back}>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Shown order={found.data} />}
    </DeskPage>
  );
}

/** SAP's reason with the items that have it. */
const rejected = ({ key, positions }: OrderView["rejections"][number]) =>
  `${key} (${positions.join(", ")})`.trim();

function Shown({ order }: { order: OrderView }) {
  const { t } = useLingui();
  const format = useFormat();
  const facts = [
    [t`Customer`, `${order.company} · ${order.door}`],
    [t`PO number`, order.po_number],
    [t`Placed`, `${format.moment(order.placed_at)} · ${order.placed_by}`],
    [t`Purchase order in SAP`, order.purchase_order],
    [t`SAP number`, order.sap_number ?? order.external_number],
    [t`Rejected in SAP`, order.rejections.map(rejected).join("; ")],
    [t`Held in SAP for`, order.holds.map((hold) => hold.reason || hold.kind).join(", ")],
  ] as const;
  const change = order.change;
  return (
    <>
      {(order.handover.state === "waiting" || change?.state === "waiting") && <SapAway />}
      <OrderActions order={order} />
      <Facts facts={facts} />
      <Handover handover={order.handover} title={t`Hand-over`} />
      {change && (
        <Handover
          handover={change}
          title={change.cancels ? t`Hand-over of the cancellation` : t`Hand-over of the change`}
        />
      )}
    </>
  );
}

function OrderActions({ order }: { order: OrderView }) {
  const { t } = useLingui();
  const act = useOrderAction(order.number);
  const [asking, setAsking] = useState<Exclude<OrderAction, "retry"> | null>(null);
  const close = () => setAsking(null);
  const ask = (action: Exclude<OrderAction, "retry">) => {
    act.reset();
    setAsking(action);
  };
  const titles = {
    resend: t`Send again`,
    accept: t`Accept SAP's price`,
    reject: t`Reject`,
    park: t`Park`,
    cancel: t`Cancel the order`,
  };
  const hints = {
    resend: order.handover.in_doubt
      ? t`Only after you have looked in SAP: it has no such order and is not about to save one.`
      : t`The order is sent to SAP once more. The audit shows who said so, and why.`,
    accept: t`The order stays in SAP at SAP's price. The audit shows who said so, and why.`,
    reject: t`The customer reads this reason.`,
    park: t`It is not sent to SAP before it is sent again here. The audit shows who said so, and why.`,
    cancel: order.sap_number
      ? t`SAP is told to cancel the order. The customer reads this reason.`
      : t`The order is not sent to SAP any more. The customer reads this reason.`,
  };
  return (
    <>
      <div className={styles.actions}>
        {order.may_retry && (
          <Button
            isDisabled={act.isPending}
            onPress={() => act.mutate({ action: "retry", reason: "" })}
          >
            <Trans>Try now</Trans>
          </Button>
        )}
        {order.may_resend && (
          <Button look="main" onPress={() => ask("resend")}>
            {titles.resend}
          </Button>
        )}
        {order.may_accept && (
          <Button look="main" onPress={() => ask("accept")}>
            {titles.accept}
          </Button>
        )}
        {order.may_park && <Button onPress={() => ask("park")}>{titles.park}</Button>}
        {order.may_reject && (
          <Button look="danger" onPress={() => ask("reject")}>
            {titles.reject}
          </Button>
        )}
        {order.may_cancel && (
          <Button look="danger" onPress={() => ask("cancel")}>
            {titles.cancel}
          </Button>
        )}
      </div>
      {!asking && act.error && <Failure error={act.error} />}
      {asking && (
        <ReasonDialog
          title={titles[asking]}
          hint={hints[asking]}
          look={asking === "reject" || asking === "cancel" ? "danger" : "main"}
          act={act}
          onReason={(reason) => act.mutate({ action: asking, reason }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  );
}

function Handover({ handover, title }: { handover: HandoverView; title: string }) {
  const format = useFormat();
  const text = useHandoverText();
  const action = useActionText();
  const reason = useParkReasonText();
  const { parked } = handover;
  const state = text(handover);
  return (
    <>
      <h2>
        <Trans>
          {title}: {state}
        </Trans>
      </h2>
      {parked && (
        <Notice kind="warning">
          <span>
            <Trans>Waits for a decision since {format.moment(parked.at)}.</Trans>
          </span>
          {parked.detail && <span>{parked.detail}</span>}
          {parked.agreed && parked.in_sap && (
            <Trans>
              Agreed {format.money(parked.agreed)}, in SAP {format.money(parked.in_sap)}
            </Trans>
          )}
        </Notice>
      )}
      {handover.attempts.length > 0 && <Attempts {...handover} />}
      {handover.decisions.map((each) => (
        <p key={each.at}>
          {each.by}, {format.moment(each.at)}: {action(each.decision as Action)} (
          {reason(each.about)}) {each.reason}
        </p>
      ))}
    </>
  );
}

function Attempts({ attempts, forgotten }: HandoverView) {
  const { t } = useLingui();
  const format = useFormat();
  const duration = useDuration();
  const outcome = useOutcomeText();
  return (
    <Table
      caption={
        forgotten > 0 ? (
          <Plural
            value={forgotten}
            one="The latest attempts, the first one first; # earlier one failed and is kept no longer"
            other="The latest attempts, the first one first; # earlier ones failed and are kept no longer"
          />
        ) : (
          <Trans>Every attempt, the first one first</Trans>
        )
      }
      columns={[
        { name: t`Began`, cell: (each) => format.moment(each.at), kind: "tight" },
        {
          name: t`Ended`,
          cell: (each) => each.ended_at && format.moment(each.ended_at),
          kind: "tight",
        },
        {
          name: t`Took`,
          cell: (each) => each.ended_at && duration(secondsBetween(each.at, each.ended_at)),
          kind: "figure",
        },
        { name: t`Outcome`, cell: (each) => outcome(each.outcome) },
        { name: t`SAP's words`, cell: (each) => each.detail, kind: "text" },
        { name: t`Ruled out by`, cell: (each) => each.ruled_out_by },
      ]}
      items={attempts}
      keyOf={(each) => each.at}
    />
  );
}

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;
