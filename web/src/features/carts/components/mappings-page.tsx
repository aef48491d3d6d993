import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import {
  type KeptMapping,
  mappingsQuery,
  useForgetMapping,
} from "@/features/carts/api/kept-mappings";
import styles from "@/features/carts/components/mappings-page.module.css";
import { useMeaningText } from "@/features/carts/meanings";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { useScope, useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Failure, Notice } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** What the company's people said that columns of uploaded files are. */
export function MappingsPage() {
  const { t } = useLingui();
  const mappings = useQuery(mappingsQuery(useScopeKey()));
  return (
    <div className={styles.page}>
      <PageTitle>{t`Columns of your files`}</PageTitle>
      <Link to="/carts">
        <Trans>To the carts</Trans>
      </Link>
      <h1>
        <Trans>Columns of your files</Trans>
      </h1>
      <p>
        <Trans>
          What people of your company said that columns are is remembered for later files with the
          same columns. After you delete an entry, the next such file is asked about again.
        </Trans>
      </p>
      {mappings.error && <Failure error={mappings.error} onRetry={() => void mappings.refetch()} />}
      {mappings.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      {mappings.data?.length === 0 && (
        <Notice>
          <Trans>Nothing is remembered yet. You are asked when a file is uploaded.</Trans>
        </Notice>
      )}
      <ul className={styles.list}>
        {mappings.data?.map((mapping) => (
          <Row key={mapping.id} mapping={mapping} />
        ))}
      </ul>
    </div>
  );
}

function Row({ mapping }: { mapping: KeptMapping }) {
  const { t } = useLingui();
  const format = useFormat();
  const text = useMeaningText();
  const { mayOrder } = useScope();
  const [isAsked, setAsked] = useState(false);
  const by = useActor()(mapping.chosen);
  const at = format.moment(mapping.chosen.at);
  const columns = mapping.columns.map(({ name, meaning }, place) => {
    const letter = letterOf(place);
    return { name: name || t`Column ${letter}`, meaning: text(meaning, name) };
  });
  const read = mapping.columns.flatMap(({ meaning }, place) =>
    meaning === "none" ? [] : [columns[place]!.name],
  );
  const title = read.join(", ");
  return (
    <li className={styles.row}>
      <h2 className={styles.name}>{title}</h2>
      <dl className={styles.columns}>
        {columns.map(({ name, meaning }, place) => (
          <div key={place}>
            <dt>{name}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <small className={styles.chosen}>
        <Trans>
          Confirmed by {by}, {at}
        </Trans>
      </small>
      {mayOrder && (
        <Button look="danger" onPress={() => setAsked(true)} aria-label={t`Delete: ${title}`}>
          <Trans>Delete</Trans>
        </Button>
      )}
      {isAsked && <Forget mapping={mapping} title={title} onClose={() => setAsked(false)} />}
    </li>
  );
}

/** What spreadsheet programs call a column; a header has 50 at most. */
const letterOf = (place: number) =>
  (place < 26 ? "" : "A") + String.fromCharCode("A".charCodeAt(0) + (place % 26));

interface ForgetProps {
  mapping: KeptMapping;
  title: string;
  onClose: () => void;
}

function Forget({ mapping, title, onClose }: ForgetProps) {
  const { t } = useLingui();
  return (
    <ConfirmDialog
      title={t`Delete these columns?`}
      action={<Trans>Delete</Trans>}
      act={useForgetMapping(mapping.id)}
      onClose={onClose}
    >
      <p>{title}</p>
    </ConfirmDialog>
  );
}
