"use client";

import { Card, CardBody, CardHeader } from "../../primitives/card";
import { DefinitionList } from "../../primitives/definition-list";
import { useMe } from "../me";
import { roleWords } from "../role-words";

/** Who one is here and what one may type to sign in: nobody else has to be asked for one's own username. */
export function OwnNames() {
  const me = useMe();
  if (!me) return null;
  return (
    <Card className="mb-6 max-md:rounded-none max-md:border-x-0">
      <CardHeader title="Your account" />
      <CardBody>
        <DefinitionList
          rows={[
            { label: "Name", value: me.name },
            { label: "E-mail", value: me.email },
            {
              label: "Username",
              value: me.username ?? (
                <span className="text-muted-foreground">
                  {me.role === "admin"
                    ? "none: give yourself one under People"
                    : "none: an admin can give you one"}
                </span>
              ),
            },
            { label: "Role", value: roleWords[me.role].name },
          ]}
        />
        {me.username ? (
          <p className="mt-3 text-muted-foreground text-sm">
            You sign in with the username or the e-mail address.
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}
