import type { z } from "zod";
import type {
  PasskeyCreation,
  PasskeyRequest,
  passkeyMadeSchema,
  passkeyShownSchema,
} from "@/contracts/people/passkey";

export type MadePasskey = z.input<typeof passkeyMadeSchema>;
export type ShownPasskey = z.input<typeof passkeyShownSchema>;

/** Loaded when a passkey is asked for: most visits need none of it. */
const browserSide = () => import("@simplewebauthn/browser");

/** Lets the person make a passkey with a finger, a face or a PIN. Rejects with what `ceremonyFailure` puts in words. */
export async function makePasskey(optionsJSON: PasskeyCreation): Promise<MadePasskey> {
  const { startRegistration } = await browserSide();
  const { id, rawId, type, response } = await startRegistration({ optionsJSON });
  const { clientDataJSON, attestationObject, transports = [] } = response;
  return { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
}

/**
 * Lets the person show a passkey. `byAutofill`: the browser offers it among the names of the e-mail field and waits,
 * without a window of its own, until one is picked or another passkey is asked for.
 */
export async function showPasskey(optionsJSON: PasskeyRequest, byAutofill = false): Promise<ShownPasskey> {
  const { startAuthentication } = await browserSide();
  const shown = await startAuthentication({ optionsJSON, useBrowserAutofill: byAutofill });
  const { id, rawId, type, response } = shown;
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  const owner = userHandle ? { userHandle } : {};
  return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature, ...owner } };
}

/** Ends a wait for autofill, so that the page can ask for a passkey itself or go away. */
export async function stopWaiting(): Promise<void> {
  const { WebAuthnAbortService } = await browserSide();
  WebAuthnAbortService.cancelCeremony();
}

/** Whether the browser can offer passkeys in the e-mail field. */
export async function autofillOffersPasskeys(): Promise<boolean> {
  const { browserSupportsWebAuthnAutofill } = await browserSide();
  return browserSupportsWebAuthnAutofill();
}
