import type { Ground } from "@/domain/kernel";
import { setupSessionMs } from "./setup-session";

const purpose = "setup-session";

/** The cookie of a setup session, sealed as the one of a session is. `url` is our public origin. */
export function setupCookie({ sealer }: Pick<Ground, "sealer">, url: string) {
  const secure = url.startsWith("https:");
  const name = secure ? "__Host-mc_setup" : "mc_setup";
  const attributes = `HttpOnly; SameSite=Strict; Path=/${secure ? "; Secure" : ""}`;
  return {
    carrying: (token: string) =>
      `${name}=${sealer.seal(token, purpose)}; Max-Age=${setupSessionMs / 1_000}; ${attributes}`,
    ending: () => `${name}=; Max-Age=0; ${attributes}`,
    /** The token in a `Cookie` header, null when there is none or it was not sealed by us. */
    read(header: string | undefined): string | null {
      const pair = header
        ?.split(";")
        .map((each) => each.trim())
        .find((each) => each.startsWith(`${name}=`));
      if (!pair) return null;
      try {
        return sealer.open(pair.slice(name.length + 1), purpose);
      } catch {
        return null;
      }
    },
  };
}
