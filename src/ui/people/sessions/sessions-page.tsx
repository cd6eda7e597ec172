"use client";

import { trpc } from "../../api/trpc";
import { Section } from "../section";
import { ChangePassword } from "./change-password";
import { EndOthers } from "./end-others";
import { OwnNames } from "./own-names";
import { ProgramsSection } from "./programs-section";
import { SessionsList } from "./sessions-list";

/** Where the person is signed in, and the password. What is ended here falls at once, not at its next click. */
export function SessionsPage() {
  const sessions = trpc.sessions.list.useQuery({});
  const programs = trpc.programs.list.useQuery({});
  const browsers = sessions.data?.items.filter((session) => !session.current).length ?? 0;
  return (
    <Section
      title="Your sessions and password"
      lead="Every browser and program that is signed in as you. End what you don't recognise, then change your password below."
      action={<EndOthers browsers={browsers} programs={programs.data?.items.length ?? 0} />}
    >
      <OwnNames />
      <SessionsList sessions={sessions} />
      <ProgramsSection programs={programs} />
      <ChangePassword />
    </Section>
  );
}
