/**
 * Passes a line of the program on to our own stdout or stderr, unless `quiet`. A reader that went away is no reason to
 * stop, for our own notices neither: an unheard error would end us and leave the program behind.
 */
export function openTerminal(quiet: boolean): (text: string, source: "stdout" | "stderr") => void {
  let open = !quiet;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => {
      open = false;
    });
  }
  return (text, source) => {
    if (open) process[source].write(`${text}\n`);
  };
}
