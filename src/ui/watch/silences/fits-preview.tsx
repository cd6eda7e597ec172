"use client";

import { useEffect, useState } from "react";
import type { Matcher } from "@/contracts/watch/matcher";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { countOf } from "../../format/quantity";
import { listWords } from "../words/list-words";
import { isWhole } from "./silence-form";

const settleMs = 300;
const named = 3;

/** "Fits 3 firing alerts now: …", a moment after the last change; judged by the server, as it will be in earnest. */
export function FitsPreview({ matchers }: { matchers: readonly Matcher[] }) {
  const preview = trpc.silences.preview.useMutation();
  const { mutate } = preview;
  const key = JSON.stringify(matchers);
  const [asked, setAsked] = useState("");
  const whole = isWhole(matchers);
  useEffect(() => {
    const wanted = JSON.parse(key) as Matcher[];
    if (!isWhole(wanted)) return;
    const timer = setTimeout(() => {
      setAsked(key);
      mutate({ matchers: wanted });
    }, settleMs);
    return () => clearTimeout(timer);
  }, [key, mutate]);
  return (
    <p role="status" className="min-h-[36px] rounded-md bg-muted px-3 py-2 text-muted-foreground text-xs">
      {!whole ? (
        "Fill in the conditions to see which alerts they fit."
      ) : preview.error && asked === key ? (
        refusalOf(preview.error).message
      ) : preview.data ? (
        <FitsWords
          matching={preview.data.matching}
          names={preview.data.items.map(({ subject }) => subject.name)}
        />
      ) : (
        "Looking which alerts it fits…"
      )}
    </p>
  );
}

function FitsWords({ matching, names }: { matching: number; names: readonly string[] }) {
  if (matching === 0) return "Fits no alert that fires now. It holds for those that come.";
  const shown = names.slice(0, named);
  const more = matching - shown.length;
  return (
    <>
      Fits <b className="num font-strong text-foreground">{countOf(matching, "firing alert")}</b> now:{" "}
      {listWords(more > 0 ? [...shown, `${more} more`] : shown)}.
    </>
  );
}
