"use client";

import type { Channel } from "@/contracts/watch/channel";
import { severities } from "@/contracts/watch/rule";
import {
  DropdownMenuCheckboxItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
} from "../../primitives/dropdown-menu";
import { Pill } from "./pill";
import { channelWords, type RuleWish, ruleSentence, scopeKey, scopeWords, severityWords } from "./rule-words";
import { useScopes } from "./use-scopes";

/** The rule as a sentence whose words are the controls. */
export function RuleSentence({
  rule,
  channels,
  onChange,
  fixedBecause,
}: {
  rule: RuleWish;
  channels: readonly Channel[];
  onChange: (rule: RuleWish) => void;
  fixedBecause?: string | undefined;
}) {
  const scopes = useScopes(rule.scope);
  const toggle = (id: string, on: boolean) => {
    const others = rule.channelIds.filter((known) => known !== id);
    onChange({ ...rule, channelIds: on ? [...others, id] : others });
  };
  return (
    <fieldset
      aria-label={ruleSentence(rule, channels)}
      className="min-w-0 text-pretty text-[17px] text-muted-foreground leading-9 tracking-[-0.008em] max-md:text-lg max-md:leading-[48px]"
    >
      When{" "}
      <Pill label="Who is watched" words={scopeWords(rule.scope)} fixedBecause={fixedBecause}>
        <DropdownMenuRadioGroup
          value={scopeKey(rule.scope)}
          onValueChange={(key) => {
            const scope = scopes.find((candidate) => scopeKey(candidate) === key);
            if (scope) onChange({ ...rule, scope });
          }}
        >
          {scopes.map((scope) => (
            <DropdownMenuRadioItem key={scopeKey(scope)} value={scopeKey(scope)}>
              {scopeWords(scope)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </Pill>{" "}
      is <span className="font-strong text-foreground">{rule.kind}</span>, tell{" "}
      <Pill label="Who is told" words={channelWords(rule.channelIds, channels)} fixedBecause={fixedBecause}>
        <DropdownMenuLabel>Channels</DropdownMenuLabel>
        <DropdownMenuCheckboxItem
          checked={rule.channelIds.length === 0}
          onCheckedChange={() => onChange({ ...rule, channelIds: [] })}
        >
          every channel, also later ones
        </DropdownMenuCheckboxItem>
        {channels.length > 0 ? <DropdownMenuSeparator /> : null}
        {channels.map((channel) => (
          <DropdownMenuCheckboxItem
            key={channel.id}
            checked={rule.channelIds.includes(channel.id)}
            onCheckedChange={(on) => toggle(channel.id, on)}
            // Several may be picked in one go.
            onSelect={(event) => event.preventDefault()}
          >
            {channel.name}
            {channel.enabled ? null : <span className="text-muted-foreground"> (switched off)</span>}
          </DropdownMenuCheckboxItem>
        ))}
      </Pill>{" "}
      as{" "}
      <Pill label="How severe" words={severityWords(rule.severity)} fixedBecause={fixedBecause}>
        <DropdownMenuRadioGroup
          value={rule.severity}
          onValueChange={(next) => {
            const severity = severities.find((candidate) => candidate === next);
            if (severity) onChange({ ...rule, severity });
          }}
        >
          {severities.toReversed().map((severity) => (
            <DropdownMenuRadioItem key={severity} value={severity}>
              {severityWords(severity)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </Pill>{" "}
      alert.
    </fieldset>
  );
}
