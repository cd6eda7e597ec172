/**
 * Where to go after signing in: a path of this site, or the board. `//host` and `/\host` are other sites to a
 * browser, so a link to the sign-in page could else send people anywhere.
 */
export function returnPath(wish: string | undefined): string {
  if (!wish?.startsWith("/") || /^\/[/\\]/.test(wish) || /\p{Cc}/u.test(wish)) return "/";
  return /^\/(login|setup|link|auth)(\/|\?|#|$)/.test(wish) ? "/" : wish;
}
