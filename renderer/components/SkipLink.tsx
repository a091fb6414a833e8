import { words } from '../words/words.ts';

/** Past the rail, for those who come by keyboard. Not a link: the address belongs to the pages. */
export function SkipLink() {
  return (
    <button
      type="button"
      className="skip button"
      onClick={() => document.querySelector<HTMLElement>('.shell-page h1')?.focus()}
    >
      {words.shell.skip}
    </button>
  );
}
