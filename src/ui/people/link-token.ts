"use client";

import { useEffect, useState } from "react";

/**
 * The secret behind the `#` of a mailed link: undefined until the browser is awake, null when there is none. It stays
 * in the address, so that a reload works; servers never see that part.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const read = () => setToken(window.location.hash.slice(1) || null);
    read();
    // Another link pasted over this one loads nothing anew.
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  return token;
}

/** Once the secret is used up, it need not stay in the browser's history. */
export function forgetLinkToken(): void {
  window.history.replaceState(window.history.state, "", window.location.pathname);
}
