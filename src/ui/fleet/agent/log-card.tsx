"use client";

import { Download, Pause, Play, Search } from "lucide-react";
import { useMemo, useState } from "react";
import type { LogLevel } from "@/contracts/fleet/log-line";
import { countOf, formatCount } from "../../format/quantity";
import { Button } from "../../primitives/button";
import { Card } from "../../primitives/card";
import { cn } from "../../primitives/class-names";
import { Input } from "../../primitives/input";
import { Segmented } from "../../primitives/segmented";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../primitives/select";
import { countLevels, filterLines } from "./log-buffer";
import { LogLines } from "./log-lines";
import { useDownloadLog } from "./use-download-log";
import { type LogTail, useLogTail } from "./use-log-tail";

type LevelChoice = LogLevel | "all";
const lastChoices = ["100", "200", "500"] as const;

function LevelWord({ word, count, loud = false }: { word: string; count?: number; loud?: boolean }) {
  return (
    <>
      {word}
      {count ? <span className={cn("num", loud && "text-status-offline")}>{formatCount(count)}</span> : null}
    </>
  );
}

/** The agent's lines, live. */
export function LogCard({ agentId, className }: { agentId: string; className?: string }) {
  const [last, setLast] = useState("200");
  const [level, setLevel] = useState<LevelChoice>("all");
  const [text, setText] = useState("");
  const [searching, setSearching] = useState(false);
  const [following, setFollowing] = useState(true);
  const tail = useLogTail(agentId, Number(last));
  const download = useDownloadLog(agentId);
  const { lines, dropped } = tail.buffer;
  const counts = useMemo(() => countLevels(lines), [lines]);
  const shown = useMemo(
    () => filterLines(lines, { level: level === "all" ? null : level, text }),
    [lines, level, text],
  );
  const state = tail.paused
    ? `paused${tail.waiting > 0 ? `, ${formatCount(tail.waiting)} waiting` : ""}`
    : following
      ? "following"
      : "scrolled up";
  return (
    <Card className={cn("flex min-h-0 flex-col overflow-hidden", className)}>
      <header className="flex flex-wrap items-center gap-2.5 border-b py-2 pr-2 pl-3.5">
        <h2 className="text-sm">Log</h2>
        <span
          data-tone={tail.paused || !following ? "neutral" : "online"}
          className="num flex items-center gap-1.5 text-muted-foreground text-xs"
        >
          <span className="size-[7px] rounded-full bg-tone-fill" />
          {state}
        </span>
        {dropped > 0 ? (
          <span className="num text-status-waiting text-xs">{formatCount(dropped)} lines were lost</span>
        ) : null}
        <div className="ml-auto flex flex-wrap items-center gap-1.5">
          {searching ? (
            <Input
              autoFocus
              type="search"
              aria-label="Search in these lines"
              placeholder="Search in these lines"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Escape") return;
                setText("");
                setSearching(false);
              }}
              className="w-44"
            />
          ) : null}
          <Segmented<LevelChoice>
            label="Level"
            value={level}
            onValueChange={setLevel}
            options={[
              { value: "all", label: "All" },
              { value: "debug", label: <LevelWord word="Debug" /> },
              { value: "info", label: <LevelWord word="Info" /> },
              { value: "warn", label: <LevelWord word="Warn" count={counts.warn} /> },
              { value: "error", label: <LevelWord word="Error" count={counts.error} loud /> },
            ]}
          />
          <Select value={last} onValueChange={setLast}>
            <SelectTrigger aria-label="Lines from the log" className="w-28">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {lastChoices.map((choice) => (
                <SelectItem key={choice} value={choice}>
                  Last {choice}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Search in these lines"
            aria-pressed={searching}
            onClick={() => {
              setSearching(!searching);
              setText("");
            }}
          >
            <Search aria-hidden="true" />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label={tail.paused ? "Go on" : "Pause"}
            onClick={() => tail.setPaused(!tail.paused)}
          >
            {tail.paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Download as text"
            busy={download.busy}
            onClick={() => download.run(level === "all" ? undefined : level)}
          >
            {download.busy ? null : <Download aria-hidden="true" />}
          </Button>
        </div>
      </header>
      {shown.length > 0 ? (
        <LogLines lines={shown} onFollowChange={setFollowing} />
      ) : (
        <p className="px-4 py-6 text-muted-foreground" role="status">
          {emptyWords(tail)}
        </p>
      )}
    </Card>
  );
}

function emptyWords({ loading, failed, older, buffer }: LogTail): string {
  if (loading) return "Loading lines…";
  const { length } = buffer.lines;
  if (length > 0 && older) {
    const searched = `None of the last ${countOf(length, "line")} fits; older ones were not searched.`;
    return `${searched} Choose more lines, or download the log, which has up to the last 10,000.`;
  }
  if (length > 0) return "No line fits. Take the level or the search off to see all.";
  if (failed) return "The log could not be read. New lines still show here as they come.";
  return "Nothing logged yet. Lines show here the moment the agent writes them.";
}
