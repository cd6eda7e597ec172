import type { Permission, Role } from "@/contracts/people/role";
import { roleWords } from "../role-words";
import { scopeSummary } from "./scope-words";

/** What a credential may do, in two lines: its role, and how far within it. */
export function GrantedWords({ role, scopes }: { role: Role; scopes: readonly Permission[] | null }) {
  return (
    <span className="grid leading-[18px]">
      {roleWords[role].name}
      <span className="cut text-muted-foreground text-xs" {...(scopes ? { title: scopes.join(", ") } : {})}>
        {scopeSummary(role, scopes)}
      </span>
    </span>
  );
}
