import { useId, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

import type { EnergyDaysReply } from '../../../shared/contract/energy-ledger.ts';
import { dayLabel, energyChart, labelled } from '../../view/energy-days-view.ts';
import type { DayBar } from '../../view/energy-days-view.ts';
import { words } from '../../words/words.ts';

const { energyPage: said } = words;

interface DayChartProps {
  readonly reply: EnergyDaysReply;
  readonly hasBattery: boolean;
  readonly wide: boolean;
}

/** Watt-hours a day. One day is chosen, with the pointer or the arrow keys, and told in a sentence. */
export function DayChart({ reply, hasBattery, wide }: DayChartProps) {
  const { bars, ticks, knownDays } = energyChart(reply, words);
  const [chosen, setChosen] = useState(bars.length - 1);
  const hatch = useId();
  if (knownDays === 0) {
    return (
      <div className="energy-empty">
        <h3>{said.empty.title}</h3>
        <p className="quiet">{hasBattery ? said.empty.text : said.empty.noBattery}</p>
      </div>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = NEXT[event.key]?.(chosen, bars.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(Math.min(bars.length - 1, Math.max(0, next)));
  };
  const onPointer = (event: PointerEvent): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - left) / width) * bars.length);
    setChosen(Math.min(bars.length - 1, Math.max(0, index)));
  };
  return (
    <div className="energy-chart">
      <div className="energy-plot">
        <div className="energy-axis" aria-hidden="true">
          {ticks.map(({ share, text }) => (
            <span key={text} style={{ bottom: `${share * 100}%` }}>
              {text}
            </span>
          ))}
        </div>
        <div
          className="energy-bars"
          role="slider"
          tabIndex={0}
          aria-label={said.chart.day}
          aria-valuemin={1}
          aria-valuemax={bars.length}
          aria-valuenow={chosen + 1}
          aria-valuetext={bars[chosen]?.text ?? ''}
          onKeyDown={onKeyDown}
          onPointerMove={onPointer}
          onPointerDown={onPointer}
          onPointerLeave={() => setChosen(bars.length - 1)}
        >
          <svg aria-hidden="true">
            <defs>
              <pattern
                id={hatch}
                width="6"
                height="6"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect className="energy-hatch-ground" width="6" height="6" />
                <rect className="energy-hatch-line" width="2.5" height="6" />
              </pattern>
            </defs>
            <rect
              className="energy-slot"
              x={`${(100 / bars.length) * chosen}%`}
              width={`${100 / bars.length}%`}
              y="0"
              height="100%"
            />
            {ticks.map(({ share, text }) => (
              <line
                key={text}
                className="energy-line"
                x1="0"
                x2="100%"
                y1={fromTop(share)}
                y2={fromTop(share)}
              />
            ))}
            {bars.map((bar, index) => (
              <Bar
                key={bar.day}
                bar={bar}
                index={index}
                count={bars.length}
                hatch={hatch}
                isChosen={index === chosen}
              />
            ))}
          </svg>
        </div>
        <div className="energy-days" aria-hidden="true">
          {labelled(bars.length, wide ? 8 : 4).map((index) => (
            <span key={index} style={{ left: `${((index + 0.5) / bars.length) * 100}%` }}>
              {dayLabel(bars[index]?.day ?? '')}
            </span>
          ))}
        </div>
      </div>
      <p className="energy-readout small">{bars[chosen]?.text}</p>
      <Legend bars={bars} hatch={hatch} />
    </div>
  );
}

const NEXT: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowLeft: (index) => index - 1,
  ArrowDown: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  ArrowUp: (index) => index + 1,
  PageDown: (index) => index - 7,
  PageUp: (index) => index + 7,
  Home: () => 0,
  End: (_index, last) => last,
};

interface BarProps {
  readonly bar: DayBar;
  readonly index: number;
  readonly count: number;
  readonly hatch: string;
  readonly isChosen: boolean;
}

function Bar({ bar, index, count, hatch, isChosen }: BarProps) {
  const slot = 100 / count;
  const [left, width] = [`${slot * (index + 0.14)}%`, `${slot * 0.72}%`];
  const { measuredShare, modelledShare } = bar;
  return (
    <g className="energy-bar" data-chosen={isChosen}>
      {measuredShare > 0 && (
        <rect
          className="energy-measured"
          x={left}
          width={width}
          y={fromTop(measuredShare)}
          height={`${measuredShare * 100}%`}
        />
      )}
      {modelledShare > 0 && (
        <rect
          className="energy-modelled"
          x={left}
          width={width}
          y={fromTop(measuredShare + modelledShare)}
          height={`${modelledShare * 100}%`}
          fill={`url(#${hatch})`}
        />
      )}
      {bar.isUnmeasured && (
        <line
          className="energy-unmeasured"
          x1={left}
          x2={`${slot * (index + 0.86)}%`}
          y1="100%"
          y2="100%"
          transform="translate(0 -3)"
        />
      )}
    </g>
  );
}

function fromTop(share: number): string {
  return `${(1 - share) * 100}%`;
}

/** Only what is there. */
function Legend({ bars, hatch }: { bars: readonly DayBar[]; hatch: string }) {
  const kinds = [
    {
      name: said.chart.measured,
      isShown: bars.some(({ measuredShare }) => measuredShare > 0),
      sign: <rect className="energy-measured" x="2" y="2" width="12" height="12" />,
    },
    {
      name: said.chart.modelled,
      isShown: bars.some(({ modelledShare }) => modelledShare > 0),
      sign: <rect className="energy-modelled" x="2" y="2" width="12" height="12" fill={`url(#${hatch})`} />,
    },
    {
      name: said.chart.unmeasured,
      isShown: bars.some(({ isUnmeasured }) => isUnmeasured),
      sign: <line className="energy-unmeasured" x1="1" x2="15" y1="12" y2="12" />,
    },
  ];
  return (
    <ul className="energy-legend small quiet">
      {kinds
        .filter(({ isShown }) => isShown)
        .map(({ name, sign }) => (
          <li key={name}>
            <svg className="energy-sign" viewBox="0 0 16 16" aria-hidden="true">
              {sign}
            </svg>
            {name}
          </li>
        ))}
    </ul>
  );
}
