import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { invitationsQuery, peopleQuery } from "@/features/people/api/people";
import { InvitationRow } from "@/features/people/components/invitation-row";
import { InviteDialog } from "@/features/people/components/invite-dialog";
import { InviteFileDialog } from "@/features/people/components/invite-file-dialog";
import styles from "@/features/people/components/people-page.module.css";
import { PersonRow } from "@/features/people/components/person-row";
import { useScope, useScopeKey } from "@/shared/scope";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";
import { PageTitle } from "@/ui/page-title";

/** Who belongs to the company, and who is invited to. */
export function PeoplePage() {
  const { t } = useLingui();
  const { name } = useScope().company;
  const scope = useScopeKey();
  const people = useInfiniteQuery(peopleQuery(scope));
  const invitations = useQuery(invitationsQuery(scope));
  const [isInviting, setInviting] = useState(false);
  const [isInvitingMany, setInvitingMany] = useState(false);
  const failed = people.error ? people : invitations;
  const title = t`People of ${name}`;
  return (
    <div className={styles.page}>
      <PageTitle>{title}</PageTitle>
      <div className={styles.head}>
        <h1>{title}</h1>
        <div className={styles.actions}>
          <Button onPress={() => setInvitingMany(true)}>
            <Trans>Invite by a file</Trans>
          </Button>
          <Button look="main" onPress={() => setInviting(true)}>
            <Trans>Invite somebody</Trans>
          </Button>
        </div>
      </div>
      {failed.error && <Failure error={failed.error} onRetry={() => void failed.refetch()} />}
      {people.isPending && (
        <p role="status">
          <Trans>Loading…</Trans>
        </p>
      )}
      <ul className={styles.list}>
        {people.data?.pages.flatMap(({ items }) =>
          items.map((person) => <PersonRow key={person.uid} person={person} />),
        )}
      </ul>
      {people.hasNextPage && (
        <Button isDisabled={people.isFetchingNextPage} onPress={() => void people.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
      {!!invitations.data?.length && (
        <>
          <h2>
            <Trans>Invited</Trans>
          </h2>
          <ul className={styles.list}>
            {invitations.data.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </>
      )}
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} />
      <InviteFileDialog isOpen={isInvitingMany} onClose={() => setInvitingMany(false)} />
    </div>
  );
}
