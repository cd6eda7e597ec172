import { closeSync, existsSync, fsyncSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { commandMessageSchema } from "@/contracts/wire/agent";
import { replaceDurably } from "./durable-file";

const resultSchema = z.object({ ok: z.boolean(), message: z.string() });
export type CommandResult = z.infer<typeof resultSchema>;

/** `acknowledged` (we want to do it), `started` (from here on it may have happened), `done`, `told` (the server knows). */
const commandEntrySchema = z.object({
  entry: z.literal("command"),
  command: commandMessageSchema,
  step: z.enum(["acknowledged", "started", "done", "told"]),
  result: resultSchema.optional(),
});
export type JournaledCommand = Omit<z.infer<typeof commandEntrySchema>, "entry">;

const childEntrySchema = z.object({
  entry: z.literal("child"),
  pid: z.number().int().positive(),
  /** From `processIdentity`; null once it has ended. */
  identity: z.string().nullable(),
});
/** A process is about to be started that carries `mark` in its environment; settled by the `child` that follows. */
const intentEntrySchema = z.object({ entry: z.literal("intent"), mark: z.string() });
const entrySchema = z.discriminatedUnion("entry", [commandEntrySchema, childEntrySchema, intentEntrySchema]);
type Entry = z.infer<typeof entrySchema>;

/** Commands that are remembered to answer a resend. The server resends only open ones, so this is plenty. */
const rememberedCommands = 200;
const compactAfterEntries = 2_000;

/**
 * What must survive a `kill -9` of the supervisor: which commands were begun and how they ended, and which process
 * runs. JSON lines, each flushed to disk before the call returns. A torn last line (the write was cut off) is ignored.
 */
export class Journal {
  private readonly commands = new Map<string, JournaledCommand>();
  private runningChild: { pid: number; identity: string } | null = null;
  private openIntent: string | null = null;
  private readonly path: string;
  private file: number;
  private entries = 0;

  constructor(folder: string) {
    this.path = join(folder, "journal.jsonl");
    if (existsSync(this.path))
      for (const line of readFileSync(this.path, "utf8").split("\n")) this.read(line);
    this.file = this.compact();
  }

  /** The process that ran when the last supervisor wrote here for the last time. */
  get child(): { pid: number; identity: string } | null {
    return this.runningChild;
  }

  /** Mark of a process that may have been started without its number having been noted. */
  get intent(): string | null {
    return this.openIntent;
  }

  find(id: string): JournaledCommand | undefined {
    return this.commands.get(id);
  }

  /** Commands whose end the server does not know yet, oldest first. */
  get open(): JournaledCommand[] {
    return [...this.commands.values()].filter((entry) => entry.step !== "told");
  }

  record(entry: JournaledCommand): void {
    this.append({ entry: "command", ...entry });
  }

  /** To be called before the start, so that not even a kill in the middle of it leaves a process that nobody knows. */
  childIntended(mark: string): void {
    this.append({ entry: "intent", mark });
  }

  childStarted(pid: number, identity: string): void {
    this.append({ entry: "child", pid, identity });
  }

  childEnded(pid: number): void {
    this.append({ entry: "child", pid, identity: null });
  }

  close(): void {
    closeSync(this.file);
  }

  private read(line: string): void {
    if (line === "") return;
    try {
      this.apply(entrySchema.parse(JSON.parse(line)));
    } catch {
      // A line that a crash cut off: what it would have said never took effect.
    }
  }

  private apply(entry: Entry): void {
    if (entry.entry === "intent") {
      this.openIntent = entry.mark;
      return;
    }
    if (entry.entry === "child") {
      const { pid, identity } = entry;
      if (identity !== null) {
        this.runningChild = { pid, identity };
        this.openIntent = null;
      } else if (this.runningChild?.pid === pid) this.runningChild = null;
      return;
    }
    const { entry: _, ...command } = entry;
    this.commands.set(command.command.id, command);
  }

  private append(entry: Entry): void {
    this.apply(entry);
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.file);
    this.entries += 1;
    if (this.entries < compactAfterEntries) return;
    closeSync(this.file);
    this.file = this.compact();
  }

  private compact(): number {
    const told = [...this.commands.values()].filter((entry) => entry.step === "told");
    for (const entry of told.slice(0, -rememberedCommands)) this.commands.delete(entry.command.id);
    const kept: Entry[] = [...this.commands.values()].map((entry) => ({ entry: "command", ...entry }));
    if (this.runningChild) kept.push({ entry: "child", ...this.runningChild });
    if (this.openIntent) kept.push({ entry: "intent", mark: this.openIntent });
    this.entries = 0;
    return replaceDurably(this.path, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  }
}
