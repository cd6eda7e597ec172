import { BellRing, Check, CircleDashed, HeartPulse, Send, SendHorizontal, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { StatusShape } from "../../status/shapes";
import type { StoryStep } from "./story";

const icons: Record<StoryStep["kind"], { tone: string; icon: ReactNode }> = {
  silent: { tone: "neutral", icon: <HeartPulse /> },
  fired: { tone: "offline", icon: <BellRing /> },
  told: { tone: "neutral", icon: <Send /> },
  waiting: { tone: "waiting", icon: <SendHorizontal /> },
  "given-up": { tone: "offline", icon: <TriangleAlert /> },
  acknowledged: { tone: "hand", icon: <Check /> },
  resolved: { tone: "online", icon: <StatusShape shape="idle" /> },
  next: { tone: "neutral", icon: <CircleDashed /> },
};

/** The sign of a step; the words beside it say the same. */
export function StoryIcon({ kind }: { kind: StoryStep["kind"] }) {
  const { tone, icon } = icons[kind];
  return (
    <span
      aria-hidden="true"
      data-tone={tone}
      className="grid size-5 place-items-center text-tone [&_svg]:size-3.5"
    >
      {icon}
    </span>
  );
}
