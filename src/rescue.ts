import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { addUserSchema } from "@/contracts/people/invitation";
import type { Topics } from "@/contracts/signals";
import { exitCodes, type Rescue, rescueSchema } from "@/contracts/trust/rescue";
import { connect } from "@/db/client";
import { findEmbedded, hasEmbedded, startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { type Ctx, invalid, isRefusal, readFacts, systemCtx } from "@/domain/kernel";
import { addUser } from "@/domain/people/invitations";
import { disableSecondFactor } from "@/domain/people/second-factor";
import { prepareSetup } from "@/domain/people/setup";
import { importUsers, resetPassword, unlockUser } from "@/domain/people/users";
import { verifyChain } from "@/domain/trust/audit";
import { renewSealed, rotationReport } from "@/domain/trust/secrets";
import { memoryBus } from "@/platform/bus";
import { systemClock } from "@/platform/clock";
import { sealer } from "@/platform/crypto";
import { type Env, EnvError, loadPreviousSecrets, loadSecret, readEnv } from "@/platform/env";
import { systemIds } from "@/platform/ids";
import { createLog } from "@/platform/log";
import { createMailer } from "@/platform/mail";

/**
 * The rescue program: a second, small composition root beside `server.ts`. `mc` runs it as a child for what must
 * work without a server or a credential; whoever may start it here could read the database anyway.
 */
async function main(): Promise<number> {
  const wish = rescueSchema.parse(JSON.parse(await text(process.stdin)));
  const env = readEnv();
  const log = createLog("error");
  const dataDir = resolve(env.dataDir);
  // A running server's database is only visited: starting it here would end it together with us.
  if (!env.databaseUrl && !hasEmbedded(dataDir)) throw new Unfit(noDatabase(dataDir));
  const running = env.databaseUrl ?? (await findEmbedded({ dataDir, log }));
  const embedded = running === undefined ? await startEmbedded({ dataDir, log }) : null;
  const url = running ?? embedded?.url ?? "";
  try {
    await migrateDatabase(url);
  } catch (error) {
    await embedded?.stop();
    throw new Unfit(noAnswer(url, error));
  }
  const db = connect(url, { max: 2 });
  const bus = memoryBus<Topics>();
  const ground = {
    db,
    bus,
    clock: systemClock,
    ids: systemIds,
    log,
    sealer: sealer(loadSecret(env), ...loadPreviousSecrets(env)),
  };
  const actor = { kind: "system", id: "rescue", name: "mc on the server's machine" } as const;
  try {
    return await act({ ...systemCtx(ground), actor }, wish, env);
  } finally {
    await db.close();
    await embedded?.stop();
  }
}

async function act(ctx: Ctx, wish: Rescue, env: Env): Promise<number> {
  switch (wish.verb) {
    case "users.create":
      await createUser(ctx, wish, env);
      return exitCodes.done;
    case "users.import": {
      const answer = await importUsers(ctx, wish.users);
      const skipped = answer.present.length > 0 ? `\nHere already: ${answer.present.join(", ")}` : "";
      await print(wish.json ? JSON.stringify(answer) : `Users made: ${answer.made}.${skipped}`);
      return exitCodes.done;
    }
    case "users.reset-password": {
      const password = wish.password ?? madeUpPassword(ctx);
      const { id } = await resetPassword(ctx, wish.email, password).catch(sayingWho(wish.email));
      const made = wish.password === undefined ? { id, password } : { id };
      await print(
        wish.json
          ? JSON.stringify(made)
          : `${wish.email} has a new password; every session has ended.${saying(wish, password)}`,
      );
      return exitCodes.done;
    }
    case "users.disable-2fa": {
      const answer = await disableSecondFactor(ctx, wish.email).catch(sayingWho(wish.email));
      const said = answer.removed
        ? `${wish.email} signs in with the password alone now; every session has ended.`
        : `${wish.email} has no second factor; nothing was changed.`;
      await print(wish.json ? JSON.stringify(answer) : said);
      return exitCodes.done;
    }
    case "users.unlock": {
      const { id, wasLocked } = await unlockUser(ctx, wish.email).catch((error: unknown) => {
        throw isRefusal(error) && error.code === "not-found"
          ? new Unfit(`There is no user ${wish.email}.`, exitCodes.notFound)
          : error;
      });
      const said = wasLocked ? `${wish.email} is not locked any more.` : `${wish.email} was not locked.`;
      await print(wish.json ? JSON.stringify({ id, wasLocked }) : said);
      return exitCodes.done;
    }
    case "setup.code": {
      const code = await prepareSetup(ctx, resolve(env.dataDir));
      if (code === null) throw new Unfit("There is an owner already: the setup is over.");
      await print(wish.json ? JSON.stringify({ code }) : code);
      return exitCodes.done;
    }
    case "audit.verify": {
      const report = await verifyChain(ctx.db, wish.from === undefined ? {} : { from: wish.from });
      const { ok, rows, firstBrokenSeq, why } = report;
      const said = ok
        ? rows > 0
          ? `The chain holds: ${rows} rows.`
          : "There is no row to check."
        : `The chain is broken at row ${firstBrokenSeq}: ${why}.`;
      await print(wish.json ? JSON.stringify(report) : said);
      return ok ? exitCodes.done : exitCodes.failed;
    }
    case "audit.export":
      await exportFacts(ctx, (wish.from ?? 1) - 1);
      return exitCodes.done;
    case "secrets.rotate": {
      const columns = await renewSealed(ctx);
      await print(wish.json ? JSON.stringify(columns) : rotationReport(columns));
      return columns.some(({ unreadable }) => unreadable > 0) ? exitCodes.failed : exitCodes.done;
    }
  }
}

/** With a password somebody who can sign in at once, without one an invitation: mailed, and its link printed. */
async function createUser(
  ctx: Ctx,
  wish: Extract<Rescue, { verb: "users.create" }>,
  env: Env,
): Promise<void> {
  const password = wish.password ?? (wish.makePassword ? madeUpPassword(ctx) : undefined);
  const parsed = addUserSchema.safeParse({ ...wish, password });
  if (!parsed.success)
    throw invalid(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
  const mailer = createMailer({ ...env, clock: ctx.clock, log: ctx.log });
  const added = await addUser(ctx, parsed.data, { mailer, consoleUrl: env.url });
  await mailer.close();
  if ("link" in added) {
    const { role, email, link, mailed } = added;
    const how = mailed ? "The link is on its way by mail, and is" : "No mail is set up. Hand on this link:";
    await print(wish.json ? JSON.stringify(added) : `Invited ${email} as ${role}. ${how}\n${link}`);
    return;
  }
  const made = wish.password === undefined ? { ...added, password } : added;
  const said = `Made ${added.role} ${added.email} (${added.id}).${saying(wish, password ?? "")}`;
  await print(wish.json ? JSON.stringify(made) : said);
}

const madeUpPassword = ({ ids }: Pick<Ctx, "ids">) => ids.secret("Pw").slice(0, 23);

/** A user who is not there has an exit code of its own. */
const sayingWho = (email: string) => (error: unknown) => {
  throw isRefusal(error) && error.code === "not-found"
    ? new Unfit(`There is no user ${email}.`, exitCodes.notFound)
    : error;
};

const saying = (wish: { password?: string | undefined }, password: string) =>
  wish.password === undefined ? `\nPassword: ${password}` : "";

/** One fact a line, oldest first, with the hashes that make it checkable elsewhere. */
async function exportFacts(ctx: Ctx, after: number): Promise<void> {
  for (let seq = after; ; ) {
    const facts = await readFacts(ctx.db, seq, 1_000);
    const last = facts.at(-1);
    if (!last || readerGone) return;
    await print(facts.map((fact) => JSON.stringify(fact)).join("\n"));
    seq = last.seq;
  }
}

let readerGone = false;

async function print(line: string): Promise<void> {
  if (readerGone) return;
  if (process.stdout.write(`${line}\n`)) return;
  await once(process.stdout, "drain").catch(() => undefined);
}

/** What a person can put right, with the code to end with. */
class Unfit extends Error {
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
  ) {
    super(message);
  }
}

/** An empty database made here would answer that all is well with the log of another one. */
const noDatabase = (dataDir: string) =>
  `There is no database in ${dataDir}. Run this in the folder where the server runs, or set MC_DATA_DIR or ` +
  "DATABASE_URL as the server has them. A server that was never started makes its own database at the first start.";

function noAnswer(url: string, error: unknown): string {
  const { host, pathname } = new URL(url);
  const why = error instanceof Error ? error.message || error.name : String(error);
  return `The database ${host}${pathname} cannot be used: ${why}. Is it running, and DATABASE_URL right?`;
}

function codeOf(error: unknown): number {
  if (error instanceof Unfit) return error.exitCode;
  return isRefusal(error) && error.code === "invalid" ? exitCodes.usage : exitCodes.failed;
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  // The reader has enough, such as `mc audit export | head`. `exit` would leave a database of ours running.
  readerGone = true;
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const expected = isRefusal(error) || error instanceof EnvError || error instanceof Unfit;
    process.stderr.write(
      `${error instanceof Error ? ((expected ? undefined : error.stack) ?? error.message) : error}\n`,
    );
    process.exitCode = codeOf(error);
  },
);
