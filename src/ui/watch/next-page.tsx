import { Button } from "../primitives/button";

/** What a list that comes in pages has to say for its foot. */
export interface NextPageQuery {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/** The foot of a list that comes in pages: fetches the next one, as long as there is any. */
export function NextPage({ query, words }: { query: NextPageQuery; words: string }) {
  if (!query.hasNextPage) return null;
  return (
    <Button
      variant="ghost"
      className="-ml-2.5"
      busy={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {words}
    </Button>
  );
}
