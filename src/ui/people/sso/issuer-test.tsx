"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { tellFailure } from "../tell";

/** Asks the identity provider what a sign-in would ask, and says of each part whether it works. */
export function IssuerTest() {
  const test = trpc.sso.test.useMutation({ onError: tellFailure("The identity provider was not tried") });
  return (
    <Card className="mb-4 max-md:rounded-none max-md:border-x-0">
      <CardHeader title="Does it work?">
        <Button onClick={() => test.mutate({})} disabled={test.isPending}>
          {test.isPending ? "Trying…" : "Try the issuer"}
        </Button>
      </CardHeader>
      <CardBody aria-live="polite">
        {test.data ? (
          <ul className="grid gap-2">
            {test.data.checks.map(({ name, ok, says }) => (
              <li key={name} className="flex items-start gap-2">
                {ok ? (
                  <CircleCheck className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-label="Works" />
                ) : (
                  <CircleAlert
                    className="mt-0.5 size-4 shrink-0 text-destructive"
                    aria-label="Does not work"
                  />
                )}
                <span className="min-w-0 break-words">
                  <span className="font-medium">{name[0]?.toUpperCase() + name.slice(1)}</span>
                  <span className="text-muted-foreground"> · {says}</span>
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-muted-foreground">
            Asks for its document, its keys and its time, and shows it the client id and secret. Nobody is
            signed in.
          </p>
        )}
      </CardBody>
    </Card>
  );
}
