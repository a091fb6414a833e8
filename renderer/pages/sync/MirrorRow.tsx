import { useStore } from 'zustand/react';

import type { MirrorState } from '../../../shared/contract/sync.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { Prose } from '../../components/Prose.tsx';
import { StatusShape } from '../../components/StatusShape.tsx';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { clockTime } from '../../view/clock-time.ts';
import { plainText, sentence } from '../../view/plain-text.ts';
import { mirrorKind } from '../../view/sync-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { syncPage: said } = words;

interface MirrorRowProps {
  readonly name: string;
  readonly mirror: MirrorState;
  readonly parts: PageParts;
}

/** One destination: how it fares, what waits for it, and when it is tried next. */
export function MirrorRow({ name, mirror, parts }: MirrorRowProps) {
  const state = useStore(parts.store);
  const nowAt = state.snapshot?.at ?? mirror.lastSuccessAt ?? '';
  const ageOf = (at: string | null): string | null =>
    at === null ? null : ageText(instantAgeSeconds(state, at) ?? 0);
  const { queuedCount, unsureCount, deadCount, lastSuccessAt, nextTryAt, problem, lastError, lastErrorAt } =
    mirror;
  const facts = [
    said.waiting(queuedCount),
    ...(unsureCount > 0 ? [said.unsure(unsureCount)] : []),
    ...(deadCount > 0 ? [said.dead(deadCount)] : []),
    said.lastSuccess(ageOf(lastSuccessAt)),
    ...(nextTryAt === null ? [] : [said.nextTry(clockTime(nextTryAt, nowAt))]),
  ];
  return (
    <li className="sync-row" data-kind={mirrorKind(mirror)}>
      <StatusShape kind={mirrorKind(mirror)} />
      <div>
        <h3>
          {plainText(said.name(name))} <span className="sync-state small">{said.states[mirror.state]}</span>
        </h3>
        {problem !== null && (
          <p>
            <Prose text={sentence(problem)} />
          </p>
        )}
        <p className="quiet small">{facts.join(' · ')}</p>
        {problem === null && lastError !== null && lastErrorAt !== null && (
          <p className="quiet small">{said.lastError(plainText(lastError), ageOf(lastErrorAt) ?? '')}</p>
        )}
      </div>
    </li>
  );
}
