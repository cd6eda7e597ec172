import { Button } from "../primitives/button";

/** The foot of a history: fetches the versions before those that are shown, as long as there are any. */
export function OlderVersions({
  versions,
}: {
  versions: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown };
}) {
  if (!versions.hasNextPage) return null;
  return (
    <div className="border-t px-4 py-2">
      <Button
        variant="ghost"
        className="-ml-2.5"
        busy={versions.isFetchingNextPage}
        onClick={() => void versions.fetchNextPage()}
      >
        Older versions
      </Button>
    </div>
  );
}
