"use client";

import { useCallback, useMemo, useState } from "react";

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** From the row that was toggled last to this one, in the order of `rows`. */
  extend: (id: string, rows: readonly string[]) => void;
  set: (ids: readonly string[]) => void;
  clear: () => void;
}

/** Which rows are chosen. Kept by id, so that it survives a new order and a filter. */
export function useSelection(): Selection {
  const [state, setState] = useState<{ ids: ReadonlySet<string>; anchor: string | null }>({
    ids: new Set(),
    anchor: null,
  });
  const toggle = useCallback((id: string) => {
    setState(({ ids }) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      return { ids: next, anchor: id };
    });
  }, []);
  const extend = useCallback((id: string, rows: readonly string[]) => {
    setState(({ ids, anchor }) => {
      const from = anchor === null ? -1 : rows.indexOf(anchor);
      const to = rows.indexOf(id);
      if (from === -1 || to === -1) return { ids: new Set([...ids, id]), anchor: id };
      const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
      return { ids: new Set([...ids, ...range]), anchor };
    });
  }, []);
  const set = useCallback((ids: readonly string[]) => setState({ ids: new Set(ids), anchor: null }), []);
  const clear = useCallback(() => setState({ ids: new Set(), anchor: null }), []);
  return useMemo(
    () => ({ ids: state.ids, toggle, extend, set, clear }),
    [state.ids, toggle, extend, set, clear],
  );
}
