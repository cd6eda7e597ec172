"use client";

import { useId } from "react";
import { Switch } from "../../primitives/switch";
import { switchNoticesOff, switchNoticesOn, useNoticeState } from "./browser-notices";

/** Whether this browser tells new messages while the console is in the background. */
export function NoticeSetting() {
  const state = useNoticeState();
  const id = useId();
  if (state === "impossible") {
    return <p>This browser shows notifications only over https.</p>;
  }
  if (state === "refused") {
    return <p>This browser was told to show no notifications of this page. Its settings allow them again.</p>;
  }
  return (
    <div className="flex items-center gap-2">
      <Switch
        id={id}
        checked={state === "on"}
        onCheckedChange={(on) => (on ? void switchNoticesOn() : switchNoticesOff())}
      />
      <label htmlFor={id} className="cursor-pointer">
        Notify me in this browser
      </label>
    </div>
  );
}
