import { StringDecoder } from "node:string_decoder";
import { maxLogMessageLength } from "@/contracts/fleet/log-line";

/** CSI, OSC and two-character escapes: colours and cursor moves have no place in a stored line. */
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** `text` without terminal escapes; of a line that overwrote itself with carriage returns, what was seen last. */
export function plainText(text: string): string {
  const bare = text.includes("\u001b") ? text.replace(ansi, "") : text;
  const trimmed = bare.replace(/\r+$/, "");
  return trimmed.slice(trimmed.lastIndexOf("\r") + 1);
}

/** A partial line (a prompt, a progress bar) is shown after this time rather than held back. */
const flushAfterMs = 200;
/** Room for escapes that are stripped later; what is beyond it of one line is thrown away while it arrives. */
const maxHeldLength = maxLogMessageLength * 2;

/**
 * Turns a stream of bytes into lines. Memory is bounded by one line: of a line without end only the beginning is
 * kept, and the rest up to its newline is dropped.
 */
export class LineSplitter {
  private readonly decoder = new StringDecoder("utf8");
  private held = "";
  private skipping = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly onLine: (line: string) => void) {}

  write(chunk: Buffer): void {
    this.take(this.decoder.write(chunk));
    clearTimeout(this.timer);
    if (this.held !== "" && !this.skipping) this.timer = setTimeout(() => this.flush(), flushAfterMs);
  }

  /** The stream has ended: what is held goes out. */
  end(): void {
    this.take(this.decoder.end());
    clearTimeout(this.timer);
    this.flush();
  }

  private take(text: string): void {
    let from = 0;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
      this.hold(text.slice(from, at));
      if (!this.skipping) this.emit();
      this.skipping = false;
      from = at + 1;
    }
    this.hold(text.slice(from));
  }

  private hold(part: string): void {
    if (this.skipping) return;
    this.held += part;
    if (this.held.length < maxHeldLength) return;
    this.emit();
    this.skipping = true;
  }

  private flush(): void {
    if (this.held !== "") this.emit();
  }

  private emit(): void {
    const line = plainText(this.held);
    this.held = "";
    if (line.trim() !== "") this.onLine(line);
  }
}
