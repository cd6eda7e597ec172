import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fileFaults } from "./file-faults";

const folder = mkdtempSync(join(tmpdir(), "mc-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a file that is missing, a folder, or something else is told by its setting, all at once", () => {
  const letter = join(folder, "letter.txt");
  writeFileSync(letter, "Dear Sir");
  const faults = fileFaults({
    tlsCert: letter,
    tlsKey: folder,
    agentCa: join(folder, "nowhere.pem"),
    agentCaCrl: letter,
  });
  expect(faults).toEqual([
    `MC_TLS_CERT names ${letter}, which is not a certificate in PEM.`,
    `MC_TLS_KEY names ${folder}, which is a folder.`,
    `MC_AGENT_CA names ${join(folder, "nowhere.pem")}, which does not exist.`,
    `MC_AGENT_CA_CRL names ${letter}, which is not a revocation list in PEM (BEGIN X509 CRL).`,
  ]);
  const nothing = { tlsCert: undefined, tlsKey: undefined, agentCa: undefined, agentCaCrl: undefined };
  expect(fileFaults(nothing)).toEqual([]);
});
