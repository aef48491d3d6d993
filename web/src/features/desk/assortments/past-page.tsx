import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { type PastStyle, pastQuery } from "@/features/desk/assortments/api";
import styles from "@/features/desk/assortments/assortments.module.css";
import { useGroundText, useSourceText } from "@/features/desk/assortments/words";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Facts } from "@/features/desk/components/facts";
import { type PastSearch, pastSearch } from "@/features/desk/search";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";
import { type Column, Table } from "@/ui/table";

/** What a company could see of a style on a day, at which prices. */
export function PastPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/past" });
  const found = useQuery({
    ...pastQuery(search),
    enabled: Boolean(search.company && search.style && search.day),
  });
  return (
    <DeskPage
      title={t`What could they see?`}
      back={
        <Link to="/desk/companies" search={{}}>
          <Trans>Companies and their assortments</Trans>
        </Link>
      }
    >
      <Asked key={JSON.stringify(search)} search={search} />
      {found.error && <Failure error={found.error} />}
      {found.data && <Told told={found.data} />}
    </DeskPage>
  );
}

function Asked({ search }: { search: PastSearch }) {
  const { t } = useLingui();
  const navigate = useNavigate({ from: "/desk/past" });
  const [asked, setAsked] = useState(search);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void navigate({ search: pastSearch({ ...asked }) });
  };
  const part = (name: keyof PastSearch) => ({
    value: asked[name] ?? "",
    onChange: (event: { target: { value: string } }) =>
      setAsked({ ...asked, [name]: event.target.value.trim() }),
  });
  return (
    <form role="search" className={styles.section} onSubmit={submit}>
      <TextField label={t`Company`} required maxLength={40} {...part("company")} />
      <TextField label={t`Style`} required maxLength={40} {...part("style")} />
      <TextField label={t`Day of the company's market`} type="date" required {...part("day")} />
      <TextField
        label={t`As it was known at`}
        hint={t`Such as the moment of an order, as prices are corrected later. Without one, by the end of the day.`}
        type="datetime-local"
        step={1}
        {...part("known")}
      />
      <Button type="submit" look="main">
        <Trans>Search</Trans>
      </Button>
    </form>
  );
}

function Told({ told }: { told: PastStyle }) {
  const { t } = useLingui();
  const format = useFormat();
  const { currency } = told;
  return (
    <section className={styles.section}>
      <h2>{told.name}</h2>
      <Facts
        facts={[
          [t`Known at`, format.moment(told.known_at)],
          [t`Assortment`, told.assortment || "–"],
          [t`Least amount of an order`, format.money({ amount: told.minimum_order, currency })],
          [t`Least pieces of the style`, format.number(told.minimum)],
          [t`Pieces per case`, format.number(told.multiple)],
        ]}
      />
      <Table
        caption={<Trans>Its sizes on {format.date(told.day)}</Trans>}
        columns={useColumns()}
        items={told.colourways.flatMap((colourway) =>
          colourway.sizes.map((size) => ({ colourway, size })),
        )}
        keyOf={(each) => each.size.sku}
      />
    </section>
  );
}

interface Row {
  colourway: PastStyle["colourways"][number];
  size: PastStyle["colourways"][number]["sizes"][number];
}

function useColumns(): Column<Row>[] {
  const { t } = useLingui();
  const format = useFormat();
  const ground = useGroundText();
  const source = useSourceText();
  return [
    { name: t`Article`, cell: ({ size }) => size.sku, kind: "head" },
    {
      name: t`Seen and sold`,
      cell: ({ size }) => (size.visible ? t`yes` : t`no`),
      kind: "tight",
    },
    {
      name: t`Because`,
      cell: ({ colourway, size }) =>
        size.blocked ? t`SAP blocked it` : ground(colourway.ground, colourway.rule),
      kind: "text",
    },
    {
      name: t`Net price`,
      cell: ({ size }) => (size.price ? format.unitPrice(size.price.unit) : t`none is valid`),
      kind: "figure",
    },
    {
      name: t`Before discounts`,
      cell: ({ size }) => (size.price?.list_price ? format.unitPrice(size.price.list_price) : "–"),
      kind: "figure",
    },
    {
      name: t`Whose price`,
      cell: ({ size }) => (size.price ? source(size.price.source) : "–"),
      kind: "text",
    },
    {
      name: t`Windows that took orders`,
      cell: ({ colourway }) => format.list(colourway.windows) || "–",
      kind: "text",
    },
  ];
}
