"use client";

import { trpc } from "../../api/trpc";
import { useWhyNot } from "../me";

/** Another tab, another admin or an agent does the steps: looked at again while somebody looks on. */
const lookEveryMs = 3_000;

/** How far the installation is, for those who may set it up. `watching`: the page is open and follows each step. */
export function useFirstSteps({ watching }: { watching: boolean }) {
  const may = useWhyNot("settings:manage") === undefined;
  return trpc.onboarding.get.useQuery(
    {},
    { enabled: may, refetchInterval: watching ? lookEveryMs : false, staleTime: watching ? 0 : 60_000 },
  );
}
