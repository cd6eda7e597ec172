import { CircleAlert } from "lucide-react";
import { Alert } from "../primitives/alert";

/** What is wrong with the form as a whole, right over its button. Without a message there is nothing. */
export function FormAlert({ message, className }: { message: string | undefined; className?: string }) {
  if (!message) return null;
  return (
    <Alert
      tone="offline"
      role="alert"
      icon={<CircleAlert aria-hidden="true" />}
      {...(className ? { className } : {})}
    >
      {message}
    </Alert>
  );
}
