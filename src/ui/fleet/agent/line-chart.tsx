"use client";

import { useEffect, useRef, useState } from "react";
import { shortClockTime } from "../../format/exact-time";
import { type ChartPoint, linePaths, placeLabels } from "./chart-scale";

const height = 128;
const left = 44;
const right = 14;
/** One line of the marks' labels. */
const labelHeight = 12;
/** Of a label, at its size of type; a little more than most take. */
const letterWidth = 5.8;
const foot = height - 20;

export interface ChartMark {
  atMs: number;
  label: string;
}

export interface LineChartProps {
  /** For those who do not see it. */
  name: string;
  points: readonly ChartPoint[];
  fromMs: number;
  toMs: number;
  /** Value at the top; the unit stands there only. */
  most: number;
  ticks: readonly { value: number; label: string }[];
  /** A stretch that runs until now, in the colour of its status. */
  span?: { fromMs: number; word: string; tone: string } | undefined;
  marks?: readonly ChartMark[];
}

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(460);
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const watch = new ResizeObserver(() => setWidth(Math.max(200, box.clientWidth)));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return { frame, width };
}

/** One ink line over time, with axes that read. */
export function LineChart(props: LineChartProps) {
  const { points, fromMs, toMs, most, ticks, span, marks = [] } = props;
  const { frame, width } = useWidth();
  const plot = width - left - right;
  const x = (ms: number) => left + ((Math.min(toMs, Math.max(fromMs, ms)) - fromMs) / (toMs - fromMs)) * plot;
  const shown = marks.filter(({ atMs }) => atMs > fromMs).map((mark) => ({ ...mark, x: x(mark.atMs) }));
  const places = placeLabels(
    shown.map((mark) => ({ x: mark.x, width: mark.label.length * letterWidth })),
    { left: 0, right: width },
  );
  const rows = Math.max(1, ...places.map(({ row }) => row + 1));
  const top = 2 + rows * labelHeight;
  const y = (value: number) => foot - (Math.min(most, Math.max(0, value)) / most) * (foot - top);
  const { line, area } = linePaths(points, { x, y, foot, gapMs: 3 * 60_000 });
  const last = points.findLast(({ value }) => value !== null);
  const labels = width < 380 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  return (
    <div ref={frame}>
      <svg
        role="img"
        aria-label={props.name}
        width={width}
        height={height}
        className="num block max-w-full fill-muted-foreground text-[10.5px]"
      >
        {span ? (
          <g data-tone={span.tone}>
            <rect
              x={x(span.fromMs)}
              y={top}
              width={x(toMs) - x(span.fromMs)}
              height={foot - top}
              className="fill-tone/9"
            />
            {x(toMs) - x(span.fromMs) > 46 ? (
              <text x={x(span.fromMs) + 5} y={top + 12} className="fill-tone font-strong">
                {span.word}
              </text>
            ) : null}
          </g>
        ) : null}
        {ticks.map(({ value, label }) => (
          <g key={value}>
            <line x1={left} x2={width - right} y1={y(value)} y2={y(value)} className="stroke-chart-grid" />
            <text x={left - 6} y={y(value) + 3.5} textAnchor="end">
              {label}
            </text>
          </g>
        ))}
        {labels.map((share) => (
          <text
            key={share}
            x={left + share * plot}
            y={height - 4}
            textAnchor={share === 0 ? "start" : share === 1 ? "end" : "middle"}
          >
            {shortClockTime(fromMs + share * (toMs - fromMs))}
          </text>
        ))}
        <path d={area} className="fill-chart-1/7" />
        <path d={line} fill="none" strokeWidth="1.5" strokeLinejoin="round" className="stroke-chart-1" />
        {shown.map((mark) => (
          <line
            key={`${mark.atMs}${mark.label}`}
            x1={mark.x}
            x2={mark.x}
            y1={top - 2}
            y2={foot}
            strokeDasharray="2 2"
            className="stroke-status-transition-fill"
          />
        ))}
        {places.map(({ row, anchor }, index) => (
          <text
            key={`${shown[index]?.atMs}${shown[index]?.label}`}
            x={shown[index]?.x}
            y={top - 5 - row * labelHeight}
            textAnchor={anchor}
          >
            {shown[index]?.label}
          </text>
        ))}
        {last && last.value !== null ? (
          <circle
            cx={x(last.atMs)}
            cy={y(last.value)}
            r="2.8"
            strokeWidth="1.5"
            className="fill-chart-1 stroke-card"
          />
        ) : null}
      </svg>
    </div>
  );
}
