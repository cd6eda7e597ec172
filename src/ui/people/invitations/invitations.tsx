"use client";

import { MailWarning } from "lucide-react";
import type { SentInvitation } from "@/contracts/people/invitation";
import { trpc } from "../../api/trpc";
import { Alert } from "../../primitives/alert";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { ListFrame } from "../section";
import { InvitationRow } from "./invitation-row";

/** Who was invited and has not come yet. Those who came are among the people, and all of it is in the audit log. */
export function Invitations({ onSent }: { onSent: (sent: SentInvitation) => void }) {
  const invitations = trpc.invitations.list.useQuery({ limit: 500 });
  const mail = invitations.data?.mail;
  return (
    <section aria-labelledby="invitations" className="mt-8">
      <h2 id="invitations" className="mb-3 text-base max-md:px-4">
        Invitations
      </h2>
      {mail?.lastFailure ? (
        <Alert tone="waiting" className="mb-3 max-md:mx-4" icon={<MailWarning aria-hidden="true" />}>
          The newest mail is not out: {mail.lastFailure} Hand the link over yourself, or send it again later.
        </Alert>
      ) : null}
      <ListFrame label="Who has not come yet">
        <Awaited query={invitations} rows={1}>
          {({ items }) => (
            <OpenInvitations
              items={items.filter(({ acceptedAt, revokedAt }) => !acceptedAt && !revokedAt)}
              onSent={onSent}
            />
          )}
        </Awaited>
      </ListFrame>
    </section>
  );
}

function OpenInvitations({
  items,
  onSent,
}: {
  items: Parameters<typeof InvitationRow>[0]["invitation"][];
  onSent: (sent: SentInvitation) => void;
}) {
  if (items.length === 0) {
    return (
      <p className="px-4 py-5 text-muted-foreground">
        Nobody is invited at the moment. An invited person chooses the password, so that nobody else knows it.
      </p>
    );
  }
  return (
    <Table>
      <colgroup>
        <col />
        <col className="w-28 max-md:hidden" />
        <col className="w-28 max-md:hidden" />
        <col className="w-52 max-md:w-[104px]" />
      </colgroup>
      <TableHeader>
        <tr>
          <TableHead>Person</TableHead>
          <TableHead className="max-md:hidden">Role</TableHead>
          <TableHead numeric className="max-md:hidden">
            Ends
          </TableHead>
          <TableActionHead />
        </tr>
      </TableHeader>
      <TableBody>
        {items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} onSent={onSent} />
        ))}
      </TableBody>
    </Table>
  );
}
