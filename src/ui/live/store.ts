import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import type { Change, Frame, Health, Intent, NewsPatch, Person } from "@/contracts/wire/browser";
import type { FreshnessFacts } from "../status/freshness-words";
import { foldFrame, Touched } from "./fold-frame";
import type { Glance } from "./glance";
import type { Painter } from "./painter";
import { BoardPicture, type BoardStart } from "./picture";

/** Lists of all agents: how often they are made anew. */
export type ListKind = "order" | "activity";

/** What a part of the page may listen to; `agent:<id>` is one agent, its open command and its alert. */
export type Topic =
  | `agent:${string}`
  | ListKind
  | "commands"
  | "alerts"
  | "notices"
  | "intents"
  | "people"
  | "health"
  | "freshness"
  | "loaded";

/**
 * Live state outside React. Frames are folded as they come; listeners are told once a painted frame, and only those
 * whose topic was touched: one beat then redraws one agent's cells, not a table.
 */
export class LiveStore {
  readonly picture = new BoardPicture();
  intents: readonly Intent[] = [];
  people: readonly Person[] = [];
  health: Health | null = null;
  freshness: FreshnessFacts = { state: "reconnecting" };
  loaded = false;
  /** What the page came with, until the first snapshot is here. Its rows are in the picture, but in no list. */
  glance: Glance | null = null;
  firstIds: readonly string[] = [];
  /**
   * Count up: `order` when rows may have to be ordered anew, `activity` also when agents only went from working to
   * idle or back.
   */
  readonly versions: Record<ListKind, number> = { order: 0, activity: 0 };
  /** The versions that the last snapshot made. */
  loadedVersions: Readonly<Record<ListKind, number>> = { order: 0, activity: 0 };
  /** Alerts that fire now. */
  alerts: readonly BoardAlert[] = [];
  /** Null: one of them changed since they were listed. */
  private newestFirst: readonly Command[] | null = [];

  private readonly listed: Record<ListKind, { version: number; agents: readonly Agent[] }> = {
    order: { version: -1, agents: [] },
    activity: { version: -1, agents: [] },
  };
  private readonly newsListeners = new Set<(news: readonly NewsPatch[] | null) => void>();
  private intentsByAgent = new Map<string, readonly Intent[]>();
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly dirty = new Set<string>();
  private allDirty = false;

  /** `paint` runs what it is handed before a paint (see Painter); tests hand in one that they step by hand. */
  constructor(private readonly paint: Painter["paint"]) {}

  /** Before anything else: what the page itself says of the board, with its rows decoded. */
  begin(glance: Glance, start: BoardStart): void {
    this.picture.load(start, glance.rows.t);
    this.glance = glance;
    this.firstIds = start.agents.map(({ agent }) => agent.id);
  }

  load(start: BoardStart, nowMs: number): void {
    this.picture.load(start, nowMs);
    const again = this.loaded;
    this.loaded = true;
    this.glance = null;
    this.markOrder();
    this.loadedVersions = { ...this.versions };
    this.markCommands();
    this.markAlerts();
    // Everybody who listens: naming each of ten thousand agents would cost more than telling the forty on the screen.
    this.allDirty = true;
    if (again) for (const listener of [...this.newsListeners]) listener(null);
  }

  /** The past ten minutes of CPU, from the server: what came by beats meanwhile stays. */
  seedTraces(
    fromMs: number,
    everyMs: number,
    byAgent: Readonly<Record<string, readonly (number | null)[]>>,
  ): void {
    for (const [id, values] of Object.entries(byAgent)) {
      const agent = this.picture.agents.get(id);
      if (!agent) continue;
      const trace = this.picture.traceOf(id);
      // What the snapshot knew: an agent that has not beaten since has its past as well.
      if (agent.lastBeatAt) trace.add(Date.parse(agent.lastBeatAt), agent.metrics.cpuPercent);
      trace.seed(fromMs, everyMs, values);
      this.mark(`agent:${id}`);
    }
  }

  apply(frames: readonly Frame[]): void {
    const touched = new Touched();
    for (const frame of frames) foldFrame(this.picture, frame, touched);
    // Numbers, tasks and progress, in which a fleet is never at rest; a status, also one that a beat brings, is news.
    const told = ({ kind, factSeq }: Change) => kind !== "news" && factSeq > 0;
    const urgent = touched.order || frames.some(({ c }) => c?.some(told));
    for (const id of touched.agents) this.mark(`agent:${id}`, urgent);
    if (touched.order) this.markOrder();
    else if (touched.activity) this.markActivity(urgent);
    if (touched.commands) this.markCommands(urgent);
    if (touched.alerts) this.markAlerts(urgent);
    if (touched.notices) this.mark("notices");
    if (touched.news.length > 0) for (const listener of [...this.newsListeners]) listener(touched.news);
  }

  /**
   * Hears what happened to things that the board does not carry; null: a snapshot came once more, so anything may have.
   * The answer ends it.
   */
  onNews(listener: (news: readonly NewsPatch[] | null) => void): () => void {
    this.newsListeners.add(listener);
    return () => this.newsListeners.delete(listener);
  }

  /** All agents as of a version of the order or of the activity; the same array for the same version. */
  agents(kind: ListKind, version: number): readonly Agent[] {
    const known = this.listed[kind];
    if (known.version === version) return known.agents;
    const agents = this.loaded ? [...this.picture.agents.values()] : [];
    this.listed[kind] = { version, agents };
    return agents;
  }

  /** Every command that the board knows, newest first; listed for who draws it, not for every word of an agent. */
  get commands(): readonly Command[] {
    this.newestFirst ??= [...this.picture.commands.values()].sort((one, other) =>
      other.requestedAt.localeCompare(one.requestedAt),
    );
    return this.newestFirst;
  }

  setIntents(intents: readonly Intent[]): void {
    const byAgent = new Map<string, Intent[]>();
    for (const intent of intents) {
      for (const agentId of intent.agentIds) byAgent.set(agentId, [...(byAgent.get(agentId) ?? []), intent]);
    }
    this.intents = intents;
    this.intentsByAgent = byAgent;
    this.mark("intents");
  }

  intentsOf(agentId: string): readonly Intent[] | undefined {
    return this.intentsByAgent.get(agentId);
  }

  setPeople(people: readonly Person[]): void {
    this.people = people;
    this.mark("people");
  }

  setHealth(health: Health): void {
    this.health = health;
    this.mark("health");
  }

  setFreshness(facts: FreshnessFacts): void {
    const before = this.freshness;
    const same =
      before.state === facts.state &&
      before.dataFrom === facts.dataFrom &&
      before.late === facts.late &&
      Math.round(before.delayMs ?? -1) === Math.round(facts.delayMs ?? -1);
    if (same) return;
    this.freshness = facts;
    this.mark("freshness");
  }

  subscribe(topic: Topic, listener: () => void): () => void {
    const known = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, known.add(listener));
    return () => {
      known.delete(listener);
      if (known.size === 0 && this.listeners.get(topic) === known) this.listeners.delete(topic);
    };
  }

  private markOrder(): void {
    this.versions.order += 1;
    this.mark("order");
    this.markActivity();
  }

  private markActivity(urgent = true): void {
    this.versions.activity += 1;
    this.mark("activity", urgent);
  }

  private markCommands(urgent = true): void {
    this.newestFirst = null;
    this.mark("commands", urgent);
  }

  private markAlerts(urgent = true): void {
    this.alerts = [...this.picture.alerts.values()];
    this.mark("alerts", urgent);
  }

  private mark(topic: Topic, urgent = true): void {
    this.dirty.add(topic);
    this.paint(this.flush, urgent);
  }

  private readonly flush = (): void => {
    const topics = this.allDirty ? [...this.listeners.keys()] : [...this.dirty];
    this.dirty.clear();
    this.allDirty = false;
    for (const topic of topics) for (const listener of [...(this.listeners.get(topic) ?? [])]) listener();
  };
}
