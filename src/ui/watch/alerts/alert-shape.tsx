import type { Alert } from "@/contracts/watch/alert";
import { cn } from "../../primitives/class-names";
import { StatusShape } from "../../status/shapes";
import { severityLook } from "../severity";

/** While it fires: the shape of what is wrong in the severity's colour. Over: the green disc. */
export function AlertShape({
  alert,
  size = "sm",
  className,
}: {
  alert: Alert;
  size?: "sm" | "lg";
  className?: string;
}) {
  const firing = alert.state === "firing";
  return (
    <span
      data-tone={firing ? severityLook(alert.severity).tone : "online"}
      className={cn("shrink-0", className)}
    >
      <StatusShape shape={firing ? "offline" : "idle"} size={size} className="text-tone" />
    </span>
  );
}
