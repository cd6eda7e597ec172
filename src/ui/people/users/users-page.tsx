"use client";

import { UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../primitives/button";
import { Invitations } from "../invitations/invitations";
import { SentDialog, useSentInvitation } from "../invitations/sent-dialog";
import { OnlyFor } from "../only-for";
import { Section } from "../section";
import { AddUserDialog } from "./add-user-dialog";
import { PeopleList } from "./people-list";

export function UsersPage() {
  return (
    <OnlyFor permission="users:manage" what="the people">
      <Users />
    </OnlyFor>
  );
}

/** Who may come in: those who can, and those who are invited. */
function Users() {
  const [adding, setAdding] = useState(false);
  const { sent, showing, show, hide } = useSentInvitation();
  return (
    <Section
      title="People"
      lead="Who may come in, and what each may do. Every change is in the audit log with your name."
      action={
        <Button variant="primary" className="max-md:w-full" onClick={() => setAdding(true)}>
          <UserRoundPlus aria-hidden="true" />
          Add a person
        </Button>
      }
    >
      <PeopleList />
      <Invitations onSent={show} />
      <AddUserDialog open={adding} onOpenChange={setAdding} onSent={show} />
      <SentDialog sent={sent} open={showing} onClose={hide} />
    </Section>
  );
}
