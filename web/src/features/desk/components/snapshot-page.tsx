import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type SnapshotView, snapshotQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Facts } from "@/features/desk/components/facts";
import { SnapshotState, useCountNames } from "@/features/desk/components/snapshots";
import { useFamilyText, useRecordFieldText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Failure } from "@/ui/notice";
import { type Column, Table } from "@/ui/table";

/** One of SAP's full snapshots: how far it is, what it compared and mended. */
export function SnapshotPage() {
  const { t } = useLingui();
  const { entry } = useParams({ from: "/desk/snapshots/$entry" });
  const found = useQuery(snapshotQuery(entry));
  const back = (
    <Link to="/desk/reconciliation">
      <Trans>To the reconciliation</Trans>
    </Link>
  );
  return (
    <DeskPage title={t`Snapshot of SAP's`} back={back}>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Shown one={found.data} />}
    </DeskPage>
  );
}

function Shown({ one }: { one: SnapshotView }) {
  const { t } = useLingui();
  const format = useFormat();
  const text = useFamilyText();
  const names = useCountNames();
  const facts = [
    [t`Data`, text(one.family)],
    [t`As of`, format.moment(one.as_of)],
    [t`First part`, format.moment(one.began_at)],
    [t`Missing parts`, one.missing.join(", ")],
    ...names.map(([name, count]) => [name, format.number(count(one))] as const),
  ] as const;
  return (
    <>
      <div>
        <SnapshotState one={one} />
      </div>
      <Facts facts={facts} />
      {one.lacking + one.known > 0 && (
        <Link to="/desk/differences" search={{ state: "parked", family: one.family }}>
          <Trans>To the differences</Trans>
        </Link>
      )}
      {one.examples.length > 0 && <Examples one={one} />}
    </>
  );
}

function Examples({ one }: { one: SnapshotView }) {
  const { t } = useLingui();
  const text = useRecordFieldText();
  const columns: Column<SnapshotView["examples"][number]>[] = [
    { name: t`Record`, cell: (row) => row.key, kind: "head" },
    { name: t`What`, cell: (row) => text(row.field) },
    { name: t`Here`, cell: (row) => row.ours || "–" },
    { name: t`In SAP`, cell: (row) => row.saps || "–" },
  ];
  return (
    <Table
      caption={<Trans>Examples of what was mended, with both sides as they were</Trans>}
      columns={columns}
      items={one.examples}
      keyOf={(row) => `${row.key} ${row.field} ${row.saps}`}
    />
  );
}
