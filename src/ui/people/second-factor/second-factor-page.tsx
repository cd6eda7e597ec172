"use client";

import { useState } from "react";
import { trpc } from "../../api/trpc";
import { Awaited } from "../awaited";
import { useWhyNot } from "../me";
import { PasskeysSection } from "../passkeys/passkeys-section";
import { Section } from "../section";
import { AppCard } from "./app-card";
import { PolicyCard } from "./policy-card";
import { RecoveryCard } from "./recovery-card";
import { RecoveryCodesDialog } from "./recovery-codes";

/** One's own second factor and recovery codes; admins also say who must have one. */
export function SecondFactorPage() {
  const factor = trpc.secondFactor.get.useQuery({});
  const [codes, setCodes] = useState<string[] | null>(null);
  const setsPolicy = useWhyNot("settings:manage") === undefined;
  return (
    <Section
      title="Your second factor"
      lead="What proves that it is you beside your password, and the way back in when it is lost."
    >
      <PasskeysSection />
      <Awaited query={factor} rows={3}>
        {(known) => (
          <>
            <AppCard factor={known} onCodes={setCodes} />
            <RecoveryCard factor={known} onCodes={setCodes} />
          </>
        )}
      </Awaited>
      {setsPolicy ? <PolicyCard /> : null}
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />
    </Section>
  );
}
