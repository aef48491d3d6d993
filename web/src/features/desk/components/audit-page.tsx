import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useDownloadAudit } from "@/features/desk/api/download-audit";
import { type AuditEntry, auditQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import styles from "@/features/desk/components/desk.module.css";
import { Choice, Filters, Part } from "@/features/desk/components/filters";
import { ListedPages } from "@/features/desk/components/listed";
import { ACTIONS, type AuditSearch, auditSearch } from "@/features/desk/search";
import { useActionText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import { Downloads } from "@/ui/downloads";
import { TextField } from "@/ui/field";
import type { Column } from "@/ui/table";

/** Who did what at the desk. */
export function AuditPage() {
  const { t } = useLingui();
  const text = useActionText();
  const search = useSearch({ from: "/desk/audit" });
  const navigate = useNavigate({ from: "/desk/audit" });
  const set = (changed: Partial<Record<keyof AuditSearch, string | undefined>>) =>
    void navigate({ search: auditSearch({ ...search, ...changed }), replace: true });
  return (
    <DeskPage title={t`Audit`}>
      <Filters>
        <Choice
          label={t`Action`}
          value={search.action}
          of={ACTIONS}
          text={text}
          none={t`All`}
          onChoose={(action) => set({ action })}
        />
        <Part
          label={t`Company`}
          most={10}
          value={search.company ?? ""}
          onSearch={(company) => set({ company })}
        />
        <Part
          label={t`Name, number or part of one`}
          most={100}
          value={search.who ?? ""}
          onSearch={(who) => set({ who })}
        />
        <TextField
          label={t`From day`}
          type="date"
          value={search.since ?? ""}
          onChange={(event) => set({ since: event.target.value })}
        />
        <TextField
          label={t`To day`}
          type="date"
          value={search.until ?? ""}
          onChange={(event) => set({ until: event.target.value })}
        />
      </Filters>
      <Downloads download={useDownloadAudit(search)} className={styles.actions} />
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
    { name: t`Company`, cell: (each) => each.company, kind: "tight" },
    { name: t`For whom`, cell: (each) => each.about },
    { name: t`On what`, cell: (each) => each.object },
    { name: t`Before`, cell: (each) => each.before, kind: "text" },
    { name: t`After`, cell: (each) => each.after, kind: "text" },
    { name: t`Reason`, cell: (each) => each.reason, kind: "text" },
  ];
}
