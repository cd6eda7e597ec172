import { ArrowDown } from "lucide-react";
import { Button } from "./button";

/** What a list that comes in pages has to say for its foot. */
export interface NextPageQuery {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/** The foot of a list that comes in pages: fetches the next one, and is gone with the last. */
export function NextPage({
  query,
  words,
  className,
}: {
  query: NextPageQuery;
  words: string;
  className?: string;
}) {
  if (!query.hasNextPage) return null;
  return (
    <Button className={className} busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {words}
      <ArrowDown aria-hidden="true" />
    </Button>
  );
}
