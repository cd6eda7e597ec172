/** Shared by select, dropdown menu and command list, so that every list to pick from looks and feels the same. */
export const menuSurfaceClasses = [
  "z-50 rounded-lg border border-border-strong bg-popover p-1 text-popover-foreground shadow-pop outline-none",
  "duration-150 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-[0.98]",
  "data-[state=closed]:animate-out data-[state=closed]:fade-out-0",
].join(" ");

export const menuItemClasses = [
  "relative flex h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2 outline-none max-md:h-11",
  "data-[highlighted]:bg-accent data-[selected=true]:bg-accent",
  // Radix writes data-disabled="", cmdk "true" or "false".
  "data-[disabled='']:pointer-events-none data-[disabled='']:opacity-55 data-[disabled=true]:opacity-55",
  "[&_svg]:shrink-0 [&_svg:not([class*=size-])]:size-[15px] [&_svg:not([class*=text-])]:text-muted-foreground",
].join(" ");

export const menuHeadClasses = "px-2 pt-2 pb-1 font-medium text-2xs text-muted-foreground";
