"use client";

import { MailPlus, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../primitives/button";
import { Invitations } from "../invitations/invitations";
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
  const [inviting, setInviting] = useState(false);
  return (
    <Section
      title="People"
      lead="Who may come in, and what each may do. Every change is in the audit log with your name."
      action={
        <div className="flex gap-2 max-md:w-full max-md:[&>*]:flex-1">
          <Button onClick={() => setAdding(true)}>
            <UserRoundPlus aria-hidden="true" />
            Add with a password
          </Button>
          <Button variant="primary" onClick={() => setInviting(true)}>
            <MailPlus aria-hidden="true" />
            Invite a person
          </Button>
        </div>
      }
    >
      <PeopleList />
      <Invitations inviting={inviting} onInvitingChange={setInviting} />
      <AddUserDialog open={adding} onOpenChange={setAdding} />
    </Section>
  );
}
