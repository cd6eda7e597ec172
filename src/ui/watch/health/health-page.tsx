"use client";

import { useSession } from "../../api/session";
import { Awaited } from "../../people/awaited";
import { ListFrame, Section } from "../../people/section";
import { DeadManCard } from "./dead-man-card";
import { HealthList } from "./health-list";
import { useHealth } from "./use-watch-health";

/** The watcher watched: whether it keeps up, and who outside notices when it stops. */
export function HealthPage() {
  const health = useHealth("page");
  const { can } = useSession();
  return (
    <Section
      title="Health of watching"
      lead="What has to go well for an alert to reach somebody, and who notices when this server stops."
    >
      <ListFrame label="State of watching">
        <Awaited query={health} rows={6}>
          {(data) => <HealthList health={data} />}
        </Awaited>
      </ListFrame>
      {can("settings:manage") ? <DeadManCard /> : null}
    </Section>
  );
}
