"use client";

import { History } from "lucide-react";
import { useState } from "react";
import { Button } from "../../primitives/button";

/**
 * What still opens something comes first; what is over is out of sight until it is asked for, since lists of
 * credentials only ever grow.
 */
export function useOver<Item>(items: readonly Item[], isOver: (item: Item) => boolean) {
  const [open, setOpen] = useState(false);
  const over = items.filter(isOver);
  const good = items.filter((item) => !isOver(item));
  const toggle =
    over.length === 0 ? null : (
      <div className="border-border/62 border-t px-2 py-1">
        <Button variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
          <History aria-hidden="true" />
          {open ? "Hide" : "Show"} {over.length} revoked or expired
        </Button>
      </div>
    );
  return { shown: open ? [...good, ...over] : good, toggle, hidden: open ? 0 : over.length };
}
