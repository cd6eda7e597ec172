import { BookOpen } from "lucide-react";
import { Alert } from "../../primitives/alert";
import { TextLink } from "../../primitives/text-link";

/** What to do about it, as the rule says. Addresses in it can be followed. */
export function Runbook({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/u);
  return (
    <Alert className="mt-4 max-w-prose" icon={<BookOpen aria-hidden="true" />}>
      <b>What to do</b>
      <p className="whitespace-pre-wrap break-words">
        {Object.entries(parts).map(([at, part]) =>
          Number(at) % 2 === 1 ? (
            <TextLink asChild key={at}>
              <a href={part} target="_blank" rel="noreferrer">
                {part}
              </a>
            </TextLink>
          ) : (
            part
          ),
        )}
      </p>
    </Alert>
  );
}
