import { clearTextFaults } from "./clear-text-faults";
import type { Env } from "./env-shape";
import { isLoopback } from "./loopback";

const inTheClear = (address: string | undefined) =>
  address?.startsWith("http:") === true && !isLoopback(new URL(address).hostname);
const distinct = (text: Iterable<unknown>) => new Set(text).size;

/** Words of examples, which are the first that anybody tries. */
const exampleWords = /change[-_ ]?(me|it|this)|password|example|secret|default|mission[-_ ]?control|1234/i;

/**
 * What is convenient on one machine, and dangerous where others can reach it (KO-7). There is no switch for insecure
 * cookies, an open mode or a setup from loopback that could be left on; these are the shortcuts that there are.
 */
export function productionFaults(env: Env, source: Record<string, string | undefined>): string[] {
  return [...weakSecrets(env), ...openDoors(env), ...clearTextFaults(env), ...debugging(source)];
}

function weakSecrets(env: Env): string[] {
  const faults: string[] = [];
  if (!env.secret) {
    faults.push(
      "MC_SECRET must be set in production, so that a lost data folder does not lose the secrets. Make one by `openssl rand -hex 32`.",
    );
  } else if (distinct(env.secret) < 12) {
    faults.push("MC_SECRET repeats itself, so it can be guessed. Make one by `openssl rand -hex 32`.");
  }
  if (env.apiToken && distinct(env.apiToken) < 10) {
    faults.push(
      "MC_API_TOKEN repeats itself and opens everything. Make one by `openssl rand -hex 32`, or leave it empty.",
    );
  }
  if (env.ownerPassword && exampleWords.test(env.ownerPassword)) {
    faults.push(
      "MC_OWNER_PASSWORD holds a word of examples, which are tried first. Choose another, or leave it empty and use the setup code.",
    );
  }
  return faults;
}

function openDoors(env: Env): string[] {
  const faults: string[] = [];
  const url = new URL(env.url);
  if (inTheClear(env.url)) {
    faults.push(
      `MC_URL is ${env.url}: in production passwords must not travel in the clear. Use https, by MC_TLS_CERT or a proxy.`,
    );
  }
  if (!isLoopback(env.host) && !env.tlsCert && url.protocol === "http:" && isLoopback(url.hostname)) {
    faults.push(
      `HOST ${env.host} is open to the network without TLS. Set MC_TLS_CERT, or MC_URL to the https origin of a proxy.`,
    );
  }
  if (inTheClear(env.oidcIssuer)) faults.push("MC_OIDC_ISSUER must be https in production.");
  if (inTheClear(env.oidcGroupsUrl)) faults.push("MC_OIDC_GROUPS_URL must be https in production.");
  const { trustedProxies } = env;
  const everyone =
    (trustedProxies.check("1.0.0.1") && trustedProxies.check("223.255.255.254")) ||
    (trustedProxies.check("2001:db8::1", "ipv6") && trustedProxies.check("fd00::1", "ipv6"));
  if (everyone) {
    faults.push(
      "MC_TRUSTED_PROXIES trusts everybody, so anybody could claim any address. Name the proxies, as in 10.2.0.7.",
    );
  }
  return faults;
}

function debugging(source: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  if (source.NODE_ENV === "development") {
    faults.push(
      "NODE_ENV is development: pages would come from the development server. Start by `npm start`, or set it to production.",
    );
  }
  if (source.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    faults.push(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 takes any certificate of others for good. Remove it; NODE_EXTRA_CA_CERTS adds an authority of your own.",
    );
  }
  if (/--inspect/.test(source.NODE_OPTIONS ?? "")) {
    faults.push(
      "NODE_OPTIONS opens a debugger, which is a way in for everybody on the machine. Remove --inspect.",
    );
  }
  return faults;
}
