/** What the supervisor itself says, to the terminal it was started from. Each thing once until something else is said. */
export class Notices {
  private last = "";

  say(message: string): void {
    if (message === this.last) return;
    this.last = message;
    process.stderr.write(`mc run: ${message}\n`);
  }
}
