import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Twist } from "./twisted-token";

/** Somebody whom the provider knows. `id` becomes `sub`. */
export type IdentityPerson = {
  id: string;
  claims: Record<string, unknown>;
  /** Groups that `/groups` tells, for people with too many of them. */
  groupsElsewhere?: string[];
};

export type IdentitySetup = {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  people: IdentityPerson[];
  refreshTokens?: boolean;
  idTokenSeconds?: number;
  /** Claims beside `sub` are told at the userinfo endpoint only. */
  claimsAtUserinfo?: boolean;
};

/** What the test tells the process. */
export type IdentityOrder =
  | { do: "set up"; setup: IdentitySetup }
  | { do: "sit down"; id: string | null }
  | { do: "know"; people: IdentityPerson[] }
  | { do: "twist"; twist: Twist | null }
  | { do: "change key"; kid: string }
  | { do: "go away" }
  | { do: "come back" };

export interface IdentityProvider {
  issuer: string;
  /** Who may come and where they are sent back to; before that it answers nothing. */
  setUp(setup: IdentitySetup): Promise<void>;
  /** Who sits at the browser from now on; null: somebody who breaks the sign-in off. */
  sitDown(id: string | null): Promise<void>;
  /** The people from now on: others are unknown, and refresh tokens of theirs are worth nothing. */
  know(people: IdentityPerson[]): Promise<void>;
  /** How its ID tokens go wrong from now on, until the next set-up. */
  twist(twist: Twist | null): Promise<void>;
  /** It signs with a new key, and publishes only that. */
  changeKey(kid: string): Promise<void>;
  /** Nobody listens on the port any more, until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `oidc-provider` in a process of its own, on a free port of the loopback. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const file = fileURLToPath(new URL("./identity-provider-process.ts", import.meta.url));
  const child = fork(file, [], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  // It warns about being a provider for tests at each set-up; what it said counts only when it dies.
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  const waiting = new Map<number, () => void>();
  let lastId = 0;
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The identity provider ended with code ${code}: ${said}`)));
    child.on("message", (message: { port: number } | { id: number }) => {
      if ("port" in message) return resolve(message.port);
      waiting.get(message.id)?.();
      waiting.delete(message.id);
    });
  });
  const tell = (order: IdentityOrder): Promise<void> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      child.send({ id: lastId, order });
    });
  return {
    issuer: `http://127.0.0.1:${port}`,
    setUp: (setup) => tell({ do: "set up", setup }),
    sitDown: (id) => tell({ do: "sit down", id }),
    know: (people) => tell({ do: "know", people }),
    twist: (twist) => tell({ do: "twist", twist }),
    changeKey: (kid) => tell({ do: "change key", kid }),
    goAway: () => tell({ do: "go away" }),
    comeBack: () => tell({ do: "come back" }),
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.disconnect();
      }),
  };
}
