/** Whether a host, as it stands in an address, is this machine itself: nobody else reaches it or listens in between. */
export const isLoopback = (host: string): boolean =>
  ["localhost", "[::1]", "::1"].includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
