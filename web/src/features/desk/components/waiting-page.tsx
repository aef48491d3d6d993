import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type WaitingHead, waitingQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Choice, Filters, Part } from "@/features/desk/components/filters";
import { ListedPages } from "@/features/desk/components/listed";
import { FAMILIES, KINDS, type WaitingSearch, waitingSearch } from "@/features/desk/search";
import { useAwaitedText, useKindText } from "@/features/desk/words";
import { useFormat } from "@/i18n/format";
import type { Column } from "@/ui/table";

/** What SAP sent and waits for something that it has not sent. */
export function WaitingPage() {
  const { t } = useLingui();
  const kindText = useKindText();
  const search = useSearch({ from: "/desk/waiting" });
  const navigate = useNavigate({ from: "/desk/waiting" });
  const set = (changed: { [name in keyof WaitingSearch]?: unknown }) =>
    void navigate({ search: waitingSearch({ ...search, ...changed }), replace: true });
  return (
    <DeskPage title={t`Waiting messages`}>
      <p>
        <Trans>
          They are applied within a minute after what they wait for has come, and need nobody. Those
          marked as old have waited for long: look whether SAP has sent that at all.
        </Trans>
      </p>
      <Filters>
        <Choice
          label={t`Family`}
          value={search.family}
          of={FAMILIES}
          text={(family) => family}
          none={t`All`}
          onChoose={(family) => set({ family })}
        />
        <Choice
          label={t`Waits for`}
          value={search.waits_for}
          of={KINDS}
          text={kindText}
          none={t`All`}
          onChoose={(kind) => set({ waits_for: kind })}
        />
        <Choice
          label={t`Age`}
          value={search.old && "old"}
          of={["old"]}
          text={() => t`Old`}
          none={t`Any`}
          onChoose={(old) => set({ old })}
        />
        <Part
          key={search.key}
          label={t`Number contains`}
          value={search.key ?? ""}
          onSearch={(key) => set({ key })}
        />
      </Filters>
      <ListedPages
        list={useInfiniteQuery(waitingQuery(search))}
        caption={<Trans>Messages that wait for something, the newest first</Trans>}
        columns={useColumns()}
        keyOf={(each) => each.entry}
      />
    </DeskPage>
  );
}

function useColumns(): Column<WaitingHead>[] {
  const { t } = useLingui();
  const format = useFormat();
  const awaitedText = useAwaitedText();
  return [
    {
      name: t`About`,
      cell: ({ entry, object }) => (
        <Link to="/desk/waiting/$entry" params={{ entry }}>
          {object || entry}
        </Link>
      ),
      kind: "head",
    },
    { name: t`Family`, cell: (each) => each.kind },
    {
      name: t`Waits for`,
      cell: ({ awaits }) => awaits.map((each) => <div key={each}>{awaitedText(each)}</div>),
      kind: "text",
    },
    { name: t`Since`, cell: (each) => format.moment(each.since), kind: "tight" },
    { name: t`Age`, cell: (each) => each.is_old && <strong>{t`Old`}</strong> },
  ];
}
