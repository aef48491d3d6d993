import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import {
  type Assortment,
  assortmentQuery,
  choicesQuery,
  useDropPlan,
} from "@/features/desk/assortments/api";
import { Editor } from "@/features/desk/assortments/editor";
import { useKeeperText } from "@/features/desk/assortments/words";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Facts } from "@/features/desk/components/facts";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";

/** An assortment: what it has, what is planned, what it had. */
export function AssortmentPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: "/desk/assortments/$id" });
  const { new: isNew = false } = useSearch({ from: "/desk/assortments/$id" });
  const found = useQuery({ ...assortmentQuery(id), enabled: !isNew });
  const choices = useQuery(choicesQuery());
  const back = (
    <Link to="/desk/assortments">
      <Trans>To the assortments</Trans>
    </Link>
  );
  const error = found.error ?? choices.error;
  return (
    <DeskPage title={t`Assortment ${id}`} back={back}>
      {error && (
        <Failure
          error={error}
          onRetry={() => {
            void found.refetch();
            void choices.refetch();
          }}
        />
      )}
      {isNew && (
        <Notice>
          <Trans>There is no assortment of this key yet. Saving makes it.</Trans>
        </Notice>
      )}
      {found.data && <Head one={found.data} />}
      {(isNew || found.data) && choices.data && (
        <Editor key={id} id={id} one={found.data ?? null} choices={choices.data} />
      )}
    </DeskPage>
  );
}

function Head({ one }: { one: Assortment }) {
  const { t } = useLingui();
  const format = useFormat();
  const keeper = useKeeperText();
  const companies = format.number(one.companies);
  return (
    <>
      <Facts facts={[[t`Kept by`, keeper(one.keeper)]]} />
      <Link to="/desk/companies" search={{ assortment: one.id }}>
        <Trans>Companies that see it: {companies}</Trans>
      </Link>
      {one.keeper === "sap" && (
        <p>
          <Trans>
            Once you save a change, this desk keeps the assortment, and SAP's listings of it are of
            no effect any more.
          </Trans>
        </p>
      )}
      {one.plan && <Planned id={one.id} plan={one.plan} />}
    </>
  );
}

function Planned({ id, plan }: { id: string; plan: NonNullable<Assortment["plan"]> }) {
  const format = useFormat();
  const dropping = useDropPlan(id);
  const from = format.moment(plan.holds_from);
  return (
    <>
      <Notice kind="warning">
        <Trans>
          From {from} on it has what {plan.by} decided: {plan.reason}
        </Trans>{" "}
        <Button isDisabled={dropping.isPending} onPress={() => dropping.mutate(undefined)}>
          <Trans>Give the planned change up</Trans>
        </Button>
      </Notice>
      {dropping.error && <Failure error={dropping.error} />}
    </>
  );
}
