"use client";

import type { MouseEvent } from "react";
import { Button, type ButtonProps } from "./button";
import { Tooltip, TooltipContent, TooltipTrigger } from "./tooltip";

/**
 * A button that says why it is off. It stays focusable, so that the reason reaches the keyboard and the screen
 * reader too. `offBecause` undefined: an ordinary button.
 */
export function ButtonWithReason({ offBecause, ...props }: ButtonProps & { offBecause?: string }) {
  if (!offBecause) return <Button {...props} />;
  const refuse = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault();
  return (
    <Tooltip>
      <TooltipTrigger asChild>
        <Button {...props} type="button" aria-disabled="true" disabled={false} onClick={refuse} />
      </TooltipTrigger>
      <TooltipContent>{offBecause}</TooltipContent>
    </Tooltip>
  );
}
