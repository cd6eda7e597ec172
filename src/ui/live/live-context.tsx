"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { DrawnAt } from "../format/ticker";
import { LiveConnection } from "./connection";
import { decodeBoard } from "./decode-board";
import type { Glance } from "./glance";
import { PagePainter } from "./painter";
import { LiveStore, type Topic } from "./store";

export interface Live {
  store: LiveStore;
  /** null in pages drawn without a server, as in tests. */
  connection: LiveConnection | null;
}

const LiveContext = createContext<Live | null>(null);

function leaveTo(reason: string): void {
  // "role" keeps the session: a reload then shows what the new role may do.
  if (reason === "role") window.location.reload();
  else {
    const { pathname, search } = window.location;
    window.location.assign(`/login?${new URLSearchParams({ reason, to: pathname + search })}`);
  }
}

function open(glance: Glance | null): Live {
  const painter = typeof window === "undefined" ? null : new PagePainter();
  const store = new LiveStore((flush, urgent) => painter?.paint(flush, urgent));
  if (glance) store.begin(glance, decodeBoard(glance.rows));
  if (!painter) return { store, connection: null };
  const connection = new LiveConnection({ store, painter, decode: decodeBoard, leave: leaveTo });
  return { store, connection };
}

/**
 * The live connection of the console: in the layout, so that it stays while pages change. It says itself on which
 * page this person is: no page could forget to.
 */
export function LiveProvider({
  children,
  glance = null,
  live,
}: {
  children: ReactNode;
  glance?: Glance | null;
  live?: Live;
}) {
  const [own] = useState<Live>(() => live ?? open(glance));
  useEffect(() => {
    own.connection?.start();
    return () => own.connection?.stop();
  }, [own]);
  const path = usePathname();
  useEffect(() => own.connection?.place.opened(path), [own, path]);
  return (
    <LiveContext value={own}>
      <DrawnAt value={glance?.rows.t ?? 0}>{children}</DrawnAt>
    </LiveContext>
  );
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs a LiveProvider above it.");
  return live;
}

/**
 * A value from the live store, drawn anew when `topic` is told and the value differs by `===`: `read` must give a
 * primitive or an object that the store replaces, never one made on the spot.
 */
export function useLiveValue<Value>(topic: Topic, read: (store: LiveStore) => Value): Value {
  const { store } = useLive();
  return useSyncExternalStore(
    (listener) => store.subscribe(topic, listener),
    () => read(store),
    () => read(store),
  );
}
