import { Building2 } from "lucide-react";
import { returnPath } from "@/contracts/people/return-path";
import type { AuthStatus } from "@/contracts/people/user";
import { Button } from "../../primitives/button";

const labels: Record<NonNullable<AuthStatus["sso"]>, string> = {
  microsoft: "Sign in with Microsoft",
  oidc: "Sign in with SSO",
};

/**
 * The way through the identity provider, above the local form, which stays for the day when that provider is away. A
 * plain link and no client navigation: the server answers it with a redirect to another site.
 */
export function SsoSignIn({ kind, to }: { kind: NonNullable<AuthStatus["sso"]>; to: string | undefined }) {
  return (
    <div className="mb-5 grid border-b pb-5">
      <Button size="lg" className="h-10 w-full" asChild>
        <a href={`/auth/sso/start?to=${encodeURIComponent(returnPath(to))}`}>
          <Building2 aria-hidden="true" />
          {labels[kind]}
        </a>
      </Button>
    </div>
  );
}
