import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

import type { Act } from './act.ts';

interface DoingProps {
  readonly act: Act;
  /** Fields that show what is wrong with them; any other refusal is told below. */
  readonly fields: readonly string[];
  readonly children: ReactNode;
}

/** Controls and their answer. The focus goes to what needs another try, or to what was done. */
export function Doing({ act, fields, children }: DoingProps) {
  const holder = useRef<HTMLDivElement>(null);
  const { refusal, done } = act;
  useEffect(() => {
    const answer = done === null ? '[aria-invalid=true]' : '.act-done';
    if (refusal !== null || done !== null) holder.current?.querySelector<HTMLElement>(answer)?.focus();
  }, [refusal, done]);
  return (
    <div ref={holder} className="doing">
      {children}
      {done !== null && (
        <p className="act-done" tabIndex={-1}>
          {done}
        </p>
      )}
      {refusal !== null && !fields.includes(refusal.field ?? '') && <p role="alert">{refusal.text}</p>}
    </div>
  );
}
