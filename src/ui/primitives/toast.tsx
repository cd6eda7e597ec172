"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { toast as sonner } from "sonner";
import { Button } from "./button";

export interface ToastWords {
  title: string;
  /** Quiet words after the title: "in 21 s", "exit 1, port 8080 in use". */
  detail?: string;
  action?: { label: string; onClick: () => void };
}

/** The outcome's shape and colour come as `mark`, so that this part knows nothing of statuses. */
function ToastCard({
  id,
  title,
  detail,
  action,
  mark,
  dismissable,
}: ToastWords & { id: string | number; mark: ReactNode; dismissable: boolean }) {
  const act = () => {
    action?.onClick();
    sonner.dismiss(id);
  };
  return (
    <div
      data-slot="toast"
      className="flex min-h-10 w-full items-center gap-2.5 rounded-lg border border-border-strong bg-popover py-2 pr-2.5 pl-3 font-sans text-popover-foreground text-sm shadow-pop"
    >
      {mark}
      <p className="min-w-0 flex-1">
        <b className="font-strong">{title}</b>
        {detail ? <span className="text-muted-foreground"> {detail}</span> : null}
      </p>
      {action ? <Button onClick={act}>{action.label}</Button> : null}
      {dismissable ? (
        <button
          type="button"
          onClick={() => sonner.dismiss(id)}
          className="grid size-7 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground max-md:size-11"
        >
          <X aria-hidden="true" className="size-3.5" />
          <span className="sr-only">Dismiss</span>
        </button>
      ) : null}
    </div>
  );
}

const goodMark = (
  <svg aria-hidden="true" viewBox="0 0 16 16" data-tone="online" className="size-3.5 shrink-0 fill-tone">
    <circle cx="8" cy="8" r="5.5" />
  </svg>
);
const badMark = (
  <svg aria-hidden="true" viewBox="0 0 16 16" data-tone="offline" className="size-3.5 shrink-0 fill-tone">
    <path
      fillRule="evenodd"
      d="M4.25 1.75h7.5a2.5 2.5 0 0 1 2.5 2.5v7.5a2.5 2.5 0 0 1-2.5 2.5h-7.5a2.5 2.5 0 0 1-2.5-2.5v-7.5a2.5 2.5 0 0 1 2.5-2.5zM4.76 6.04 6.73 8 4.76 9.96a.9.9 0 0 0 1.28 1.28L8 9.27l1.96 1.97a.9.9 0 0 0 1.28-1.28L9.27 8l1.97-1.96a.9.9 0 0 0-1.28-1.28L8 6.73 6.04 4.76a.9.9 0 0 0-1.28 1.28z"
    />
  </svg>
);

/** The outcome of one's own action. Done goes after 6 s; what failed stays until it is read. */
export const toast = {
  done: (words: ToastWords) =>
    sonner.custom((id) => <ToastCard id={id} mark={goodMark} dismissable={false} {...words} />),
  failed: (words: ToastWords) =>
    sonner.custom((id) => <ToastCard id={id} mark={badMark} dismissable {...words} />, {
      duration: Number.POSITIVE_INFINITY,
    }),
  dismiss: (id?: string | number) => sonner.dismiss(id),
};
