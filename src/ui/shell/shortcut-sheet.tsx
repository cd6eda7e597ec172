"use client";

import { cn } from "../primitives/class-names";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "../primitives/dialog";
import { Kbd } from "../primitives/kbd";
import { places } from "./places";
import type { ShortcutGroup } from "./shell-types";

const everywhere: ShortcutGroup = {
  title: "Everywhere",
  shortcuts: [
    { keys: "Ctrl K", does: "Commands" },
    { keys: "/", does: "Search" },
    { keys: "?", does: "This sheet" },
    ...places.map((place) => ({ keys: `G ${place.key.toUpperCase()}`, does: `Go to ${place.name}` })),
  ],
};

/** All keys, those of the page under those that work everywhere. */
export function ShortcutSheet({
  open,
  onOpenChange,
  groups = [],
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups?: readonly ShortcutGroup[] | undefined;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size={groups.length > 0 ? "md" : "sm"}>
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogDescription>On a Mac, Cmd takes the place of Ctrl.</DialogDescription>
        </DialogHeader>
        <DialogBody className={cn("gap-x-8 gap-y-5", groups.length > 0 && "md:grid-cols-2")}>
          {[everywhere, ...groups].map((group) => (
            <section key={group.title}>
              <h3 className="mb-1 font-medium text-2xs text-muted-foreground">{group.title}</h3>
              <dl>
                {group.shortcuts.map((shortcut) => (
                  <div
                    key={shortcut.keys}
                    className="flex h-7 items-center justify-between gap-4 border-b last:border-0"
                  >
                    <dt className="cut">{shortcut.does}</dt>
                    <dd className="flex shrink-0 gap-1">
                      {shortcut.keys.split(" ").map((key) => (
                        <Kbd key={key} className="max-md:inline-flex">
                          {key}
                        </Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
