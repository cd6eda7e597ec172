import { Button } from "../../primitives/button";

/** Under the second half of signing in: back to the first, and the way for who lost what is asked for. */
export function OtherWays({ lost, onBack }: { lost: string; onBack: () => void }) {
  return (
    // Both reach out so that their words, and not their edges, stand in line with the fields.
    <div className="-mx-2.5 flex justify-between gap-4 max-md:-mx-3.5">
      <Button variant="ghost" onClick={onBack}>
        Back
      </Button>
      <Button variant="ghost" asChild>
        <a href="/recover">{lost}</a>
      </Button>
    </div>
  );
}
