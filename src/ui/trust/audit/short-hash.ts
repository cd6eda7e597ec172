/** "b41f 7a02 … 9c3e": enough to compare by eye; the whole one is on hover. */
export function shortHash(hash: string): string {
  return hash.length > 12 ? `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}` : hash;
}
