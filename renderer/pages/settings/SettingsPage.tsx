import { PageFrame } from '../../components/PageFrame.tsx';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

export default function SettingsPage(parts: PageParts) {
  return (
    <PageFrame parts={parts} title={words.shell.pages.settings}>
      <p className="panel quiet">{words.shell.nothingYet}</p>
    </PageFrame>
  );
}
