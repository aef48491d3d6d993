import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type DeadLetterHead, deadLettersQuery } from "@/features/desk/api/queries";
import { DeskPage } from "@/features/desk/components/desk-page";
import { Choice, Filters } from "@/features/desk/components/filters";
import { Listed } from "@/features/desk/components/listed";
import { deadLettersSearch, TOPICS } from "@/features/desk/search";
import { useFormat } from "@/i18n/format";
import type { Column } from "@/ui/table";

/** What SAP sent and could not be delivered to its function. */
export function DeadLettersPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/desk/dead-letters" });
  const navigate = useNavigate({ from: "/desk/dead-letters" });
  const list = useQuery(deadLettersQuery(search));
  return (
    <DeskPage title={t`Dead letters`}>
      <Filters>
        <Choice
          label={t`Topic`}
          value={search.topic}
          of={TOPICS}
          text={(topic) => topic}
          none={t`All`}
          onChoose={(topic) =>
            void navigate({ search: deadLettersSearch({ topic }), replace: true })
          }
        />
      </Filters>
      <Listed
        list={list}
        items={list.data?.items ?? []}
        caption={<Trans>Messages that could not be delivered, the oldest first</Trans>}
        columns={useColumns()}
        keyOf={(each) => each.entry}
      />
      {list.data?.more && (
        <p>
          <Trans>There are more of them, which are seen once these are dealt with.</Trans>
        </p>
      )}
    </DeskPage>
  );
}

function useColumns(): Column<DeadLetterHead>[] {
  const { t } = useLingui();
  const format = useFormat();
  return [
    {
      name: t`Message`,
      cell: ({ entry }) => (
        <Link to="/desk/dead-letters/$entry" params={{ entry }}>
          {entry}
        </Link>
      ),
      kind: "head",
    },
    { name: t`Published`, cell: (each) => format.moment(each.published_at), kind: "tight" },
    { name: t`Given up`, cell: (each) => format.moment(each.died_at), kind: "tight" },
    { name: t`Attempts`, cell: (each) => format.number(each.attempts), kind: "figure" },
    { name: t`Bytes`, cell: (each) => format.number(each.size), kind: "figure" },
  ];
}
