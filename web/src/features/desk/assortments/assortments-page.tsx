import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { type AssortmentHead, assortmentsQuery } from "@/features/desk/assortments/api";
import { ASSORTMENT_KEY } from "@/features/desk/assortments/draft";
import { useKeeperText } from "@/features/desk/assortments/words";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Filters } from "@/features/desk/components/filters";
import styles from "@/features/desk/components/desk.module.css";
import { ListedPages } from "@/features/desk/components/listed";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import type { Column } from "@/ui/table";

/** The catalogues that companies see. */
export function AssortmentsPage() {
  const { t } = useLingui();
  return (
    <DeskPage title={t`Assortments`}>
      <p>
        <Trans>
          An assortment says which colourways its companies see and buy, and in which delivery
          windows.
        </Trans>{" "}
        <Link to="/desk/companies" search={{}}>
          <Trans>Which company sees which</Trans>
        </Link>
      </p>
      <Filters>
        <NewKey />
      </Filters>
      <ListedPages
        list={useInfiniteQuery(assortmentsQuery())}
        caption={<Trans>Assortments by key</Trans>}
        columns={useColumns()}
        keyOf={(each) => each.id}
      />
    </DeskPage>
  );
}

function NewKey() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [id, setId] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void navigate({
      to: "/desk/assortments/$id",
      params: { id: id.trim().toUpperCase() },
      search: { new: true },
    });
  };
  return (
    <form className={styles.part} onSubmit={submit}>
      <TextField
        label={t`Key of a new assortment`}
        hint={t`Up to ten letters and digits.`}
        value={id}
        required
        pattern={ASSORTMENT_KEY}
        autoComplete="off"
        onChange={(event) => setId(event.target.value)}
      />
      <Button type="submit">
        <Trans>New assortment</Trans>
      </Button>
    </form>
  );
}

function useColumns(): Column<AssortmentHead>[] {
  const { t } = useLingui();
  const format = useFormat();
  const keeper = useKeeperText();
  return [
    {
      name: t`Key`,
      cell: ({ id }) => (
        <Link to="/desk/assortments/$id" params={{ id }} search={{}}>
          {id}
        </Link>
      ),
      kind: "head",
    },
    { name: t`Name`, cell: (each) => each.name || "–", kind: "text" },
    { name: t`Kept by`, cell: (each) => keeper(each.keeper), kind: "tight" },
    {
      name: t`Next change`,
      cell: (each) => (each.planned_for ? format.moment(each.planned_for) : "–"),
      kind: "tight",
    },
  ];
}
