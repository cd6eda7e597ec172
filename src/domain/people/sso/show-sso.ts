import type { SsoConfiguration } from "@/contracts/people/sso";
import { type Ctx, demand } from "@/domain/kernel";
import type { Sso } from "./sso";

/** How single sign-on is set up, without the client's secret; null when it is not. */
export function showSso(ctx: Ctx, sso: Pick<Sso, "settings"> | null): SsoConfiguration | null {
  demand(ctx, "settings:manage");
  if (!sso) return null;
  const { clientSecret: _secret, allow: _allow, ...shown } = sso.settings;
  return shown;
}
