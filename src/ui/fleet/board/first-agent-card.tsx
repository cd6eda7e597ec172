"use client";

import { CircleAlert, KeyRound } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { refusalOf } from "../../api/refusal";
import { useSession } from "../../api/session";
import { trpc } from "../../api/trpc";
import { exactTime } from "../../format/exact-time";
import { countOf } from "../../format/quantity";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { CopyButton } from "../../primitives/copy-button";
import { Kbd } from "../../primitives/kbd";
import { StatusShape } from "../../status/shapes";
import { useButtonKey } from "./use-button-key";

const uses = 5;
const lifeMinutes = 24 * 60;

/** The one line to paste, with a join token made for it. `C` makes it, then copies it. */
export function FirstAgentCard() {
  const { can } = useSession();
  const button = useRef<HTMLButtonElement>(null);
  useButtonKey("c", button);
  const [origin, setOrigin] = useState("");
  useEffect(() => setOrigin(window.location.origin), []);
  const create = trpc.joinTokens.create.useMutation();
  const token = create.data;
  const line = token ? `npx mc run --url ${origin} --join ${token.token} -- python my_agent.py` : "";
  return (
    <section
      aria-labelledby="first-agent"
      className="mx-auto max-w-[776px] rounded-xl border border-border-strong bg-popover p-7 shadow-pop max-md:p-4"
    >
      <h2 id="first-agent" className="text-xl">
        Bring in the first agent
      </h2>
      <p className="mt-1 text-base text-muted-foreground">
        Paste this on any machine, with your own command at the end. It keeps running if Mission Control goes
        away.
      </p>
      {token ? (
        <>
          <div className="mt-4 flex items-center gap-2 rounded-lg border bg-muted p-2 pl-4 max-md:flex-col max-md:items-stretch">
            <code className="mono min-w-0 flex-1 py-1.5 [overflow-wrap:anywhere]">
              <span className="text-muted-foreground">$ </span>
              npx mc run --url <b className="font-semibold">{origin}</b> --join{" "}
              <b className="font-semibold">{token.token}</b> --{" "}
              <span className="border-b border-dashed">python my_agent.py</span>
            </code>
            {/* The click that made the line took its button away: the focus goes on to what comes next. */}
            <CopyButton ref={button} autoFocus text={line} variant="primary" aria-keyshortcuts="C">
              <KeyHint />
            </CopyButton>
          </div>
          <p className="mt-2.5 flex items-center gap-2 text-muted-foreground text-xs">
            <KeyRound aria-hidden="true" className="size-3.5" />
            This token lets in {countOf(token.usesLeft ?? uses, "agent")} until {exactTime(token.expiresAt)}
          </p>
        </>
      ) : (
        <div className="mt-4">
          {can("agents:manage") ? (
            <Button
              ref={button}
              variant="primary"
              size="lg"
              aria-keyshortcuts="C"
              busy={create.isPending}
              onClick={() => create.mutate({ uses, expiresInMinutes: lifeMinutes })}
            >
              Make the line to paste
              <KeyHint />
            </Button>
          ) : (
            <p className="text-muted-foreground">Ask an operator or an admin for the line: it holds a key.</p>
          )}
        </div>
      )}
      {create.error ? (
        <Alert tone="offline" role="alert" className="mt-3" icon={<CircleAlert aria-hidden="true" />}>
          {refusalOf(create.error).message}
        </Alert>
      ) : null}
      <ol className="mt-5 grid gap-2">
        <Step done>Server is ready and reachable at this address</Step>
        <Step now={token !== undefined}>A machine uses the token</Step>
        <Step>First beat arrives</Step>
      </ol>
    </section>
  );
}

/** On the ink of a primary button; assistive technology has it from aria-keyshortcuts. */
function KeyHint() {
  return (
    <Kbd aria-hidden="true" className="border-primary-foreground/35 bg-transparent text-inherit">
      C
    </Kbd>
  );
}

function Step({
  children,
  done = false,
  now = false,
}: {
  children: React.ReactNode;
  done?: boolean;
  now?: boolean;
}) {
  return (
    <li
      data-tone={done ? "online" : now ? "transition" : "neutral"}
      className="flex items-center gap-2.5 text-muted-foreground"
    >
      <StatusShape shape={done ? "idle" : now ? "transition" : "stopped"} className="text-tone" />
      <span className={now ? "font-medium text-foreground" : ""}>{children}</span>
    </li>
  );
}
