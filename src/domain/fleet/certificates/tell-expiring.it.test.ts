import { afterAll, beforeAll, expect, it } from "vitest";
import { createAgent, removeAgent } from "@/domain/fleet/agents";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { findHeldCertificates, issueCertificate, revokeCertificate, tellExpiringCertificates } from ".";

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
});
afterAll(() => ground.db.close());

it("tells once of each certificate that ends soon and that nothing replaces, and lists it", async () => {
  const ctx = personCtx(ground);
  const certified = async (name: string, ...days: number[]) => {
    const { id } = await createAgent(ctx, { name });
    const issued = [];
    for (const count of days) issued.push(await issueCertificate(ctx, id, { days: count }));
    return { id, serials: issued.map(({ serial }) => serial) };
  };
  const ending = await certified("ending", 10);
  await certified("replaced", 10, 300);
  await certified("lasting", 200);
  const revoked = await certified("revoked", 10);
  await revokeCertificate(ctx, revoked.id, revoked.serials[0] ?? "");
  const removed = await certified("removed", 10);
  await removeAgent(ctx, removed.id);

  expect(await tellExpiringCertificates(ground)).toBe(1);
  expect(await tellExpiringCertificates(ground)).toBe(0);
  const facts = await ground.db.sql`
    select data->>'serial' as serial from facts_pending where kind = 'security.certificate_expiring'`;
  expect(facts.map(({ serial }) => serial)).toEqual(ending.serials);

  const soon = await findHeldCertificates(ctx, { withinDays: 21 });
  expect(soon.map(({ agent }) => agent.name).sort()).toEqual(["ending", "replaced"]);
  expect((await findHeldCertificates(ctx, {})).map(({ agent }) => agent.name)).toEqual(
    expect.arrayContaining(["lasting", "replaced"]),
  );
  await expect(findHeldCertificates(personCtx(ground, "viewer"), {})).rejects.toThrow(/may not/);
});
