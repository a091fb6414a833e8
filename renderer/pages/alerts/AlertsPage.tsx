import { PageFrame } from '../../components/PageFrame.tsx';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

export default function AlertsPage(parts: PageParts) {
  return (
    <PageFrame parts={parts} title={words.shell.pages.alerts}>
      <p className="panel quiet">{words.shell.nothingYet}</p>
    </PageFrame>
  );
}
