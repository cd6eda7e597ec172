/** The browser protocol, version 1, namespace `/console`: a snapshot, then frames, with no gap between. */
export const browserProtocol = 1;
export const consoleNamespace = "/console";

/** Activity in a beat tuple: its index here, -1 for none. */
export const activityCodes = ["working", "idle", "waiting", "stuck"] as const;
