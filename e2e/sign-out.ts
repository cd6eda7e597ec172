import { expect, type Page } from "@playwright/test";

/**
 * Forgets who is signed in, from a page that asks nothing by itself: one of the console would notice that its session
 * is gone and go to the sign-in page in the middle of the next step.
 */
export async function signOut(page: Page, url: string): Promise<void> {
  // The page may be on its way somewhere by itself at this moment, which ends ours.
  await expect(() => page.goto(`${url}/healthz`)).toPass();
  await page.context().clearCookies();
}
