"use client";

import { useState } from "react";
import type { SentInvitation } from "@/contracts/people/invitation";
import { trpc } from "../../api/trpc";
import { SecretDialog } from "../secret-dialog";

/** The invitation that was just made or sent again. It stays known while its window closes: the words must not change. */
export function useSentInvitation() {
  const [sent, setSent] = useState<SentInvitation>();
  const [showing, setShowing] = useState(false);
  const show = (invitation: SentInvitation) => {
    setSent(invitation);
    setShowing(true);
  };
  return { sent, showing, show, hide: () => setShowing(false) };
}

/** The link of an invitation, this once, and whether a mail carries it as well. */
export function SentDialog({
  sent,
  open,
  onClose,
}: {
  sent: SentInvitation | undefined;
  open: boolean;
  onClose: () => void;
}) {
  const mail = trpc.invitations.list.useQuery({ limit: 500 }).data?.mail;
  return (
    <SecretDialog title="The invitation is made" secret={open && sent ? sent.link : null} onClose={onClose}>
      <p className="text-muted-foreground text-sm">
        {sent?.mailed
          ? `It is on its way to ${sent.email}. You can hand this link over as well; it works once.`
          : mail?.on
            ? `The mail to ${sent?.email} could not be taken. Hand this link over yourself; it works once.`
            : `Mail is off (SMTP_URL is not set), so hand this link to ${sent?.email} yourself; it works once.`}
      </p>
    </SecretDialog>
  );
}
