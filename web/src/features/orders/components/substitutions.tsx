import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  type Pictures,
  picturesQuery,
  useAnswerSubstitution,
} from "@/features/orders/api/answer-substitution";
import type { Order } from "@/features/orders/api/get-order";
import { nameOf } from "@/features/orders/components/brand-notices";
import styles from "@/features/orders/components/substitutions.module.css";
import { useFormat } from "@/i18n/format";
import { useActor } from "@/shared/actor";
import { useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Failure, Notice } from "@/ui/notice";
import { Picture } from "@/ui/picture";

type Substitution = NonNullable<Order["lines"][number]["substitution"]>;
type Line = Order["lines"][number] & { substitution: Substitution };

/** Goods that the brand put in the place of others: both, and what the company said to that. */
export function Substitutions({ order, mayOrder }: { order: Order; mayOrder: boolean }) {
  const lines = order.lines.filter(isShown);
  const skus = lines.flatMap((line) => [line.substitution.ordered.sku, line.sku]);
  const scope = useScopeKey();
  const { data: pictures } = useQuery({ ...picturesQuery(scope, skus), enabled: skus.length > 0 });
  return lines.map((line) => (
    <Substituted
      key={line.position}
      order={order}
      line={line}
      mayOrder={mayOrder}
      pictures={pictures}
    />
  ));
}

/** Not of a line that ended without the company's doing. */
const isShown = (line: Order["lines"][number]): line is Line =>
  !!line.substitution &&
  (line.substitution.accepted !== null || (line.quantity > 0 && !line.rejected));

interface Props {
  order: Order;
  line: Line;
  mayOrder: boolean;
  pictures: Pictures | undefined;
}

function Substituted({ order, line, mayOrder, pictures }: Props) {
  const { t } = useLingui();
  const answering = useAnswerSubstitution(order.number);
  const [key] = useState(() => crypto.randomUUID());
  const { ordered, accepted, may_refuse: mayRefuse, why_not: whyNot } = line.substitution;
  const now = nameOf(line);
  const before = nameOf(ordered);
  const answer = (accepts: boolean) =>
    answering.mutate({
      body: { position: line.position, sku: line.sku, accepted: accepts },
      key: `${key}-${line.sku}-${accepts ? "yes" : "no"}`,
    });
  const isOpen = accepted === null;
  const isOnly = order.lines.every((each) => each === line || each.rejected || !each.quantity);
  return (
    <Notice kind={isOpen ? "warning" : "info"}>
      <p>
        <Trans>
          The brand put {now} in place of {before}.
        </Trans>
      </p>
      <div className={styles.pair}>
        <Item title={t`Ordered`} item={ordered} pictures={pictures} />
        <span aria-hidden="true">→</span>
        <Item title={t`Comes instead`} item={line} pictures={pictures} />
      </div>
      {!isOpen && <Answered substitution={line.substitution} />}
      {isOpen && mayRefuse && (
        <p>
          {isOnly ? (
            <Trans>It comes like this unless you refuse it; then the order is cancelled.</Trans>
          ) : (
            <Trans>It comes like this unless you refuse it; then the line is removed.</Trans>
          )}
        </p>
      )}
      {isOpen && whyNot && <p>{whyNot}</p>}
      {isOpen && mayOrder && (
        <p className={styles.choice}>
          <Button
            isDisabled={answering.isPending}
            onPress={() => answer(true)}
            aria-label={t`Accept ${now} in place of ${before}`}
          >
            <Trans>Accept</Trans>
          </Button>
          {mayRefuse && (
            <Button
              isDisabled={answering.isPending}
              onPress={() => answer(false)}
              aria-label={t`Refuse ${now} in place of ${before}`}
            >
              <Trans>Refuse</Trans>
            </Button>
          )}
        </p>
      )}
      {answering.error && <Failure error={answering.error} />}
    </Notice>
  );
}

interface ItemProps {
  title: string;
  item: Substitution["ordered"];
  pictures: Pictures | undefined;
}

function Item({ title, item, pictures }: ItemProps) {
  const picture = pictures?.get(item.sku);
  const size = item.size_name;
  return (
    <figure className={styles.item}>
      {picture && <Picture src={picture} alt="" hex="c8c8c4" size={64} loading="lazy" />}
      <figcaption>
        <small>{title}</small>
        <strong>
          {item.style_name}, {item.colour_name}
        </strong>
        <span>
          <Trans>Size {size}</Trans>
        </span>
        <small>{item.sku}</small>
      </figcaption>
    </figure>
  );
}

/** Who accepted or refused it, and when. */
export function Answered({ substitution }: { substitution: Substitution }) {
  const format = useFormat();
  const actor = useActor();
  const { accepted, at, by, by_kind } = substitution;
  if (accepted === null || !at || !by) return null;
  const who = actor({ by, by_kind: by_kind ?? null });
  const when = format.moment(at);
  return (
    <p>
      {accepted ? (
        <Trans>
          Accepted by {who}, {when}
        </Trans>
      ) : (
        <Trans>
          Refused by {who}, {when}
        </Trans>
      )}
    </p>
  );
}
