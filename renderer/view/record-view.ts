import type { AuditEntry, Deployment } from '../../shared/contract/record.ts';
import type { Words } from '../words/words.ts';
import { plainText, spacedWords } from './plain-text.ts';

/** "ok", "failed", "still running". */
export function deploymentResult({ result }: Deployment, words: Words): string {
  return result === null ? words.page.deployments.running : words.page.deployments.results[result];
}

/** "0.42 Wh, measured"; what nothing measured is not known, never zero. Null while it runs. */
export function deploymentEnergy(deployment: Deployment, words: Words): string | null {
  if (deployment.finishedAt === null) return null;
  const { energyWh, energyProvenance } = deployment;
  if (energyWh === null || energyProvenance === 'unknown') return words.page.deployments.noEnergy;
  return words.page.deployments.energy(wattHoursText(energyWh), words.energyFrom[energyProvenance]);
}

/** The form of a commit that people read aloud. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

/** "sam waived" or "core gate asked", with the kind of change where there is one. */
export function auditText({ act, detail }: AuditEntry, words: Words): string {
  const said = words.page.audit.acts[act] ?? spacedWords(act);
  const change = detail['change'];
  return typeof change === 'string' ? `${said}: ${plainText(change)}` : said;
}

/** "under 0.01 Wh", "0.42 Wh", "3.1 Wh", "48 Wh". */
export function wattHoursText(energyWh: number): string {
  if (energyWh < 0.01) return 'under 0.01\u202fWh';
  const digits = energyWh < 1 ? 2 : energyWh < 10 ? 1 : 0;
  return `${energyWh.toFixed(digits)}\u202fWh`;
}
