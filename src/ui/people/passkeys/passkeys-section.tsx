"use client";

import { Fingerprint, Plus } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { EmptyState } from "../../primitives/empty-state";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { RecoveryCodesDialog } from "../second-factor/recovery-codes";
import { ListFrame } from "../section";
import { AddPasskeyDialog } from "./add-passkey-dialog";
import { PasskeyRow } from "./passkey-row";
import { usePasskeysPossible } from "./passkeys-possible";

/** One's passkeys, as a part of the page about one's own security. */
export function PasskeysSection() {
  const passkeys = trpc.passkeys.list.useQuery({});
  const [adding, setAdding] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const possible = usePasskeysPossible();
  return (
    <section aria-labelledby="passkeys" className="mt-8">
      <header className="mb-3 flex items-start gap-4 max-md:px-4">
        <div className="min-w-0 flex-1">
          <h2 id="passkeys" className="font-semibold text-base">
            Passkeys
          </h2>
          <p className="mt-0.5 max-w-prose text-muted-foreground">
            Sign in with a finger, a face or a security key: nobody can guess one, and no other site can ask
            for it. With one, your password alone opens nothing any more.
          </p>
        </div>
        <ButtonWithReason
          {...(possible === false
            ? {
                offBecause: "Passkeys work at a name over https, and in a browser that knows them: not here.",
              }
            : {})}
          onClick={() => setAdding(true)}
        >
          <Plus aria-hidden="true" />
          Add a passkey
        </ButtonWithReason>
      </header>
      <ListFrame label="Your passkeys">
        <Awaited query={passkeys} rows={1}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No passkeys yet" icon={<Fingerprint />}>
                Add one on each device that you use, or one that your password manager keeps for all of them.
              </EmptyState>
            ) : (
              <Table>
                <colgroup>
                  <col />
                  <col className="w-28 max-md:w-24" />
                  <col className="w-24 max-md:w-28" />
                </colgroup>
                <TableHeader>
                  <tr>
                    <TableHead>Passkey</TableHead>
                    <TableHead numeric>Last used</TableHead>
                    <TableActionHead />
                  </tr>
                </TableHeader>
                <TableBody>
                  {items.map((passkey) => (
                    <PasskeyRow key={passkey.id} passkey={passkey} />
                  ))}
                </TableBody>
              </Table>
            )
          }
        </Awaited>
      </ListFrame>
      <AddPasskeyDialog open={adding} onOpenChange={setAdding} onAdded={setCodes} />
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />
    </section>
  );
}
