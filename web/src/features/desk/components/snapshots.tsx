import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ExpectedSnapshot, type Snapshot, snapshotsQuery } from "@/features/desk/api/queries";
import { ListedPages } from "@/features/desk/components/listed";
import { useFamilyText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import type { Column } from "@/ui/table";

/** SAP's full snapshots of stock, prices and customers: when one came, and what each compared. */
export function Snapshots() {
  const list = useInfiniteQuery(snapshotsQuery());
  return (
    <>
      <h2>
        <Trans>Stock, prices and customers</Trans>
      </h2>
      <p>
        <Trans>
          They are compared with full snapshots, which only SAP can publish: to compare now, have
          the extraction started in SAP. What differs is mended as the parts come. What SAP's
          snapshot lacks has no stock any more; customers and prices that it lacks wait for a
          decision.
        </Trans>
      </p>
      <Expected items={list.data?.pages[0]?.expected ?? []} />
      <ListedPages
        list={list}
        caption={<Trans>Snapshots, the newest first; figures are records</Trans>}
        columns={useColumns()}
        keyOf={(one) => one.id}
      />
    </>
  );
}

function Expected({ items }: { items: ExpectedSnapshot[] }) {
  const text = useFamilyText();
  const format = useFormat();
  if (items.length === 0) return null;
  return (
    <ul>
      {items.map((one) => {
        const family = text(one.family);
        const last = one.as_of && format.moment(one.as_of);
        const late = one.late_at ? format.moment(one.late_at) : "–";
        return (
          <li key={one.family}>
            {last ? (
              <Trans>
                {family}: the last complete snapshot is as of {last}, the next is overdue from{" "}
                {late} on.
              </Trans>
            ) : (
              <Trans>
                {family}: no complete snapshot yet, one is overdue from {late} on.
              </Trans>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function useColumns(): Column<Snapshot>[] {
  const { t } = useLingui();
  const format = useFormat();
  const text = useFamilyText();
  const names = useCountNames();
  return [
    {
      name: t`As of`,
      cell: (one) => (
        <Link to="/desk/snapshots/$entry" params={{ entry: one.id }}>
          {format.moment(one.as_of)}
        </Link>
      ),
      kind: "head",
    },
    { name: t`Data`, cell: (one) => text(one.family) },
    { name: t`How far`, cell: (one) => <SnapshotState one={one} /> },
    ...names.map(([name, count]): Column<Snapshot> => ({
      name,
      cell: (one) => format.number(count(one)),
      kind: "figure",
    })),
  ];
}

/** How far a snapshot is, in words. */
export function SnapshotState({ one }: { one: Snapshot }) {
  const { t } = useLingui();
  const format = useFormat();
  const came = format.number(one.parts_came);
  const parts = format.number(one.parts);
  return (
    <>
      {stateText()}
      <div>{t`${came} of ${parts} parts`}</div>
      {one.failure && <div>{one.failure}</div>}
    </>
  );

  function stateText() {
    if (one.outcome === "failed") return t`Failed`;
    if (one.ended_at) return t`Ended ${format.moment(one.ended_at)}`;
    return one.parts_came < one.parts ? t`Parts are yet to come` : t`Looks for what SAP lacks`;
  }
}

type Count = readonly [name: string, of: (one: Snapshot) => number];

/** The figures of a snapshot, by name. */
export function useCountNames(): Count[] {
  const { t } = useLingui();
  return [
    [t`Compared`, ({ counts }) => counts.compared],
    [t`Agree`, ({ counts }) => counts.agreed],
    [t`Mended`, ({ counts }) => counts.mended],
    [t`Taken out of stock`, ({ counts }) => counts.emptied],
    [t`Quarantined`, ({ counts }) => counts.held],
    [t`Waiting`, ({ counts }) => counts.waiting],
    [t`To be decided`, ({ lacking }) => lacking],
    [t`Known before`, ({ known }) => known],
  ];
}
