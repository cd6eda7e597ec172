"use client";

import { type ReactNode, useMemo } from "react";
import { goToLogin } from "../../api/provider";
import { roleWord, useSession } from "../../api/session";
import { trpc } from "../../api/trpc";
import {
  useCallingAlerts,
  useFiringAlerts,
  useFreshness,
  useGlance,
  useIntents,
  useLiveCommands,
  usePeople,
} from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { signedOutHere } from "../../people/sso/signed-out-here";
import { AvatarStack } from "../../primitives/avatar";
import { AppShell } from "../../shell/app-shell";
import { GroupList } from "../../shell/group-list";
import { Freshness } from "../../status/freshness";
import { isOpen } from "../action/last-word";
import { groupSummaries } from "../board/group-summaries";
import { useBoardFilter } from "../board/use-board-filter";
import { boardShortcuts } from "./board-shortcuts";
import { LiveBanner } from "./live-banner";
import { SidebarFoot } from "./sidebar-foot";
import { useAgentActions } from "./use-agent-actions";

/** The shell, fed with the session and the live state. */
export function ConsoleShell({
  children,
  path,
  inbox,
  banner,
}: {
  children: ReactNode;
  path: string;
  inbox?: ReactNode;
  banner?: ReactNode;
}) {
  const { user } = useSession();
  const [filter, setFilter] = useBoardFilter();
  const glance = useGlance();
  const commands = useLiveCommands();
  const firing = useFiringAlerts();
  const calling = useCallingAlerts();
  const badges = {
    alerts: glance?.alerts ?? calling.length,
    muted: glance?.muted ?? firing.length - calling.length,
    commands: glance?.commands ?? commands.filter(isOpen).length,
  };
  const onBoard = path === "/";
  const actions = useAgentActions();
  const signOut = trpc.auth.logout.useMutation({
    onSettled: (answer) =>
      answer?.providerSignOut ? window.location.assign(`/login?reason=${signedOutHere}`) : goToLogin(),
  });
  return (
    <AppShell
      user={{
        name: user?.name ?? "…",
        role: user ? roleWord(user.role) : "",
        ...(user ? { email: user.email } : {}),
      }}
      onSignOut={() => signOut.mutate()}
      badges={badges}
      groups={<Groups current={onBoard && filter.groups.length === 1 ? filter.groups[0] : undefined} />}
      foot={<SidebarFoot />}
      freshness={<LivePill />}
      presence={<Presence />}
      actions={actions}
      shortcuts={boardShortcuts}
      inbox={inbox}
      banner={
        <>
          <LiveBanner />
          {banner}
        </>
      }
      {...(onBoard
        ? { search: { value: filter.text, onChange: (text) => setFilter({ ...filter, text }) } }
        : {})}
    >
      {children}
    </AppShell>
  );
}

/** A part of its own: the number changes every second, the shell need not. */
function LivePill() {
  return <Freshness {...useFreshness()} />;
}

function Groups({ current }: { current: string | undefined }) {
  const agents = useAgents();
  const glance = useGlance();
  const groups = useMemo(() => glance?.groups ?? groupSummaries(agents), [glance, agents]);
  return <GroupList groups={groups} {...(current ? { current } : {})} />;
}

/** Who is here; a ring in the colour of hands around those who are about to act. */
function Presence() {
  const { user } = useSession();
  const people = usePeople();
  const intents = useIntents();
  const acting = new Set(intents.map((intent) => intent.user.id));
  const unique = [...new Map(people.map((person) => [person.id, person])).values()];
  if (unique.length === 0) return null;
  const names = unique.map(({ id, name }) => (id === user?.id ? `${name} (you)` : name));
  return (
    <AvatarStack
      people={unique.map(({ id, name }) => ({ id, name, hand: acting.has(id) && id !== user?.id }))}
      label={`Here now: ${names.join(", ")}`}
    />
  );
}
