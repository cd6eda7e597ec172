import { cn } from "../primitives/class-names";
import {
  type CommandProgress,
  commandStateLooks,
  commandSteps,
  type StepLook,
  stepNames,
} from "./command-progress";
import { StatusShape } from "./shapes";

const looks: Record<StepLook, string> = {
  done: "bg-status-transition-fill/50",
  now: "bg-status-transition-fill shadow-[0_0_0_2px_color-mix(in_oklab,var(--status-transition)_22%,transparent)]",
  ahead: "bg-border",
  succeeded: "bg-status-online-fill",
  failed: "bg-status-offline-fill",
  void: "bg-[repeating-linear-gradient(115deg,var(--status-unknown-fill)_0_1.5px,transparent_1.5px_5px)]",
};

/** Five steps of a command, for everybody the same. What will not be done any more is hatched. */
export function CommandSteps({ command, className }: { command: CommandProgress; className?: string }) {
  const steps = commandSteps(command);
  const behind = steps.filter((step) => step === "done" || step === "succeeded").length;
  const word = commandStateLooks[command.state].word;
  return (
    <span
      data-slot="command-steps"
      role="img"
      aria-label={`${word}, ${behind} of 5 steps done`}
      className={cn("grid w-full grid-cols-5 gap-[3px]", className)}
    >
      {steps.map((step, index) => (
        <span
          key={stepNames[index]}
          data-step={step}
          title={stepNames[index]}
          className={cn("h-1.5 rounded-[3px]", looks[step])}
        />
      ))}
    </span>
  );
}

/** State of a command as shape, colour and word. */
export function CommandStateBadge({
  state,
  className,
}: {
  state: CommandProgress["state"];
  className?: string;
}) {
  const look = commandStateLooks[state];
  return (
    <span
      data-slot="command-state"
      data-tone={look.tone}
      className={cn("inline-flex items-center gap-[7px] whitespace-nowrap", className)}
    >
      <StatusShape shape={look.shape} className="text-tone" />
      <span className={cn("font-strong", look.tone === "neutral" ? "text-foreground" : "text-tone")}>
        {look.word}
      </span>
    </span>
  );
}
