const longestMs = 20;

/** Long work in pieces: whoever else waits for the event loop gets a turn after each 20 ms. */
export class Slices {
  private beganMs = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.beganMs < longestMs) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.beganMs = performance.now();
  }
}
