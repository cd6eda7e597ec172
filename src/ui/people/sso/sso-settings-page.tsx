"use client";

import type { SsoConfiguration } from "@/contracts/people/sso";
import { trpc } from "../../api/trpc";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { DefinitionList } from "../../primitives/definition-list";
import { EmptyState } from "../../primitives/empty-state";
import { Awaited } from "../awaited";
import { OnlyFor } from "../only-for";
import { roleWords } from "../role-words";
import { Section } from "../section";
import { IssuerTest } from "./issuer-test";

const cardClass = "mb-4 max-md:rounded-none max-md:border-x-0";

/** How people come in by the identity provider. Read here, changed in the environment of the server. */
export function SsoSettingsPage() {
  return (
    <OnlyFor permission="settings:manage" what="single sign-on">
      <Section
        title="Single sign-on"
        lead="Which identity provider vouches for people, and which of its groups give a role here. It is set by MC_OIDC_… and MC_ENTRA_TENANT_ID on the server; local accounts work beside it."
      >
        <SsoSettings />
      </Section>
    </OnlyFor>
  );
}

function SsoSettings() {
  const shown = trpc.sso.show.useQuery({});
  return (
    <Awaited query={shown} rows={4}>
      {({ configuration }) =>
        configuration ? (
          <>
            <Provider configuration={configuration} />
            <IssuerTest />
            <RoleMap rules={configuration.rules} />
          </>
        ) : (
          <EmptyState title="Not set up">
            People sign in with local accounts only. Set MC_OIDC_ISSUER, or MC_ENTRA_TENANT_ID for Microsoft
            Entra, with a client id and secret, and start the server again.
          </EmptyState>
        )
      }
    </Awaited>
  );
}

function Provider({ configuration }: { configuration: SsoConfiguration }) {
  const { kind, issuer, clientId, tenantId, scopes, redirectUri, afterSignOutUri } = configuration;
  return (
    <Card className={cardClass}>
      <CardHeader title={kind === "microsoft" ? "Microsoft Entra ID" : "OpenID Connect"} />
      <CardBody>
        <DefinitionList
          rows={[
            { label: "Issuer", value: issuer, mono: true },
            ...(tenantId ? [{ label: "Only tenant", value: tenantId, mono: true }] : []),
            { label: "Client id", value: clientId, mono: true },
            { label: "Scopes", value: scopes.join(" "), mono: true },
            { label: "Register there", value: redirectUri, mono: true },
            { label: "After sign-out", value: afterSignOutUri, mono: true },
          ]}
        />
      </CardBody>
    </Card>
  );
}

function RoleMap({ rules }: Pick<SsoConfiguration, "rules">) {
  return (
    <Card className={cardClass}>
      <CardHeader title="Who gets which role" aside="the first that fits decides" />
      <CardBody>
        {rules.length === 0 ? (
          <p className="text-muted-foreground">
            No group gives a role yet, so nobody comes in this way. Set MC_OIDC_GROUP_MAP.
          </p>
        ) : (
          <ol className="grid gap-1.5">
            {rules.map(({ group, role }, index) => (
              <li key={group} className="flex items-baseline gap-3">
                <span className="num w-5 text-2xs text-muted-foreground">{index + 1}</span>
                <span className="mono min-w-0 flex-1 break-words text-xs">{group}</span>
                <span>{roleWords[role].name}</span>
              </li>
            ))}
          </ol>
        )}
      </CardBody>
    </Card>
  );
}
