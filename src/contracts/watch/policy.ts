import { z } from "zod";
import { actorSchema } from "@/contracts/kernel/actor";
import { lineSchema } from "@/contracts/kernel/text";
import { labelNameSchema, matchersSchema, refuseBlank } from "./matcher";
import { timeWindowSchema } from "./time-window";

const waitMsSchema = z.number().int().min(0).max(3_600_000);
const longMsSchema = z
  .number()
  .int()
  .min(1_000)
  .max(7 * 86_400_000);
const idSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "is made of small letters, digits, - and _, 40 at most");

/** After `afterMs` without anybody acknowledging (counted from the first message), these are told too. */
export const escalationStepSchema = z.object({
  afterMs: longMsSchema.min(60_000),
  channelIds: z.array(z.string().max(64)).min(1).max(20),
});

/**
 * A branch of the ordered tree. An alert goes down into the first child that fits (and into the next ones too when
 * that one says `continue`); where no child fits, the branch itself tells. What is null or empty is inherited.
 */
export type Route = {
  id: string;
  name: string;
  matchers: z.infer<typeof matchersSchema>;
  continue: boolean;
  /** Empty: as the parent; at the root: every enabled channel. */
  channelIds: string[];
  /** Labels whose values make a group; a group's alerts go in one message. */
  groupBy: string[] | null;
  /** How long a new group gathers before its first message. Its all-clear waits as long. */
  waitMs: number | null;
  /** News about a group that was told goes at most so often. */
  intervalMs: number | null;
  /** What still fires and nobody acknowledged is told again after this. */
  repeatMs: number | null;
  quiet: z.infer<typeof timeWindowSchema>[];
  escalation: z.infer<typeof escalationStepSchema>[] | null;
  routes: Route[];
};
export const routeSchema: z.ZodType<Route, Route> = z.lazy(() =>
  z.object({
    id: idSchema,
    name: lineSchema(80),
    matchers: matchersSchema,
    continue: z.boolean(),
    channelIds: z.array(z.string().max(64)).max(50),
    groupBy: z.array(labelNameSchema).max(8).nullable(),
    waitMs: waitMsSchema.nullable(),
    intervalMs: longMsSchema.nullable(),
    repeatMs: longMsSchema.nullable(),
    quiet: z.array(timeWindowSchema).max(10),
    escalation: z.array(escalationStepSchema).max(10).nullable(),
    routes: z.array(routeSchema).max(50),
  }),
);

/** A branch that inherits everything and fits everything, but for its identity. */
export const plainRoute: Omit<Route, "id" | "name"> = {
  matchers: [],
  continue: false,
  channelIds: [],
  groupBy: null,
  waitMs: null,
  intervalMs: null,
  repeatMs: null,
  quiet: [],
  escalation: null,
  routes: [],
};

/** While an alert that fits `source` fires, those that fit `target` and have the same values of `equal` are not told. */
export const inhibitionSchema = z.object({
  id: idSchema,
  name: lineSchema(80),
  source: matchersSchema.min(1),
  target: matchersSchema.min(1),
  equal: z.array(labelNameSchema).max(8),
  enabled: z.boolean(),
});
export type Inhibition = z.infer<typeof inhibitionSchema>;

/** Who is told what, when: one document a team, changed as a whole, every version kept with its author. */
export const alertPolicySchema = z.object({
  root: routeSchema,
  inhibitions: z.array(inhibitionSchema).max(50),
});
export type AlertPolicy = z.infer<typeof alertPolicySchema>;

export const storedPolicySchema = z.object({
  version: z.number().int(),
  at: z.string(),
  author: actorSchema,
  policy: alertPolicySchema,
});
export type StoredPolicy = z.infer<typeof storedPolicySchema>;

type Place = readonly (string | number)[];
type Refusing = Parameters<typeof refuseBlank>[2];

function refuseBlankOfRoute({ matchers, routes }: Route, at: Place, context: Refusing): void {
  refuseBlank(matchers, [...at, "matchers"], context);
  for (const [index, route] of routes.entries()) refuseBlankOfRoute(route, [...at, "routes", index], context);
}

function refuseBlankOfInhibition({ source, target }: Inhibition, at: Place, context: Refusing): void {
  refuseBlank(source, [...at, "source"], context);
  refuseBlank(target, [...at, "target"], context);
}

/** A branch and an inhibition as somebody gives them: no value of a matcher is left out. */
export const givenRouteSchema = routeSchema.superRefine((route, context) =>
  refuseBlankOfRoute(route, [], context),
);
export const givenInhibitionSchema = inhibitionSchema.superRefine((inhibition, context) =>
  refuseBlankOfInhibition(inhibition, [], context),
);

/** `version`: the one that was read; another answers 409. */
export const changePolicySchema = z.object({
  version: z.number().int(),
  policy: alertPolicySchema.superRefine(({ root, inhibitions }, context) => {
    refuseBlankOfRoute(root, ["root"], context);
    for (const [index, inhibition] of inhibitions.entries())
      refuseBlankOfInhibition(inhibition, ["inhibitions", index], context);
  }),
});

/** Defaults of the root: 30 s to gather, news every 5 min, repeated every 4 h. */
export const defaultRouteTimes = { waitMs: 30_000, intervalMs: 300_000, repeatMs: 14_400_000 } as const;

/** Which version to bring back, and the one that was read; another answers 409. */
export const restorePolicySchema = z.object({ version: z.number().int(), restore: z.number().int() });

/** For labels, whom an alert with them would reach: by the policy of now or, while editing, by `policy`. */
export const previewRoutingSchema = z.object({
  labels: z.record(labelNameSchema, z.union([z.string().max(200), z.array(z.string().max(200)).max(100)])),
  /** A rule that names its channels itself is told there. */
  ruleId: z.string().max(64).optional(),
  policy: alertPolicySchema.optional(),
});
export const routingPreviewSchema = z.object({
  /** Every branch that tells, in order; one, unless a branch says `continue`. */
  routes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Those that are switched on; empty: nobody is told. */
      channels: z.array(z.object({ id: z.string(), name: z.string() })),
      groupBy: z.array(z.string()),
      /** Values of the labels that it is grouped by. */
      key: z.record(z.string(), z.string()),
      waitMs: z.number(),
      intervalMs: z.number(),
      repeatMs: z.number(),
      /** Now within quiet hours, until then. */
      quietUntil: z.string().nullable(),
      escalation: z.array(
        z.object({ afterMs: z.number(), channels: z.array(z.object({ id: z.string(), name: z.string() })) }),
      ),
    }),
  ),
  /** The silence that would keep it quiet now. */
  silencedBy: z.object({ id: z.string(), reason: z.string(), until: z.string() }).nullable(),
  /** The inhibition that would mute it now, and by what. */
  mutedBy: z.object({ id: z.string(), name: z.string(), source: z.string() }).nullable(),
});
export type RoutingPreview = z.infer<typeof routingPreviewSchema>;
