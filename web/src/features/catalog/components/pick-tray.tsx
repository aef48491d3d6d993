import { Plural, Trans } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { StylesPage } from "@/features/catalog/api/list-styles";
import styles from "@/features/catalog/components/pick-tray.module.css";
import { useFormat } from "@/i18n/format";
import { MOST_PICKS, pick, unpick, usePicks, writtenPicks } from "@/shared/picks";
import { useScope } from "@/shared/scope";
import { Button } from "@/ui/button";
import button from "@/ui/button.module.css";
import { Icon } from "@/ui/icon";

type Found = UseInfiniteQueryResult<InfiniteData<StylesPage>>;

/** Picks all styles that the search finds for the line sheet, or lets go of them. */
export function PickAll({ found, total }: { found: Found; total: number }) {
  const { company } = useScope();
  const format = useFormat();
  const [isPicking, setPicking] = useState(false);
  const picks = usePicks(company.id);
  const shown = numbersOf(found.data);
  if (!shown.length) return null;
  const all = shown.length === total && shown.every((style) => picks.includes(style));
  const pickAll = async () => {
    setPicking(true);
    let page: Found = found;
    while (page.hasNextPage && numbersOf(page.data).length < MOST_PICKS && !page.error) {
      page = await page.fetchNextPage();
    }
    pick(company.id, numbersOf(page.data));
    setPicking(false);
  };
  const most = format.number(MOST_PICKS);
  return all ? (
    <Button look="quiet" onPress={() => unpick(company.id, shown)}>
      <Trans>Unpick these</Trans>
    </Button>
  ) : (
    <Button look="quiet" isDisabled={isPicking} onPress={() => void pickAll()}>
      {total > MOST_PICKS ? (
        <Trans>Pick the first {most}</Trans>
      ) : (
        <Plural value={total} one="Pick this one" other="Pick all #" />
      )}
    </Button>
  );
}

const numbersOf = (data: Found["data"]) =>
  data?.pages.flatMap((page) => page.items.map((item) => item.style)) ?? [];

/** How many styles are picked, and the way to their line sheet. */
export function PickTray() {
  const { company } = useScope();
  const picks = usePicks(company.id);
  const picked = picks.length;
  if (!picked) return null;
  return (
    <div className={styles.tray}>
      <p role="status">
        <Plural value={picked} one="# style picked" other="# styles picked" />
      </p>
      <Button look="quiet" onPress={() => unpick(company.id, picks)}>
        <Trans>Unpick all</Trans>
      </Button>
      <Link
        to="/line-sheet"
        search={{ styles: writtenPicks(picks) }}
        className={`${button.button} ${button.main}`}
      >
        <Icon name="sheet" />
        <Trans>Line sheet</Trans>
      </Link>
    </div>
  );
}
