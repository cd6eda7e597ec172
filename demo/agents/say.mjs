import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** The words of docs/agent-protocol.md: what a program under `mc run` says about itself, on its stdout. */
export const task = (text) => console.log(`::mc task ${text}`);
export const state = (word) => console.log(`::mc state ${word}`);
export const progress = () => console.log("::mc progress");

export const info = (text) => console.log(text);
export const debug = (text) => console.log(`debug: ${text}`);
export const warn = (text) => console.error(`warn: ${text}`);
export const error = (text) => console.error(`error: ${text}`);

export const sleep = (ms) => wait(ms);
/** About `ms`, so that agents do not march in step. */
export const about = (ms) => wait(ms * (0.75 + Math.random() / 2));
export const pick = (list) => list[Math.floor(Math.random() * list.length)];
export const chance = (of) => Math.random() < of;

/** 14:05, as a person reads it. */
export const clockTime = (date) => date.toTimeString().slice(0, 5);
export const count = (number) => number.toLocaleString("en-US");

/** Folder that the demo's agents share. */
export function folder(name) {
  const path = join(process.env.DEMO_WORK ?? join(tmpdir(), "mission-control-demo"), name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** `--every 40 --verb Exporting` → { every: "40", verb: "Exporting" } */
export function options(defaults) {
  const given = { ...defaults };
  const words = process.argv.slice(2);
  for (let i = 0; i + 1 < words.length; i += 2) given[words[i].replace(/^--/, "")] = words[i + 1];
  return given;
}

/** Rests until `seconds` are over, saying when it goes on. */
export async function restFor(seconds, what = "Next run at") {
  const next = new Date(Date.now() + seconds * 1000);
  state("idle");
  task(`${what} ${next.toTimeString().slice(0, 8)}`);
  await sleep(seconds * 1000);
}

process.once("SIGTERM", () => {
  console.log("Asked to stop: putting the work down.");
  process.exit(0);
});
