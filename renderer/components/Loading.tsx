import { words } from '../words/words.ts';
import { QuietRing } from './QuietRing.tsx';

export function Loading() {
  return (
    <main className="alone">
      <QuietRing />
      <h1 className="visually-hidden">{words.product}</h1>
      <p className="quiet">{words.loading}</p>
    </main>
  );
}
