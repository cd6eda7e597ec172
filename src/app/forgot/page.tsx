import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { Runtime } from "@/domain/runtime";
import { getRuntime } from "@/platform/runtime";
import { ApiProvider } from "@/ui/api/provider";
import { Forgot } from "@/ui/people/forgot/forgot";

export const metadata: Metadata = { title: "Forgotten password" };

/** Whether mail works is known to the running server only: reading the cookies makes this a page of a request. */
export default async function ForgotPage() {
  await cookies();
  return (
    <ApiProvider>
      <Forgot mailOn={getRuntime<Runtime>().mailer.on} />
    </ApiProvider>
  );
}
