const words: Record<string, string> = {
  InvalidStateError: "This device holds a passkey for your account already: it is in the list.",
  NotAllowedError:
    "No passkey came: the window was closed, it took too long, or this device has none for this site.",
  NotSupportedError: "This device can't make the kind of passkey that is needed. Try another one.",
  ConstraintError:
    "This device can't check who you are by finger, face or PIN. Set that up, or try another one.",
  SecurityError:
    "The browser refuses passkeys at this address. Open the console at its own name, over https.",
};

/** What went wrong between the browser and the device, as a sentence; null when it was not the browser. */
export function ceremonyFailure(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const known = words[error.name];
  if (known) return known;
  // The library names its errors after the browser's and keeps that as the cause.
  return error.cause instanceof Error ? (words[error.cause.name] ?? null) : null;
}
