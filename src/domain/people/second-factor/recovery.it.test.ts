import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recoveryCodes, sessions } from "@/db/schema";
import { changeUser } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import {
  attempts,
  closeStage,
  code,
  enrolled,
  ground,
  kindsFor,
  next,
  openStage,
  password,
  person,
  stranger,
  system,
  ticketOf,
  visitor,
} from "@/testing/second-factor-stage";
import { beginTotp, confirmTotp, makeRecoveryCodes, recover, removeTotp } from ".";

beforeAll(openStage);
afterAll(closeStage);

test("ten recovery codes of unmistakable letters, stored as argon2id; new ones void the old", async () => {
  const lee = await enrolled();
  expect(lee.codes).toHaveLength(10);
  for (const made of lee.codes) expect(made).toMatch(/^(?:[A-HJ-NP-Z2-9]{4}-){2}[A-HJ-NP-Z2-9]{4}$/);
  expect(new Set(lee.codes).size).toBe(10);
  const rows = await ground.db.orm.select().from(recoveryCodes).where(eq(recoveryCodes.userId, lee.id));
  for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$/);
  const { recoveryCodes: anew } = await makeRecoveryCodes(lee.ctx, undefined, attempts());
  const [old = "", fresh = ""] = [lee.codes[0], anew[0]];
  const given = { identifier: lee.email, password: next };
  await expect(recover(stranger(), { ...given, code: old }, visitor, attempts())).rejects.toMatchObject({
    code: "unauthenticated",
  });
  await recover(stranger(), { ...given, code: fresh }, visitor, attempts());
});

test("without a factor new recovery codes take the password", async () => {
  const { ctx } = await person();
  await expect(makeRecoveryCodes(ctx, undefined, attempts())).rejects.toMatchObject({ code: "forbidden" });
  await expect(makeRecoveryCodes(ctx, "wrong", attempts())).rejects.toMatchObject({ code: "forbidden" });
  expect((await makeRecoveryCodes(ctx, password, attempts())).recoveryCodes).toHaveLength(10);
});

test("a recovery code sets a password, voids the others, ends every session and replaces a lost app", async () => {
  const mia = await enrolled();
  const [first = "", second = ""] = mia.codes;
  const given = { identifier: mia.email, password: next };
  await expect(
    recover(stranger(), { ...given, code: first, password: "short" }, visitor, attempts()),
  ).rejects.toMatchObject({ code: "invalid" });
  const { token } = await recover(
    stranger(),
    { ...given, code: first.toLowerCase().replaceAll("-", "") },
    visitor,
    attempts(),
  );
  const open = await ground.db.orm.select().from(sessions).where(eq(sessions.userId, mia.id));
  expect(open).toMatchObject([{ id: sha256Hex(token), cameBy: "recovery-code" }]);
  await expect(recover(stranger(), { ...given, code: second }, visitor, attempts())).rejects.toMatchObject({
    code: "unauthenticated",
  });
  expect(await kindsFor(mia.id)).toEqual(
    expect.arrayContaining([
      "security.recovery_code_used",
      "security.password_changed",
      "security.recovery_failed",
    ]),
  );
  expect(await ticketOf(mia.email, next), "the app still counts").toBeTruthy();
  const recovered = { ...mia.ctx, sessionId: sha256Hex(token) };
  await removeTotp(recovered);
  const { secret } = await beginTotp(recovered);
  await confirmTotp(recovered, code(secret), attempts());
});

test("of two tries with codes of one set at the same moment one wins", async () => {
  const noa = await enrolled();
  const tries = await Promise.allSettled(
    noa.codes
      .slice(0, 3)
      .map((typed) =>
        recover(stranger(), { identifier: noa.email, code: typed, password: next }, visitor, attempts()),
      ),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("unknown, disabled and wrong get one answer from recovery", async () => {
  const off = await enrolled();
  await changeUser(system(), { id: off.id, disabled: true });
  const here = await enrolled();
  const said: string[] = [];
  for (const [identifier, typed] of [
    ["nobody@example.com", "ABCD-EFGH-JKLM"],
    [off.email, off.codes[0] ?? ""],
    [here.email, "ABCD-EFGH-JKLM"],
  ] as const) {
    await recover(stranger(), { identifier, code: typed, password: next }, visitor, attempts()).catch(
      (error: Error) => said.push(error.message),
    );
  }
  expect(said).toHaveLength(3);
  expect(new Set(said).size).toBe(1);
});
