/** Calls `act` in the browser once it has nothing better to do, two seconds from now at the latest; never on the server. */
export function whenIdle(act: () => unknown): void {
  if (typeof window === "undefined") return;
  const soon = () => void act();
  // Safari has no idle callback.
  if ("requestIdleCallback" in window) window.requestIdleCallback(soon, { timeout: 2_000 });
  else setTimeout(soon, 500);
}
