import type { RuleImport } from "@/contracts/watch/rules-file";
import { countOf } from "../../../format/quantity";
import { Badge } from "../../../primitives/badge";
import { DifferenceList } from "../editor/difference-list";

const actWords = { create: "new", change: "changed", same: "the same" } as const;

/** What an import would do, rule by rule, before it does. */
export function ImportTable({ seen }: { seen: RuleImport }) {
  return (
    <section aria-label="What would change" data-slot="import-table">
      <p role="status" className="mb-2">
        <b className="font-strong">
          {countOf(seen.created, "new rule")}, {countOf(seen.changed, "changed rule")}
        </b>
        <span className="text-muted-foreground">
          , {seen.same} the same, {seen.untouched.length} not in the file. Nothing is changed yet.
        </span>
      </p>
      <ul className="rounded-md border">
        {seen.items.map((item) => (
          <li
            key={`${item.ruleId ?? "new"}-${item.name}`}
            className="border-border/62 border-b px-3 py-2 last:border-b-0"
          >
            <p className="flex items-center gap-2">
              <span className={item.act === "same" ? "cut text-muted-foreground" : "cut font-strong"}>
                {item.name}
              </span>
              <Badge>{actWords[item.act]}</Badge>
            </p>
            {item.act === "change" ? (
              <DifferenceList
                differences={item.changes.map(({ field, before, after }) => ({
                  name: field,
                  before: before ?? "not set",
                  after: after ?? "not set",
                }))}
              />
            ) : null}
            {item.hints.map((hint) => (
              <p key={hint} className="text-muted-foreground text-xs">
                {hint}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
