import { NOW_ADDRESS } from '../connection/page-route.ts';
import { plainText } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { QuietRing } from './QuietRing.tsx';

/** An address that names a project the core does not know. */
export function NoProject(props: { id: string }) {
  return (
    <main className="alone">
      <QuietRing />
      <h1>{words.page.gone(plainText(props.id).slice(0, 64))}</h1>
      <p className="quiet">{words.page.goneHint}</p>
      <a className="button" href={NOW_ADDRESS}>
        {words.page.back}
      </a>
    </main>
  );
}
