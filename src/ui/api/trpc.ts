"use client";

import { createTRPCReact } from "@trpc/react-query";
import type { AppRouter } from "@/api/router";

/** Typed hooks for every procedure; only the router's type reaches the browser. */
export const trpc = createTRPCReact<AppRouter>();
