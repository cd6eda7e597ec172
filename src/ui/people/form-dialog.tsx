"use client";

import type { ComponentProps, ReactNode } from "react";
import { Button } from "../primitives/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "../primitives/dialog";
import { FormAlert } from "./form-alert";
import { SubmitButton } from "./submit-button";

/**
 * A window for one form, which is made anew each time it opens: what was typed into a cancelled one is forgotten. A
 * click outside does not close it.
 */
export function FormDialog({
  open,
  onOpenChange,
  size = "sm",
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  size?: ComponentProps<typeof DialogContent>["size"];
  /** One component around a DialogForm, with the form's state in it. */
  children: ReactNode;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size={size} closeOnOutside={false}>
        {children}
      </DialogContent>
    </Dialog>
  );
}

/** The form in a FormDialog: title, fields, what is wrong with the whole, Cancel and the one thing it does. */
export function DialogForm({
  title,
  description,
  error,
  does,
  busy,
  waitSeconds = 0,
  onSubmit,
  onCancel,
  children,
}: {
  title: string;
  description: string;
  /** About the whole form; what is wrong with a field stands under it. */
  error: string | undefined;
  /** The verb on the button: "Add the channel". */
  does: string;
  busy: boolean;
  /** From `useWait`, where tries are limited. */
  waitSeconds?: number;
  onSubmit: ComponentProps<"form">["onSubmit"];
  onCancel: () => void;
  children: ReactNode;
}) {
  return (
    // "post" and not the default: a press of Enter before the script is there must not put a secret in the address.
    <form method="post" noValidate className="flex min-h-0 flex-col" onSubmit={onSubmit}>
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{description}</DialogDescription>
      </DialogHeader>
      <DialogBody>
        {children}
        <FormAlert message={error} />
      </DialogBody>
      <DialogFooter>
        <Button size="lg" onClick={onCancel}>
          Cancel
        </Button>
        <SubmitButton busy={busy} waitSeconds={waitSeconds} className="">
          {does}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}
