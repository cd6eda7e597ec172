import { fileURLToPath } from "node:url";

const program = (file, ...args) => {
  const path = fileURLToPath(new URL(`./agents/${file}`, import.meta.url));
  return [
    file.endsWith(".sh") ? "sh" : process.execPath,
    ...(file.endsWith(".sh") ? [] : ["--max-old-space-size=96"]),
    path,
    ...args,
  ];
};

/** The demo's agents: each a real process under `mc run`. They pass work to each other where their names say so. */
export const fleet = [
  {
    name: "invoice-triage",
    group: "main-agents",
    tags: ["prod", "finance"],
    command: program(
      "queue-worker.mjs",
      "--from",
      "invoices",
      "--to",
      "triaged",
      "--verb",
      "Reading",
      "--noun",
      "invoice",
    ),
  },
  {
    name: "invoice-archive",
    group: "cron-workers",
    tags: ["prod", "finance"],
    command: program("queue-worker.mjs", "--from", "triaged", "--verb", "Filing", "--noun", "invoice"),
  },
  { name: "inbox-router", group: "main-agents", tags: ["prod"], command: program("inbox-router.mjs") },
  {
    name: "ledger-reconcile",
    group: "main-agents",
    tags: ["prod", "finance"],
    command: program("ledger-reconcile.mjs"),
  },
  {
    name: "fraud-score",
    group: "main-agents",
    tags: ["prod", "finance"],
    command: program("fraud-score.mjs"),
  },
  {
    name: "embed-catalogue",
    group: "main-agents",
    tags: ["prod", "gpu"],
    command: program("embed-catalogue.mjs"),
  },
  {
    name: "contract-review",
    group: "main-agents",
    tags: ["prod", "legal"],
    command: program("asks-a-person.mjs", "--desk", "contracts"),
  },
  { name: "doc-indexer", group: "main-agents", tags: ["prod"], command: program("doc-indexer.mjs") },
  {
    name: "nightly-export",
    group: "cron-workers",
    tags: ["prod", "eu"],
    command: program("scheduled-export.mjs", "--name", "nightly-export", "--every", "35"),
  },
  {
    name: "stock-sync",
    group: "cron-workers",
    tags: ["prod", "eu"],
    command: program(
      "scheduled-export.mjs",
      "--name",
      "stock-sync",
      "--every",
      "60",
      "--parts",
      "5",
      "--verb",
      "Syncing stock,",
    ),
  },
  { name: "image-resize", group: "cron-workers", tags: ["prod"], command: program("image-resize.mjs") },
  { name: "backup-verify", group: "cron-workers", tags: ["prod"], command: program("backup-verify.mjs") },
  { name: "sitemap-crawl", group: "cron-workers", tags: ["prod"], command: program("sitemap-crawl.mjs") },
  { name: "log-sampler", group: "cron-workers", tags: ["prod"], command: program("log-sampler.mjs") },
  { name: "geo-cache", group: "cron-workers", tags: ["beta"], command: program("geo-cache.mjs") },
  { name: "cert-watch", group: "cron-workers", tags: ["prod"], command: program("cert-watch.sh") },
  {
    name: "refund-desk",
    group: "support-desk",
    tags: ["prod"],
    command: program("asks-a-person.mjs", "--desk", "refunds"),
  },
  {
    name: "ticket-merge",
    group: "support-desk",
    tags: ["prod"],
    command: program("asks-a-person.mjs", "--desk", "tickets"),
  },
  { name: "mail-bounce", group: "support-desk", tags: ["prod"], command: program("mail-bounce.sh") },
  { name: "release-notes", group: "research", tags: ["beta"], command: program("release-notes.mjs") },
  { name: "smoke-eu", group: "test-agents", tags: ["sandbox", "eu"], command: program("smoke-check.mjs") },
];
