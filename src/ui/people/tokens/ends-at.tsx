import { RelativeTime } from "../../format/time";

/** "in 3 d" or "3 d ago"; "never" for what lasts until it is revoked. */
export function EndsAt({ at, over }: { at: string | null; over: boolean }) {
  if (at === null) return "never";
  if (over) return <RelativeTime at={at} suffix="ago" />;
  return (
    <>
      in <RelativeTime at={at} />
    </>
  );
}
