import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import {
  type CompanyRole,
  type Person,
  useChangePerson,
  useRemovePerson,
} from "@/features/people/api/people";
import styles from "@/features/people/components/people-page.module.css";
import { useRoleOptions } from "@/features/people/roles";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Select } from "@/ui/field";
import { Failure } from "@/ui/notice";

/** One of the company's people, with what an admin can decide about them. */
export function PersonRow({ person }: { person: Person }) {
  const { t } = useLingui();
  const format = useFormat();
  const { name, suspended, let_in_by: by } = person;
  const change = useChangePerson(person);
  const [isAsked, setAsked] = useState(false);
  const since = format.moment(person.since);
  return (
    <li className={styles.row} aria-busy={change.isPending}>
      <div className={styles.who}>
        <strong>{name}</strong>
        {person.is_you && (
          <small>
            <Trans>you</Trans>
          </small>
        )}
        {suspended && (
          <small className={styles.suspended}>
            <Trans>suspended</Trans>
          </small>
        )}
        <span className={styles.mail}>{person.email}</span>
        <small className={styles.since}>
          {by ? (
            <Trans>
              Since {since}, let in by {by}
            </Trans>
          ) : (
            <Trans>Since {since}</Trans>
          )}
        </small>
      </div>
      <Select
        label={t`Role of ${name}`}
        className={styles.role}
        value={person.role}
        disabled={change.isPending}
        onChange={(role) => change.mutate({ role: role as CompanyRole })}
        options={useRoleOptions()}
      />
      <div className={styles.actions}>
        <Button
          isDisabled={change.isPending}
          onPress={() => change.mutate({ suspended: !suspended })}
          aria-label={suspended ? t`Reinstate ${name}` : t`Suspend ${name}`}
        >
          {suspended ? <Trans>Reinstate</Trans> : <Trans>Suspend</Trans>}
        </Button>
        <Button look="danger" onPress={() => setAsked(true)} aria-label={t`Remove ${name}`}>
          <Trans>Remove</Trans>
        </Button>
      </div>
      {change.error && (
        <div className={styles.failure}>
          <Failure error={change.error} />
        </div>
      )}
      {isAsked && <Removal person={person} onClose={() => setAsked(false)} />}
    </li>
  );
}

function Removal({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useLingui();
  const { name } = person;
  return (
    <ConfirmDialog
      title={t`Remove ${name}?`}
      action={<Trans>Remove</Trans>}
      act={useRemovePerson(person)}
      onClose={onClose}
    >
      <p>
        <Trans>
          They can no longer act for your company, from this moment on. Carts and orders stay, and
          what they did keeps their name.
        </Trans>
      </p>
    </ConfirmDialog>
  );
}
