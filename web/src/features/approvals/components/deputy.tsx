import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { Problem } from "@/api/problem";
import { type Deputies, deputyQuery, useSaveDeputy } from "@/features/approvals/api/deputy";
import styles from "@/features/approvals/components/approvals-page.module.css";
import { useFormat } from "@/i18n/format";
import { useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";

/** Who decides in the reader's place while they are away, and for whom the reader does. */
export function Deputy() {
  const { data: known, error, refetch } = useQuery(deputyQuery(useScopeKey()));
  const [isAsked, setAsked] = useState(false);
  const saving = useSaveDeputy();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!known) return null;
  return (
    <section className={styles.facts} aria-labelledby="deputy">
      <h2 id="deputy">
        <Trans>While you are away</Trans>
      </h2>
      <Mine mine={known.mine} />
      {known.of_others.map((one) => (
        <OfOther key={one.of_name} one={one} />
      ))}
      {saving.error && <Failure error={saving.error} />}
      <div className={styles.sizes}>
        <Button onPress={() => setAsked(true)}>
          <Trans>Name a deputy</Trans>
        </Button>
        {known.mine && (
          <Button isDisabled={saving.isPending} onPress={() => saving.mutate(null)}>
            <Trans>No deputy any more</Trans>
          </Button>
        )}
      </div>
      {isAsked && <DeputyDialog onClose={() => setAsked(false)} />}
    </section>
  );
}

function Mine({ mine }: { mine: Deputies["mine"] }) {
  const format = useFormat();
  if (!mine)
    return (
      <p>
        <Trans>Nobody decides in your place.</Trans>
      </p>
    );
  const { name } = mine;
  const [since, until] = [format.date(mine.since), format.date(mine.until)];
  return (
    <p>
      <Trans>
        {name} decides in your place, too, from {since} to {until}.
      </Trans>
    </p>
  );
}

function OfOther({ one }: { one: Deputies["of_others"][number] }) {
  const format = useFormat();
  const { of_name: name } = one;
  const [since, until] = [format.date(one.since), format.date(one.until)];
  return (
    <p>
      <Trans>
        You decide in the place of {name}, too, from {since} to {until}.
      </Trans>
    </p>
  );
}

function DeputyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [wanted, setWanted] = useState({ email: "", since: "", until: "" });
  const saving = useSaveDeputy();
  const { error } = saving;
  const faultAt = (name: string) =>
    error instanceof Problem
      ? error.faults.find(({ pointer }) => pointer === `/deputy/${name}`)?.detail
      : undefined;
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    saving.mutate(wanted, { onSuccess: onClose });
  };
  const field = (name: keyof typeof wanted) => ({
    required: true,
    value: wanted[name],
    fault: faultAt(name),
    onChange: (event: { target: { value: string } }) =>
      setWanted({ ...wanted, [name]: event.target.value }),
  });
  return (
    <Dialog title={t`Name a deputy`} isOpen onClose={onClose}>
      <form className={styles.form} onSubmit={send}>
        <TextField
          label={t`E-mail`}
          hint={t`Of somebody of your company who may approve.`}
          type="email"
          autoComplete="off"
          maxLength={320}
          {...field("email")}
        />
        <TextField label={t`From day`} type="date" {...field("since")} />
        <TextField label={t`To day`} type="date" {...field("until")} />
        {error && <Failure error={error} />}
        <Actions>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="main" type="submit" isDisabled={saving.isPending}>
            <Trans>Save</Trans>
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
