import Link from "next/link";
import { Button } from "../../primitives/button";

/** The way to everything else about it, for who is signed in or signs in there. */
export function OpenInConsole({ alertId, main = false }: { alertId: string | null; main?: boolean }) {
  return (
    <Button asChild size="touch" variant={main ? "outline" : "ghost"}>
      <Link href={alertId === null ? "/alerts" : `/alerts/${encodeURIComponent(alertId)}`} prefetch={false}>
        Open in Mission Control
      </Link>
    </Button>
  );
}
