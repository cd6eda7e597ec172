const most = 99;

/** "7", "99+": beyond that nobody counts, and the server does not count them all either. */
export function unreadWords(unread: number): string {
  return unread > most ? `${most}+` : String(unread);
}
