import type { ServerResponse } from "node:http";

/**
 * Headers of every answer. `style-src` allows inline styles because toasts and pop-overs place themselves by style
 * attributes; scripts come from this origin, and Next's own bootstrap needs them inline until nonces take over.
 */
export function setSecurityHeaders(
  response: ServerResponse,
  { secure, dev }: { secure: boolean; dev: boolean },
): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  response.setHeader("Content-Security-Policy", policy(dev));
  if (secure) response.setHeader("Strict-Transport-Security", "max-age=31536000");
}

/** React's development build evaluates strings to rebuild stacks; nothing of ours does. */
function policy(dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}
