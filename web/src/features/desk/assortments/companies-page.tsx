import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import {
  assortmentsQuery,
  companiesQuery,
  type Company,
  useAssign,
} from "@/features/desk/assortments/api";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Filters, Part } from "@/features/desk/components/filters";
import { ListedPages } from "@/features/desk/components/listed";
import { companiesSearch } from "@/features/desk/search";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { Select, TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";
import type { Column } from "@/ui/table";

/** Which company sees which assortment. */
export function CompaniesPage() {
  const { t } = useLingui();
  const { assortment } = useSearch({ from: "/desk/companies" });
  const navigate = useNavigate({ from: "/desk/companies" });
  const [chosen, setChosen] = useState<Company>();
  const back = (
    <Link to="/desk/assortments">
      <Trans>To the assortments</Trans>
    </Link>
  );
  return (
    <DeskPage title={t`Companies and their assortments`} back={back}>
      <p>
        <Trans>
          A company's number leads to what it could see of a style on any day, and at which prices.
        </Trans>
      </p>
      <Filters>
        <Part
          key={assortment}
          label={t`Key of the assortment`}
          value={assortment ?? ""}
          most={40}
          onSearch={(key) =>
            void navigate({ search: companiesSearch({ assortment: key }), replace: true })
          }
        />
      </Filters>
      <ListedPages
        list={useInfiniteQuery(companiesQuery(assortment))}
        caption={<Trans>Companies by number</Trans>}
        columns={useColumns(setChosen)}
        keyOf={(each) => each.id}
      />
      {chosen && <AssignDialog company={chosen} onClose={() => setChosen(undefined)} />}
    </DeskPage>
  );
}

function useColumns(onChoose: (company: Company) => void): Column<Company>[] {
  const { t } = useLingui();
  return [
    {
      name: t`Number`,
      cell: (each) => (
        <Link to="/desk/past" search={{ company: each.id }}>
          {each.id}
        </Link>
      ),
      kind: "head",
    },
    { name: t`Name`, cell: (each) => each.name, kind: "text" },
    { name: t`City`, cell: (each) => `${each.city}, ${each.country}`, kind: "text" },
    {
      name: t`Sees`,
      cell: (each) =>
        each.assigned ? t`${each.assortment} (SAP: ${each.saps || "–"})` : each.assortment || "–",
      kind: "text",
    },
    {
      name: t`Assortment`,
      cell: (each) => (
        <Button look="quiet" onPress={() => onChoose(each)} aria-label={t`Change: ${each.name}`}>
          <Trans>Change</Trans>
        </Button>
      ),
    },
  ];
}

function AssignDialog({ company, onClose }: { company: Company; onClose: () => void }) {
  const { t } = useLingui();
  const list = useInfiniteQuery(assortmentsQuery());
  const assigning = useAssign(company.id);
  const [id, setId] = useState(company.assigned ? company.assortment : "");
  const [reason, setReason] = useState("");
  const known = list.data?.pages.flatMap((page) => page.items) ?? [];
  const options = [
    { value: "", label: t`The one that SAP names (${company.saps || "–"})` },
    ...known.map((each) => ({
      value: each.id,
      label: each.name ? `${each.id}, ${each.name}` : each.id,
    })),
  ];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    assigning.mutate({ assortment: id || null, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t`Assortment of ${company.name}`} isOpen onClose={onClose}>
      <form onSubmit={submit}>
        <Select label={t`Assortment`} value={id} options={options} onChange={setId} />
        {list.hasNextPage && (
          <Button look="quiet" onPress={() => void list.fetchNextPage()}>
            <Trans>Show more</Trans>
          </Button>
        )}
        <TextField
          label={t`Reason`}
          hint={t`The company sees the other catalogue at once. The audit shows who said so, and why.`}
          value={reason}
          required
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        {assigning.error && <Failure error={assigning.error} />}
        <Actions>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" look="main" isDisabled={assigning.isPending || !reason.trim()}>
            <Trans>Change</Trans>
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
