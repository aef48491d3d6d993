import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type Version, versionsQuery } from "@/features/desk/assortments/api";
import styles from "@/features/desk/assortments/assortments.module.css";
import { ListedPages } from "@/features/desk/components/listed";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import type { Column } from "@/ui/table";

interface Props {
  id: string;
  /** Makes the draft what a version had. */
  onTake: (version: Version) => void;
}

/** What the assortment had before. */
export function History({ id, onTake }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const columns: Column<Version>[] = [
    { name: t`Since`, cell: (each) => format.moment(each.since), kind: "head" },
    { name: t`By`, cell: (each) => each.by, kind: "text" },
    { name: t`Reason`, cell: (each) => each.reason || "–", kind: "text" },
    { name: t`Rules`, cell: (each) => format.number(each.rules.length), kind: "figure" },
    {
      name: t`Colourways named`,
      cell: (each) => format.number(each.included.length + each.excluded.length),
      kind: "figure",
    },
    {
      name: t`Draft`,
      cell: (each) => (
        <Button look="quiet" onPress={() => onTake(each)}>
          <Trans>Start from it</Trans>
        </Button>
      ),
    },
  ];
  return (
    <section className={styles.section}>
      <h2>
        <Trans>History</Trans>
      </h2>
      <ListedPages
        list={useInfiniteQuery(versionsQuery(id))}
        caption={<Trans>What the desk decided, the newest first</Trans>}
        columns={columns}
        keyOf={(each) => each.number}
      />
    </section>
  );
}
