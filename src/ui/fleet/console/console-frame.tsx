"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { AuthStatus } from "@/contracts/people/user";
import { ApiProvider } from "../../api/provider";
import { SessionProvider } from "../../api/session";
import type { Glance } from "../../live/glance";
import { LiveProvider } from "../../live/live-context";
import { StepUpProvider } from "../../people/second-factor/step-up-provider";
import { ActionsProvider } from "../action/actions-provider";
import { ConsoleShell } from "./console-shell";

/** Everything that stays while pages change: the session, the live connection, open dialogs, the shell. */
export function ConsoleFrame({
  children,
  glance,
  inbox,
  banner,
  known,
}: {
  children: ReactNode;
  glance: Glance | null;
  /** The bell of the header. */
  inbox?: ReactNode;
  /** Under the header, after what the console says of itself. */
  banner?: ReactNode;
  known?: AuthStatus | undefined;
}) {
  const path = usePathname();
  return (
    <ApiProvider>
      <LiveProvider glance={glance}>
        <SessionProvider {...(known ? { known } : {})}>
          <ActionsProvider>
            <StepUpProvider>
              <ConsoleShell path={path} inbox={inbox} banner={banner}>
                {children}
              </ConsoleShell>
            </StepUpProvider>
          </ActionsProvider>
        </SessionProvider>
      </LiveProvider>
    </ApiProvider>
  );
}
