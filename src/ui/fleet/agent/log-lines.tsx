"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import type { LogLine } from "@/contracts/fleet/log-line";
import { formatCount } from "../../format/quantity";
import { Button } from "../../primitives/button";
import { LogLineRow } from "./log-line-row";

const linePx = 20;
/** Nearer to the foot than this counts as being at it. */
const nearPx = 24;

/** Follows the newest line until someone scrolls up; then "12 new lines" leads back. */
export function LogLines({
  lines,
  onFollowChange,
}: {
  lines: readonly LogLine[];
  onFollowChange: (following: boolean) => void;
}) {
  const scroller = useRef<HTMLElement>(null);
  const [leftAt, setLeftAt] = useState<string | null>(null);
  const following = leftAt === null;
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => lines[index]?.id ?? index,
    estimateSize: () => linePx,
    overscan: 20,
  });
  const lastId = lines.at(-1)?.id;
  const count = lines.length;
  useLayoutEffect(() => {
    if (following && lastId !== undefined) list.scrollToIndex(count - 1, { align: "end" });
  }, [following, lastId, count, list]);

  const scrolled = () => {
    const box = scroller.current;
    if (!box) return;
    const atFoot = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    if (atFoot === following) return;
    setLeftAt(atFoot ? null : (lastId ?? null));
    onFollowChange(atFoot);
  };
  const follow = () => {
    setLeftAt(null);
    onFollowChange(true);
  };
  const fresh = following ? 0 : lines.filter(({ id }) => Number(id) > Number(leftAt)).length;
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroller}
        aria-label="Log lines"
        tabIndex={0}
        onScroll={scrolled}
        onWheel={(event) => {
          if (event.deltaY < 0 && following && lastId !== undefined) {
            setLeftAt(lastId);
            onFollowChange(false);
          }
        }}
        className="h-full overflow-y-auto py-1.5"
      >
        <div className="relative" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((place) => {
            const line = lines[place.index];
            return line ? (
              <div
                key={line.id}
                ref={list.measureElement}
                data-index={place.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${place.start}px)` }}
              >
                <LogLineRow line={line} />
              </div>
            ) : null;
          })}
        </div>
      </section>
      {following ? null : (
        <Button
          variant="primary"
          onClick={follow}
          className="num absolute bottom-3 left-1/2 -translate-x-1/2 shadow-pop"
        >
          <ArrowDown aria-hidden="true" />
          {fresh > 0 ? `${formatCount(fresh)} new ${fresh === 1 ? "line" : "lines"}` : "To the newest"}
        </Button>
      )}
    </div>
  );
}
