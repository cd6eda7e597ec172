"use client";

import { permissionsOf } from "@/contracts/people/role";
import { PageTabs } from "../shell/page-tabs";
import { useFirstSteps } from "./first-steps/use-first-steps";
import { useMe } from "./me";

/** The parts of the settings. People are listed for those who may see them; the page itself refuses the others too. */
export function SettingsTabs() {
  const me = useMe();
  const steps = useFirstSteps({ watching: false }).data;
  const stepsWait = steps !== undefined && !steps.complete && steps.dismissedAt === null;
  const managesPeople = me ? permissionsOf[me.role].has("users:manage") : false;
  return (
    <PageTabs
      label="Settings"
      tabs={[
        ...(stepsWait ? [{ href: "/settings/first-steps", name: "First steps" }] : []),
        { href: "/settings/channels", name: "Channels" },
        ...(managesPeople ? [{ href: "/settings/people", name: "People" }] : []),
        { href: "/settings/join-tokens", name: "Join tokens" },
        { href: "/settings/tokens", name: "API tokens" },
        ...(managesPeople ? [{ href: "/settings/clients", name: "Machine clients" }] : []),
        ...(managesPeople ? [{ href: "/settings/single-sign-on", name: "Single sign-on" }] : []),
        { href: "/settings/second-factor", name: "Second factor" },
        { href: "/settings/sessions", name: "Sessions and password" },
      ]}
    />
  );
}
