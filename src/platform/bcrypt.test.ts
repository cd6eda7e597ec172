import { expect, test } from "vitest";
import { bcryptCost, matchesBcrypt } from "./bcrypt";
import { isForeignHash, verifyPassword } from "./crypto";

/** Made by the C library of a Linux machine, which knows nothing of ours. */
const rest = "N9qo8uLOickgx2ZMRZoMyeTFXuPw3mjejnQJl9bVXSyWahpFQVLji";
const password = "Früher-war-7-besser";
const tooCostly = "$2b$13$N9qo8uLOickgx2ZMRZoMyenIpeSJ8WJV592vMLoET7sExhKiFYefu";

test.each(["2a", "2b", "2y"])(
  "a $%s$ hash of elsewhere verifies its password and no other",
  async (prefix) => {
    const hash = `$${prefix}$10$${rest}`;
    expect(isForeignHash(hash)).toBe(true);
    expect(await verifyPassword(hash, password)).toBe(true);
    expect(await verifyPassword(hash, `${password}!`)).toBe(false);
  },
);

test("hashes that were asked about together are answered each for itself", async () => {
  const hash = `$2b$10$${rest}`;
  const asked = [password, "wrong", password, "", "Fruher-war-7-besser"];
  expect(await Promise.all(asked.map((each) => matchesBcrypt(hash, each)))).toEqual([
    true,
    false,
    true,
    false,
    false,
  ]);
});

test("a costly hash is not even tried, and what is no hash has no cost", async () => {
  expect(await matchesBcrypt(tooCostly, "x")).toBe(false);
  expect(bcryptCost(tooCostly)).toBe(13);
  for (const no of [
    "",
    "$2b$10$short",
    `$2x$10$${rest}`,
    `$2b$99$${rest}`,
    `$2b$03$${rest}`,
    `$2b$10$${rest}x`,
  ])
    expect(bcryptCost(no), no).toBeNull();
});
