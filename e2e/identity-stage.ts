import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { testDatabase } from "@/testing/database";
import { type IdentityProvider, startIdentityProvider } from "@/testing/identity-provider";
import { type MailServer, startMailServer } from "@/testing/mail-server";
import { startServerProcess } from "@/testing/server-process";
import { claimsOf, people } from "@/testing/sso-stage";
import { Api } from "./api";

export type Person = { email: string; password: string };
export type Stage = {
  url: string;
  owner: Api;
  mail: MailServer;
  provider: IdentityProvider;
  /** Somebody new with a password, told apart by their name. */
  person(name: string, role?: "admin" | "operator" | "viewer"): Promise<Person>;
  /** Types name and password into the page; where that leads is the story's own. */
  typeIn(page: Page, who: Person, to?: string): Promise<void>;
  signIn(page: Page, who: Person, to?: string): Promise<void>;
  /** The link of this kind in the newest mail to an address. */
  linkTo(address: string, page: "invite" | "reset"): Promise<string>;
  /** The real command line, with a home of its own. */
  mc(...args: string[]): { said(): string; ended: Promise<{ code: number | null; said: string }> };
};

const password = "Battery-Staple-77-Horse";
const client = { clientId: "mission control", clientSecret: "secret: with/odd+signs%" };

/**
 * A server with mail and single sign-on, beside a real mail server and a real identity provider. Reached by a name,
 * without which there are no passkeys.
 */
export const test = base.extend<object, { stage: Stage; host: string }>({
  host: ["localhost", { scope: "worker", option: true }],
  stage: [
    async ({ host }, use) => {
      const [provider, mail, database] = await Promise.all([
        startIdentityProvider(),
        startMailServer(),
        testDatabase(),
      ]);
      const server = await startServerProcess(
        {
          DATABASE_URL: database.url,
          SMTP_URL: mail.url,
          MC_MAIL_FROM: "Mission Control <control@example.test>",
          MC_OIDC_ISSUER: provider.issuer,
          MC_OIDC_CLIENT_ID: client.clientId,
          MC_OIDC_CLIENT_SECRET: client.clientSecret,
          MC_OIDC_GROUP_MAP: "ops-admins=admin,staff=operator,mc.viewer=viewer",
        },
        host,
      );
      const { url } = server;
      const newcomer = { id: "joan", claims: claimsOf("joan", { groups: ["staff"] }) };
      await provider.setUp({
        ...client,
        redirectUri: `${url}/auth/sso/callback`,
        people: [...people, newcomer],
      });
      const owner = await Api.login(url);
      const home = await mkdtemp(join(tmpdir(), "mc-home-"));
      const typeIn: Stage["typeIn"] = async (page, who, to = "/") => {
        await page.goto(`${url}/login?to=${encodeURIComponent(to)}`);
        await page.getByLabel("E-mail or username").fill(who.email);
        await page.getByLabel("Password", { exact: true }).fill(who.password);
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
      };
      await use({
        url,
        owner,
        mail,
        provider,
        person: async (name, role = "operator") => {
          const email = `${name.toLowerCase()}@example.test`;
          await owner.call("POST", "/v1/users", { email, name, role, password });
          return { email, password };
        },
        typeIn,
        signIn: async (page, who, to = "/") => {
          await typeIn(page, who, to);
          await expect(page).toHaveURL(`${url}${to}`);
        },
        linkTo: async (address, page) => {
          const { body } = await mail.mailTo(address);
          const [link] = new RegExp(`${url}/${page}#\\S+`).exec(body) ?? [];
          if (!link) throw new Error(`No link in the mail to ${address}: ${body}`);
          return link;
        },
        mc: (...args) => {
          const child = spawn(process.execPath, [resolve("dist/mc.mjs"), ...args], {
            env: { NODE_ENV: "test", PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home, MC_URL: url },
            stdio: ["ignore", "pipe", "pipe"],
          });
          let said = "";
          for (const stream of [child.stdout, child.stderr]) {
            stream.on("data", (chunk: Buffer) => {
              said += chunk.toString();
            });
          }
          const ended = new Promise<{ code: number | null; said: string }>((done) =>
            child.once("close", (code) => done({ code, said })),
          );
          return { said: () => said, ended };
        },
      });
      await server.close();
      await Promise.all([provider.stop(), mail.stop(), database.close()]);
      await rm(home, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
});

export { expect } from "@playwright/test";
