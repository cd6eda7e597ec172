"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import type { TailLines } from "@/contracts/wire/browser";
import { trpc } from "../../api/trpc";
import { useLive } from "../../live/live-context";
import { addLines, emptyBuffer, keptLines, type LogBuffer } from "./log-buffer";

export interface LogTail {
  buffer: LogBuffer;
  /** The first page is not here yet. */
  loading: boolean;
  failed: boolean;
  /** The log has lines before these. */
  older: boolean;
  paused: boolean;
  /** Lines that came while it was paused. */
  waiting: number;
  setPaused: (paused: boolean) => void;
}

/** Lines of one agent: the last `last` from the log, and live ones behind them. */
export function useLogTail(agentId: string, last: number): LogTail {
  const { connection } = useLive();
  const socket = connection?.socket;
  const [live, setLive] = useState<LogBuffer>(emptyBuffer);
  const [paused, setPausedState] = useState(false);
  const [frozen, setFrozen] = useState<LogBuffer | null>(null);
  const page = trpc.logs.list.useQuery({ id: agentId, limit: last }, { staleTime: 0, gcTime: 0 });
  const refetch = useRef(page.refetch);
  useEffect(() => {
    refetch.current = page.refetch;
  });

  useEffect(() => {
    if (!socket) return;
    let asked = false;
    const tail = () => {
      socket.emit("tail", { agentId }, () => undefined);
      // What came while the line was cut is in the log.
      if (asked) void refetch.current();
      asked = true;
    };
    const take = (told: TailLines) => {
      if (told.agentId === agentId) setLive((before) => addLines(before, told.lines, told.dropped));
    };
    socket.on("lines", take);
    socket.on("connect", tail);
    if (socket.connected) tail();
    return () => {
      socket.off("lines", take);
      socket.off("connect", tail);
      socket.emit("untail");
    };
  }, [socket, agentId]);

  const current = useMemo(() => addLines(live, page.data?.items ?? []), [live, page.data]);
  const setPaused = (next: boolean) => {
    setPausedState(next);
    setFrozen(next ? current : null);
  };
  const buffer = frozen ?? current;
  const lastShown = Number(buffer.lines.at(-1)?.id ?? -1);
  const waiting = frozen ? current.lines.filter(({ id }) => Number(id) > lastShown).length : 0;
  // The buffer lets the oldest go when it is full, whatever the first page said.
  const older = Boolean(page.data?.nextCursor) || buffer.lines.length >= keptLines;
  return { buffer, loading: page.isPending, failed: page.isError, older, paused, waiting, setPaused };
}
