import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLineClientId, grantTypes } from "@/contracts/people/oauth";
import { exitCodes } from "@/contracts/trust/rescue";
import { accessOf } from "../connection/access";
import { Failure } from "../connection/fail";
import { askOAuth } from "../connection/oauth";

/** What a question that came too soon adds to the wait (RFC 8628, 3.5). */
const slowerBySeconds = 5;

/** The device flow: shows address and code, and waits until a person has decided in a browser, on whichever machine. */
export async function accessByDevice(url: string) {
  const begun = await askOAuth(url, "device_authorization", {
    client_id: commandLineClientId,
    client_name: `mc on ${hostname()}`.slice(0, 80),
  });
  if ("error" in begun) throw new Failure(begun.error_description);
  process.stderr.write(
    `Open ${begun.verification_uri} in a browser and enter this code:\n\n    ${begun.user_code}\n\n` +
      `Or open ${begun.verification_uri_complete}\nWaiting for your answer there…\n`,
  );
  const untilMs = Date.now() + begun.expires_in * 1_000;
  let everySeconds = begun.interval;
  while (Date.now() < untilMs) {
    await sleep(everySeconds * 1_000);
    const answer = await askOAuth(url, "token", {
      grant_type: grantTypes.deviceCode,
      client_id: commandLineClientId,
      device_code: begun.device_code,
    });
    if (!("error" in answer)) return accessOf(answer);
    if (answer.error === "slow_down") everySeconds += slowerBySeconds;
    else if (answer.error !== "authorization_pending") throw refusedFor(answer);
  }
  throw new Failure("Nobody answered in time. Run mc login again.", exitCodes.notAuthorised);
}

function refusedFor({ error, error_description }: { error: string; error_description: string }): Failure {
  if (error === "access_denied")
    return new Failure("This was refused in the browser.", exitCodes.notAuthorised);
  if (error === "expired_token") {
    return new Failure("Nobody answered in time. Run mc login again.", exitCodes.notAuthorised);
  }
  return new Failure(error_description);
}
