"use client";

import { Controller, type UseFormReturn, useWatch } from "react-hook-form";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { timeWindowSchema } from "@/contracts/watch/time-window";
import { useNow } from "../../format/ticker";
import { errorSentence } from "../../people/sentence";
import { Chip } from "../../primitives/chip";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { Segmented } from "../../primitives/segmented";
import { WindowEditor } from "../fields/window-editor";
import { nextOccurrences, occurrenceWords } from "./occurrences";
import type { Length, SilenceStart } from "./silence-start";

const lengthWords: Partial<Record<Length, string>> = {
  "30m": "30 min",
  "1h": "1 h",
  "4h": "4 h",
  "24h": "24 h",
  tomorrow: "until tomorrow 8:00",
  until: "until…",
};

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const nightly = (): TimeWindow => ({
  days: [1, 2, 3, 4, 5, 6, 7],
  from: "02:00",
  to: "03:00",
  zone: ownZone(),
});

/** When it holds: a length from now, a span of the calendar, or hours that come back. `started`: its begin is past. */
export function SilenceTimes({ form, started }: { form: UseFormReturn<SilenceStart>; started: boolean }) {
  const [kind, length, schedule] = useWatch({ control: form.control, name: ["kind", "length", "schedule"] });
  const planned = kind === "maintenance";
  const { errors } = form.formState;
  if (!planned) {
    return (
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-medium text-sm">For how long</legend>
        <div className="flex flex-wrap gap-1.5">
          {(Object.keys(lengthWords) as Length[]).map((one) => (
            <Chip
              key={one}
              pressed={length === one}
              onClick={() => form.setValue("length", one, { shouldValidate: form.formState.isSubmitted })}
            >
              {lengthWords[one]}
            </Chip>
          ))}
        </div>
        {length === "until" ? (
          <Field label="Until" error={errorSentence(errors.until)}>
            <Input size="lg" type="datetime-local" className="num md:w-60" {...form.register("until")} />
          </Field>
        ) : null}
      </fieldset>
    );
  }
  const repeat = (again: boolean) => {
    form.setValue("schedule", again ? nightly() : null);
    form.setValue("length", again ? "open" : "until");
  };
  return (
    <>
      <Segmented
        label="How often"
        className="justify-self-start"
        value={schedule ? "again" : "once"}
        onValueChange={(value) => repeat(value === "again")}
        options={[
          { value: "once", label: "Once" },
          { value: "again", label: "Comes back" },
        ]}
      />
      {schedule ? (
        <Recurring form={form} schedule={schedule} />
      ) : (
        <div className="grid gap-4 md:grid-cols-2">
          {started ? null : (
            <Field label="From" error={errorSentence(errors.from)}>
              <Input size="lg" type="datetime-local" className="num" {...form.register("from")} />
            </Field>
          )}
          <Field label="Until" error={errorSentence(errors.until)}>
            <Input size="lg" type="datetime-local" className="num" {...form.register("until")} />
          </Field>
        </div>
      )}
    </>
  );
}

function Recurring({ form, schedule }: { form: UseFormReturn<SilenceStart>; schedule: TimeWindow }) {
  const [length, until] = useWatch({ control: form.control, name: ["length", "until"] });
  const { errors } = form.formState;
  const problem =
    errors.schedule?.message ?? errors.schedule?.days?.message ?? errors.schedule?.zone?.message ?? undefined;
  return (
    <div className="grid gap-3">
      <Controller
        control={form.control}
        name="schedule"
        render={({ field }) => (
          <WindowEditor
            name="Hours"
            window={schedule}
            problem={problem}
            onChange={(patch) => field.onChange({ ...schedule, ...patch })}
          />
        )}
      />
      <NextThree schedule={schedule} endsAt={length === "until" ? until : ""} />
      <div className="flex flex-wrap items-end gap-1.5">
        <Chip pressed={length === "open"} onClick={() => form.setValue("length", "open")}>
          until somebody ends it
        </Chip>
        <Chip pressed={length === "until"} onClick={() => form.setValue("length", "until")}>
          until a day
        </Chip>
      </div>
      {length === "until" ? (
        <Field label="Last until" error={errorSentence(errors.until)}>
          <Input size="lg" type="datetime-local" className="num md:w-60" {...form.register("until")} />
        </Field>
      ) : null}
    </div>
  );
}

/** The next three times in words: what one meant and what one wrote are compared at a glance. */
function NextThree({ schedule, endsAt }: { schedule: TimeWindow; endsAt: string }) {
  const nowMs = useNow();
  if (!timeWindowSchema.safeParse(schedule).success) return null;
  const endsMs = Date.parse(endsAt);
  const next = nextOccurrences(schedule, nowMs, {
    startsAt: nowMs,
    endsAt: Number.isNaN(endsMs) ? null : endsMs,
  });
  return (
    <div role="status" className="rounded-md bg-muted px-3 py-2 text-xs">
      {next.length === 0 ? (
        "It never comes: these hours do not exist before the end."
      ) : (
        <>
          <p className="text-muted-foreground">Next</p>
          <ul className="num">
            {next.map((one) => (
              <li key={one.from.getTime()}>{occurrenceWords(one, schedule.zone)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
