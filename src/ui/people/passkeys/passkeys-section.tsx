"use client";

import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { RecoveryCodesDialog } from "../second-factor/recovery-codes";
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
    <Card aria-label="Passkeys" className="overflow-clip max-md:rounded-none max-md:border-x-0">
      <CardHeader title="Passkeys" />
      <CardBody>
        <p className="mb-3 max-w-prose text-muted-foreground">
          Sign in with a finger, a face or a security key: nobody can guess one, and no other site can ask for
          it. With one, your password alone opens nothing any more. Add one on each device that you use, or
          one that your password manager keeps for all of them.
        </p>
        <ButtonWithReason
          variant={passkeys.data?.items.length === 0 && possible ? "primary" : "outline"}
          {...(possible === false
            ? {
                offBecause: "Passkeys work at a name over https, and in a browser that knows them: not here.",
              }
            : {})}
          onClick={() => setAdding(true)}
        >
          <Fingerprint aria-hidden="true" />
          Add a passkey
        </ButtonWithReason>
      </CardBody>
      <Awaited query={passkeys} rows={1}>
        {({ items }) =>
          items.length === 0 ? null : (
            <div className="border-t [&_tbody_tr:last-child>td]:border-b-0">
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
            </div>
          )
        }
      </Awaited>
      <AddPasskeyDialog open={adding} onOpenChange={setAdding} onAdded={setCodes} />
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />
    </Card>
  );
}
