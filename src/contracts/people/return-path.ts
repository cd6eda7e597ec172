/** Longer wishes are no address of ours, and would not fit into a header. */
const maxLength = 2_000;
/** Stands for our own origin, which this rule need not know. */
const here = "https://here.invalid";
/** The ways in themselves: returning there would be a circle, or would use a link twice. */
const waysIn = /^\/(login|setup|link|auth|enrol|recover)(\/|$)/;

/**
 * Where to go after signing in: a path of this site, or the board. It is read as a browser reads it, because `//host`,
 * `/\host` and `/..//host` can be other sites to a browser, so a link to the sign-in page could else send people
 * anywhere. The answer is plain ASCII, fit for a `Location` header as well.
 */
export function returnPath(wish: string | undefined): string {
  if (!wish?.startsWith("/") || wish.length > maxLength || /\p{Cc}/u.test(wish)) return "/";
  if (!URL.canParse(wish, here)) return "/";
  const { origin, pathname, search, hash } = new URL(wish, here);
  if (origin !== here || pathname.startsWith("//") || waysIn.test(pathname)) return "/";
  return `${pathname}${search}${hash}`;
}
