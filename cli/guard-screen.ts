import type { ScoreDetail } from '../shared/contract/state.ts';

/** What `orch guard --json` prints. */
export interface GuardView {
  readonly schemaVersion: 1;
  readonly project: string;
  readonly path: string;
  readonly profile: string;
  readonly commit: string | null;
  readonly mode: string | null;
  readonly modeWhy: string | null;
  readonly scores: Readonly<Record<string, number | string | null>>;
  readonly confidence: number;
  readonly freshness: string;
  readonly scoreDetails: Readonly<Record<string, ScoreDetail>>;
  readonly problem: string | null;
  /** The report that was written; null when none was. */
  readonly written: string | null;
}

/** One screen: the mode, each score, and what each was made of. */
export function guardScreen(view: GuardView): string {
  const mode = view.mode ?? 'cannot be judged';
  const why = view.modeWhy === null ? '' : `: ${view.modeWhy}`;
  const lines = [`${view.project} (${view.profile}) ${mode}${why}`];
  for (const [name, detail] of Object.entries(view.scoreDetails)) {
    if (detail.source === 'none' && detail.inputs.length === 0) {
      lines.push(`  ${name.padEnd(18)} n/a    no evidence`);
      continue;
    }
    lines.push(`  ${name.padEnd(18)} ${scoreWords(detail.value).padEnd(6)} ${sourceWords(detail)}`);
    for (const input of detail.inputs) {
      const told = input.value === null ? input.problem : (input.detail ?? input.problem);
      const words = [told, input.value === null ? null : input.source, ageWords(input.ageSeconds)];
      lines.push(
        `    ${input.name.padEnd(16)} ${scoreWords(input.value).padEnd(6)} weight ${Math.round(input.weightPercent)} %  ${words.filter((word) => word !== null).join(', ')}`,
      );
    }
  }
  if (view.problem !== null) lines.push(`  note: ${view.problem}`);
  if (view.written !== null) lines.push(`Written to ${view.written}`);
  return `${lines.join('\n')}\n`;
}

/** Rounded down, so that 39.99 never reads as 40. */
function scoreWords(value: number | null): string {
  return value === null ? 'n/a' : String(Math.floor(value * 10 + 1e-9) / 10);
}

function sourceWords({ source, confidence, ageSeconds }: ScoreDetail): string {
  const age = ageWords(ageSeconds);
  if (source === 'report') return `from the report${age === null ? '' : `, ${age}`}`;
  return `confidence ${Math.floor(confidence * 100 + 1e-9)} %`;
}

function ageWords(ageSeconds: number | null): string | null {
  if (ageSeconds === null) return null;
  if (ageSeconds < 120) return `${ageSeconds} s old`;
  if (ageSeconds < 7200) return `${Math.floor(ageSeconds / 60)} min old`;
  return ageSeconds < 172_800
    ? `${Math.floor(ageSeconds / 3600)} h old`
    : `${Math.floor(ageSeconds / 86_400)} days old`;
}
