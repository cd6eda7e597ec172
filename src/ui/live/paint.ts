/** Runs before the next paint; in a hidden tab, which never paints, once a second, so that the title stays true. */
export function beforePaint(run: () => void): void {
  if (document.visibilityState === "hidden") setTimeout(run, 1_000);
  else requestAnimationFrame(run);
}

/** Runs when the next frame is on the screen: a task queued from inside the frame comes after its paint. */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      run();
    };
    channel.port2.postMessage(null);
  });
}
