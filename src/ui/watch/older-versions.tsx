import { NextPage, type NextPageQuery } from "../primitives/next-page";

/** The foot of a history: fetches the versions before those that are shown, as long as there are any. */
export function OlderVersions({ versions }: { versions: NextPageQuery }) {
  if (!versions.hasNextPage) return null;
  return (
    <div className="border-t px-4 py-2">
      <NextPage query={versions} words="Older versions" />
    </div>
  );
}
