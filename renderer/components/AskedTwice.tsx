import { useRef } from 'react';

interface AskedTwiceProps {
  readonly said: { readonly ask: string; readonly sure: string; readonly keep: string };
  /** Whether it was asked once. */
  readonly isSure: boolean;
  readonly onSure: (isSure: boolean) => void;
  readonly onYes: () => void;
}

/** A button for what costs or cannot be undone. After a no the focus stands where it was asked. */
export function AskedTwice({ said, isSure, onSure, onYes }: AskedTwiceProps) {
  const asker = useRef<HTMLButtonElement>(null);
  const keep = (): void => {
    onSure(false);
    requestAnimationFrame(() => asker.current?.focus());
  };
  return (
    <>
      <button type="button" className="button" ref={asker} onClick={() => (isSure ? onYes() : onSure(true))}>
        {isSure ? said.sure : said.ask}
      </button>
      {isSure && (
        <button type="button" className="button" onClick={keep}>
          {said.keep}
        </button>
      )}
    </>
  );
}
