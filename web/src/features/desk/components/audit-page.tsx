import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type AuditEntry, auditQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Choice, Filters } from "@/features/desk/components/filters";
import { ListedPages } from "@/features/desk/components/listed";
import { ACTIONS, auditSearch } from "@/features/desk/search";
import { useActionText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import type { Column } from "@/ui/table";

/** Who did what at the desk. */
export function AuditPage() {
  const { t } = useLingui();
  const text = useActionText();
  const search = useSearch({ from: "/desk/audit" });
  const navigate = useNavigate({ from: "/desk/audit" });
  return (
    <DeskPage title={t`Audit`}>
      <Filters>
        <Choice
          label={t`Action`}
          value={search.action}
          of={ACTIONS}
          text={text}
          none={t`All`}
          onChoose={(action) => void navigate({ search: auditSearch({ action }), replace: true })}
        />
      </Filters>
      <ListedPages
        list={useInfiniteQuery(auditQuery(search))}
        caption={<Trans>What was done, the newest first</Trans>}
        columns={useColumns()}
        keyOf={(each) => `${each.at} ${each.object}`}
      />
    </DeskPage>
  );
}

function useColumns(): Column<AuditEntry>[] {
  const { t } = useLingui();
  const format = useFormat();
  const text = useActionText();
  return [
    { name: t`When`, cell: (each) => format.moment(each.at), kind: "tight" },
    { name: t`Who`, cell: (each) => each.by },
    { name: t`Action`, cell: (each) => text(each.action) },
    { name: t`On what`, cell: (each) => each.object },
    { name: t`Reason`, cell: (each) => each.reason, kind: "text" },
  ];
}
