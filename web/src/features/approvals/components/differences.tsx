import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { picturesQuery } from "@/features/approvals/api/pictures";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { ColourwayPicture } from "@/features/approvals/components/colourway-picture";
import { useFormat } from "@/i18n/format";
import type { Approval } from "@/shared/approval/approvals";
import { useScopeKey } from "@/shared/scope";
import { partsOf } from "@/shared/sku";

/** What a change makes of an order: each line that gets other pieces, before and after. */
export function Differences({ differences }: { differences: Approval["differences"] }) {
  const format = useFormat();
  const used = [...new Set(differences.map(({ item }) => partsOf(item.sku).style))].sort();
  const { data: pictures } = useQuery(picturesQuery(useScopeKey(), used));
  return (
    <section className={styles.delivery}>
      <h2>
        <Trans>What changes</Trans>
      </h2>
      {differences.map(({ item, before, after, amount_before: old, amount_after: now }) => {
        const { style, colour } = partsOf(item.sku);
        return (
          <div key={item.sku} className={styles.colourway}>
            <ColourwayPicture shown={pictures?.get(`${style}-${colour}`)} />
            <div className={styles.name}>
              <strong>{item.style_name}</strong>
              <small>
                {style}-{colour} · {item.colour_name} · {item.size_name}
              </small>
              <BeforeAfter before={format.number(before)} after={format.number(after)} />
            </div>
            <BeforeAfter before={format.money(old)} after={format.money(now)} />
          </div>
        );
      })}
    </section>
  );
}

/** A figure as it is and as it would be. */
export function BeforeAfter({ before, after }: { before: ReactNode; after: ReactNode }) {
  return (
    <span>
      {before} → <strong>{after}</strong>
    </span>
  );
}
