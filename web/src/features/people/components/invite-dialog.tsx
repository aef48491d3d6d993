import { Trans, useLingui } from "@lingui/react/macro";
import { type SyntheticEvent, useState } from "react";
import { Problem } from "@/api/problem";
import { type CompanyRole, useInvite } from "@/features/people/api/people";
import styles from "@/features/people/components/people-page.module.css";
import { useRoleOptions } from "@/features/people/roles";
import { Button } from "@/ui/button";
import { Actions, Dialog } from "@/ui/dialog";
import { Select, TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** Asks whom to invite, and as what. */
export function InviteDialog({ isOpen, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog title={t`Invite somebody`} isOpen={isOpen} onClose={onClose}>
      <InviteForm onClose={onClose} />
    </Dialog>
  );
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [wanted, setWanted] = useState({ name: "", email: "", role: "buyer" as CompanyRole });
  const inviting = useInvite(key);
  const { error } = inviting;
  const faultAt = (pointer: string) =>
    error instanceof Problem
      ? error.faults.find((fault) => fault.pointer === pointer)?.detail
      : undefined;
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    inviting.mutate(wanted, { onSuccess: onClose });
  };
  const set = (field: keyof typeof wanted) => (value: string) => {
    inviting.reset();
    setKey(crypto.randomUUID()); // another invitation, where the first was stored and not answered
    setWanted((before) => ({ ...before, [field]: value }));
  };
  return (
    <form className={styles.form} onSubmit={send}>
      <TextField
        label={t`Name`}
        hint={t`As orders and histories show it.`}
        autoComplete="off"
        required
        maxLength={100}
        value={wanted.name}
        fault={faultAt("/name")}
        onChange={(event) => set("name")(event.target.value)}
      />
      <TextField
        label={t`E-mail`}
        type="email"
        autoComplete="off"
        required
        maxLength={254}
        value={wanted.email}
        fault={faultAt("/email")}
        onChange={(event) => set("email")(event.target.value)}
      />
      <Select
        label={t`Role`}
        value={wanted.role}
        onChange={set("role")}
        options={useRoleOptions()}
      />
      <p>
        <Trans>
          They see the invitation when they sign in with this address. Sellin writes to nobody: you
          find the words for an e-mail beside the invitation.
        </Trans>
      </p>
      {error && <Failure error={error} />}
      <Actions>
        <Button onPress={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button look="main" type="submit" isDisabled={inviting.isPending}>
          <Trans>Invite</Trans>
        </Button>
      </Actions>
    </form>
  );
}
