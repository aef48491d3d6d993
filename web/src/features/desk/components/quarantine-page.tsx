import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useReplayMany } from "@/features/desk/api/actions";
import { type QuarantineHead, quarantineQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import styles from "@/features/desk/components/desk.module.css";
import { Choice, Filters, Part } from "@/features/desk/components/filters";
import { ListedPages } from "@/features/desk/components/listed";
import { AGES, type QuarantineSearch, quarantineSearch, TOPICS } from "@/features/desk/search";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";
import type { Column } from "@/ui/table";

/** What SAP sent and could not be taken in. */
export function QuarantinePage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/quarantine" });
  const navigate = useNavigate({ from: "/desk/quarantine" });
  const list = useInfiniteQuery(quarantineQuery(search));
  const set = (changed: { [name in keyof QuarantineSearch]?: unknown }) =>
    void navigate({ search: quarantineSearch({ ...search, ...changed }), replace: true });
  return (
    <DeskPage title={t`Quarantine`}>
      <Filters>
        <Choice
          label={t`Topic`}
          value={search.topic}
          of={TOPICS}
          text={(topic) => topic}
          none={t`All`}
          onChoose={(topic) => set({ topic })}
        />
        <Choice
          label={t`Age`}
          value={search.hours}
          of={AGES}
          text={(hours) => t`Over ${hours} h`}
          none={t`Any`}
          onChoose={(hours) => set({ hours })}
        />
        <Part
          key={search.says}
          label={t`Reason contains`}
          value={search.says ?? ""}
          onSearch={(says) => set({ says })}
        />
      </Filters>
      {search.says && list.data?.pages[0]?.items.length ? (
        <ReplayAll search={search} says={search.says} />
      ) : null}
      <ListedPages
        list={list}
        caption={<Trans>Messages that could not be taken in, the newest first</Trans>}
        columns={useColumns()}
        keyOf={(each) => each.entry}
      />
    </DeskPage>
  );
}

function ReplayAll({ search, says }: { search: QuarantineSearch; says: string }) {
  const replay = useReplayMany();
  return (
    <div className={styles.actions}>
      <Button
        isDisabled={replay.isPending}
        onPress={() => replay.mutate({ topic: search.topic ?? null, says })}
      >
        <Trans>Replay all with this reason</Trans>
      </Button>
      {replay.error && <Failure error={replay.error} />}
      {replay.data && (
        <Notice>
          <span>
            <Plural
              value={replay.data.count}
              one="# message was replayed."
              other="# messages were replayed."
            />
          </span>{" "}
          {replay.data.more && (
            <span>
              <Trans>There are more of them: replay again.</Trans>
            </span>
          )}
        </Notice>
      )}
    </div>
  );
}

function useColumns(): Column<QuarantineHead>[] {
  const { t } = useLingui();
  const format = useFormat();
  return [
    {
      name: t`Message`,
      cell: ({ entry }) => (
        <Link to="/desk/quarantine/$entry" params={{ entry }}>
          {entry}
        </Link>
      ),
      kind: "head",
    },
    { name: t`Family`, cell: (each) => each.kind },
    { name: t`Received`, cell: (each) => format.moment(each.received_at), kind: "tight" },
    { name: t`Reasons`, cell: (each) => <Reasons of={each} />, kind: "text" },
    { name: t`Bytes`, cell: (each) => format.number(each.size), kind: "figure" },
  ];
}

function Reasons({ of: { reasons, reason_count: all } }: { of: QuarantineHead }) {
  return (
    <>
      {reasons.map((reason, index) => (
        <div key={index}>{reason}</div>
      ))}
      {all > reasons.length && (
        <Plural value={all - reasons.length} one="and # more" other="and # more" />
      )}
    </>
  );
}
