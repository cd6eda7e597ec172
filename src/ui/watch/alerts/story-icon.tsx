import {
  ArrowRight,
  BellOff,
  BellRing,
  Check,
  CircleDashed,
  HeartPulse,
  MessageSquare,
  Send,
  SendHorizontal,
  TriangleAlert,
  Waves,
} from "lucide-react";
import type { ReactNode } from "react";
import { StatusShape } from "../../status/shapes";
import type { StoryLine } from "./story-line";

const icons: Record<StoryLine["kind"], { tone: string; icon: ReactNode }> = {
  began: { tone: "neutral", icon: <HeartPulse /> },
  fired: { tone: "offline", icon: <BellRing /> },
  flapping: { tone: "stuck", icon: <Waves /> },
  passed: { tone: "neutral", icon: <ArrowRight /> },
  held: { tone: "neutral", icon: <BellOff /> },
  told: { tone: "neutral", icon: <Send /> },
  waiting: { tone: "waiting", icon: <SendHorizontal /> },
  "given-up": { tone: "offline", icon: <TriangleAlert /> },
  act: { tone: "hand", icon: <Check /> },
  comment: { tone: "hand", icon: <MessageSquare /> },
  resolved: { tone: "online", icon: <StatusShape shape="idle" /> },
  next: { tone: "neutral", icon: <CircleDashed /> },
};

/** The sign of a line; the words beside it say the same. */
export function StoryIcon({ kind }: { kind: StoryLine["kind"] }) {
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
