"use client";

import { ChevronDown, Keyboard, LogOut } from "lucide-react";
import { Avatar } from "../primitives/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../primitives/dropdown-menu";
import type { ShellUser } from "./shell-types";

export function UserMenu({
  user,
  onSignOut,
  onShowShortcuts,
}: {
  user: ShellUser;
  onSignOut: () => void;
  onShowShortcuts: () => void;
}) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="flex items-center gap-[7px] rounded-md">
        <Avatar name={user.name} size="lg" decorative />
        <span className="cut max-w-32 font-strong max-lg:sr-only">{user.name}</span>
        <span className="sr-only">, {user.role}: your account</span>
        <ChevronDown aria-hidden="true" className="size-3 text-faint-foreground" strokeWidth={2} />
      </DropdownMenuTrigger>
      <DropdownMenuContent className="min-w-52">
        <DropdownMenuLabel className="pb-2">
          <span className="block font-strong text-foreground text-sm">{user.name}</span>
          <span className="block text-xs">
            {user.role}
            {user.email ? ` · ${user.email}` : ""}
          </span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={onShowShortcuts}>
          <Keyboard aria-hidden="true" />
          Keyboard shortcuts
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={onSignOut}>
          <LogOut aria-hidden="true" />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
