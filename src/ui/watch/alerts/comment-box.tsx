"use client";

import { MessageSquare } from "lucide-react";
import { useId, useState } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { Textarea } from "../../primitives/textarea";
import { useAct, useActOffBecause } from "./use-act";

/** Words that go into the story. Ctrl or Cmd Enter sends them. */
export function CommentBox({ alert }: { alert: Alert }) {
  const [text, setText] = useState("");
  const { comment } = useAct(alert);
  const offBecause = useActOffBecause();
  const fieldId = useId();
  const because = offBecause ?? (text.trim() === "" ? "Write something first." : undefined);
  const send = () => {
    if (because || comment.isPending) return;
    comment.mutate({ id: alert.id, text: text.trim() }, { onSuccess: () => setText("") });
  };
  return (
    <form
      method="post"
      className="mt-3 max-w-prose md:ml-[30px]"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={fieldId} className="sr-only">
        Comment
      </label>
      <Textarea
        id={fieldId}
        data-comment=""
        maxLength={4_000}
        placeholder="What you found, what you tried…"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      />
      <div className="mt-1.5 flex justify-end">
        <ButtonWithReason
          type="submit"
          className="max-md:w-full"
          busy={comment.isPending}
          {...(because ? { offBecause: because } : {})}
        >
          <MessageSquare aria-hidden="true" />
          Comment
        </ButtonWithReason>
      </div>
    </form>
  );
}
