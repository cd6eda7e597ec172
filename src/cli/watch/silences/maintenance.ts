import { type Command, InvalidArgumentError } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { duration } from "../../connection/duration";
import { Failure } from "../../connection/fail";
import { moment } from "../../connection/moment";
import { printJson } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { sayMade } from "./add";
import { matchersOf } from "./matchers";

type Wish = ServerOptions & {
  match: string[];
  reason: string;
  from?: string;
  until?: string;
  for?: number;
  days?: number[];
  hours?: [string, string];
  zone: string;
};

const dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** `mc maintenance add`: planned work, once or at hours that come back. */
export function registerMaintenance(program: Command): void {
  const maintenance = program.command("maintenance").description("planned work: add");
  withServer(maintenance.command("add"))
    .description("keep alerts quiet during planned work, once or at hours that come back")
    .requiredOption("--match <matchers...>", "which: group=web, agent=~web-.*; all have to fit")
    .requiredOption("--reason <text>", "why, for everybody to read")
    .option("--from <moment>", "when it begins (now), such as 2026-03-01T22:00:00+01:00", moment)
    .option("--until <moment>", "when it ends; of hours that come back, when they no longer do", moment)
    .option("--for <duration>", "how long, in place of --until: 30m, 2h", duration(1))
    .option("--days <days>", "days on which it comes back: mon-fri, sat,sun (every day)", days)
    .option("--hours <hours>", "hours of these days by the clock on the wall: 22:00-02:00", hours)
    .option(
      "--zone <zone>",
      "whose wall, such as Europe/Berlin",
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    )
    .action(async ({ match, reason, from, ...wish }: Wish) => {
      const schedule = scheduleOf(wish);
      const begin = from === undefined ? Date.now() : Date.parse(from);
      const endsAt = wish.until ?? (wish.for === undefined ? null : new Date(begin + wish.for).toISOString());
      if (endsAt === null && schedule === null) {
        throw new Failure(
          "Say when it ends, by --until or --for, or when it comes back, by --hours.",
          exitCodes.usage,
        );
      }
      const made = await connect(wish).silences.create.mutate({
        kind: "maintenance",
        matchers: matchersOf(match),
        reason,
        endsAt,
        schedule,
        ...(from === undefined ? {} : { startsAt: from }),
      });
      if (wish.json) return printJson(made);
      sayMade(made);
    });
}

function scheduleOf(wish: Pick<Wish, "days" | "hours" | "zone">): TimeWindow | null {
  if (!wish.hours) {
    if (!wish.days) return null;
    throw new Failure("Days need hours too, such as --hours 22:00-02:00.", exitCodes.usage);
  }
  const [from, to] = wish.hours;
  return { days: wish.days ?? [1, 2, 3, 4, 5, 6, 7], from, to, zone: wish.zone };
}

function hours(text: string): [string, string] {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text.trim()) ?? [];
  if (!from || !to) throw new InvalidArgumentError("Give hours such as 22:00-02:00.");
  return [from, to];
}

/** 1 Monday … 7 Sunday; a range may go over the end of the week. */
function days(text: string): number[] {
  const found = new Set<number>();
  for (const part of text.toLowerCase().split(",")) {
    const [first = 0, last = first] = part.split("-").map((name) => dayNames.indexOf(name.trim()) + 1);
    if (first === 0 || last === 0) throw new InvalidArgumentError("Give days such as mon-fri or sat,sun.");
    for (let day = first; ; day = (day % 7) + 1) {
      found.add(day);
      if (day === last) break;
    }
  }
  return [...found].sort();
}
