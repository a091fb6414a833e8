import type { SignedOutWhy } from '../connection/core-connection.ts';
import { words } from '../words/words.ts';
import { QuietRing } from './QuietRing.tsx';

export function SignIn(props: { why: SignedOutWhy }) {
  return (
    <main className="alone">
      <QuietRing />
      <h1>{words.signIn.title}</h1>
      <p>
        {words.signIn[props.why]} <code>{words.signIn.command}</code>.
      </p>
      <p className="quiet small">{words.signIn.why}</p>
    </main>
  );
}
