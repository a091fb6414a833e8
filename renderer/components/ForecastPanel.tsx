import type { Forecast, ForecastError } from '../../shared/contract/energy.ts';
import { forecastBands, forecastErrorText } from '../view/forecast-view.ts';
import { sentence } from '../view/plain-text.ts';
import { words } from '../words/words.ts';

interface ForecastPanelProps {
  readonly forecast: readonly Forecast[];
  /** How wrong it was so far. */
  readonly errors: readonly ForecastError[];
}

/** Minutes to each threshold as a band on one scale; the text beside it says the same. */
export function ForecastPanel(props: ForecastPanelProps) {
  const bands = forecastBands(props.forecast, words);
  if (bands.length === 0) return null;
  const error = forecastErrorText(props.forecast, props.errors, words);
  return (
    <section className="panel" aria-label={words.forecast.name}>
      <div className="panel-head">
        <h2>{words.forecast.name}</h2>
      </div>
      <ul className="bands">
        {bands.map((band) => (
          <li key={band.thresholdPercent}>
            <span>{band.label}</span>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect className="band-track" width="100" height="8" rx="2" />
              <rect
                className="band-range"
                x={band.from * 100}
                width={Math.max(1, (band.to - band.from) * 100)}
                height="8"
              />
              <rect className="band-middle" x={Math.min(99, band.middle * 100)} width="0.8" height="8" />
            </svg>
            <span className="band-text">{band.range}</span>
          </li>
        ))}
      </ul>
      <p className="quiet small">
        {words.forecast.hint} {error !== null && sentence(error)}
      </p>
    </section>
  );
}
