import { closeSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { commandMessageSchema } from "@/contracts/wire/agent";
import { replaceDurably, writeDurably } from "./durable-file";

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
 * A disk that takes nothing more is told once and is no reason to end the program: it goes on in memory, and is kept
 * as a whole as soon as that succeeds.
 */
export class Journal {
  private readonly commands = new Map<string, JournaledCommand>();
  private runningChild: { pid: number; identity: string } | null = null;
  private openIntent: string | null = null;
  private readonly path: string;
  /** Null before there is one. */
  private file: number | null = null;
  /** The file may end in half a line: it takes nothing more, but is to be written anew. */
  private torn = false;
  /** The last write failed, which was told. */
  private troubled = false;
  private entries = 0;

  constructor(
    folder: string,
    private readonly onTrouble: (error: Error) => void = () => {},
  ) {
    this.path = join(folder, "journal.jsonl");
    if (existsSync(this.path))
      for (const line of readFileSync(this.path, "utf8").split("\n")) this.read(line);
    this.attempt(() => this.compact());
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
    if (this.file !== null) closeSync(this.file);
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
    this.attempt(() => {
      this.write(entry);
      if (this.entries >= compactAfterEntries) this.compact();
    });
  }

  private write(entry: Entry): void {
    if (this.file === null || this.torn) {
      this.compact();
      return;
    }
    this.torn = true;
    writeDurably(this.file, `${JSON.stringify(entry)}\n`);
    this.torn = false;
    this.entries += 1;
  }

  private attempt(write: () => void): void {
    try {
      write();
      this.troubled = false;
    } catch (error) {
      if (!this.troubled) this.onTrouble(error instanceof Error ? error : new Error(String(error)));
      this.troubled = true;
    }
  }

  /** Writes anew what is still worth knowing. The file so far stays in use until that has succeeded. */
  private compact(): void {
    const told = [...this.commands.values()].filter((entry) => entry.step === "told");
    for (const entry of told.slice(0, -rememberedCommands)) this.commands.delete(entry.command.id);
    const kept: Entry[] = [...this.commands.values()].map((entry) => ({ entry: "command", ...entry }));
    if (this.runningChild) kept.push({ entry: "child", ...this.runningChild });
    if (this.openIntent) kept.push({ entry: "intent", mark: this.openIntent });
    const before = this.file;
    this.file = replaceDurably(this.path, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    this.entries = 0;
    this.torn = false;
    if (before !== null) closeSync(before);
  }
}
