"use client";

import { useEffect, useState } from "react";

/** Browsers keep passkeys for names, never for bare addresses, and only on pages that nobody can have changed. */
function possibleHere(): boolean {
  const { hostname } = window.location;
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith("[");
  return window.isSecureContext && !isAddress && "PublicKeyCredential" in window;
}

/** Whether passkeys work in this browser at this address; undefined until the page is awake. */
export function usePasskeysPossible(): boolean | undefined {
  const [possible, setPossible] = useState<boolean>();
  useEffect(() => setPossible(possibleHere()), []);
  return possible;
}
