import { useStore } from 'zustand/react';

import type { SyncReply } from '../../../shared/contract/sync.ts';
import { defaultVerdict } from '../../../shared/view/shown-projects.ts';
import { VERDICT_WORDS } from '../../../shared/view/verdict-words.ts';
import { Answer } from '../../components/Answer.tsx';
import { useAsked } from '../../components/asked-hook.ts';
import { PageFrame } from '../../components/PageFrame.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { orderedTasks } from '../../view/sync-view.ts';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { MessageRow } from './MessageRow.tsx';
import { MirrorRow } from './MirrorRow.tsx';
import { TaskRow } from './TaskRow.tsx';
import './sync.css';

const { syncPage: said } = words;
const MOST_MESSAGES = 20;

/** What is mirrored elsewhere: how each mirror fares, what waits, and what differs between it and us. */
export default function SyncPage(parts: PageParts) {
  const { answer, again } = useAsked<SyncReply>(parts, '/v1/sync');
  const isUsed =
    answer.kind === 'ready' &&
    (Object.keys(answer.value.destinations).length > 0 ||
      answer.value.projects.some(({ tasks, asking }) => tasks.length + asking.length > 0));
  return (
    <PageFrame parts={parts} title={words.shell.pages.sync} lead={said.lead}>
      {isUsed ? (
        <Mirrors parts={parts} reply={answer.value} />
      ) : (
        <div className="panel sync-none">
          <Answer answer={answer} onRetry={again}>
            {() => (
              <>
                <h2>{said.none.title}</h2>
                <p className="quiet">
                  <Prose text={said.none.text} />
                </p>
              </>
            )}
          </Answer>
        </div>
      )}
    </PageFrame>
  );
}

function Mirrors({ parts, reply }: { readonly parts: PageParts; readonly reply: SyncReply }) {
  const { destinations, messages, projects } = reply;
  const names = Object.keys(destinations);
  return (
    <>
      {names.length > 0 && (
        <Panel title={said.mirrors} summary={String(names.length)} wide={parts.wide} open>
          <ul className="sync">
            {Object.entries(destinations).map(([name, mirror]) => (
              <MirrorRow key={name} name={name} mirror={mirror} parts={parts} />
            ))}
          </ul>
        </Panel>
      )}
      {messages.length > 0 && (
        <Panel title={said.messages} summary={String(messages.length)} wide={parts.wide}>
          <ul className="sync">
            {messages.slice(0, MOST_MESSAGES).map((message, index) => (
              <MessageRow key={index} message={message} parts={parts} />
            ))}
          </ul>
          {messages.length > MOST_MESSAGES && (
            <p className="quiet small">{said.more(messages.length - MOST_MESSAGES)}</p>
          )}
        </Panel>
      )}
      {projects.map((each) => (
        <ProjectPanel key={each.project ?? ''} parts={parts} mirrored={each} />
      ))}
    </>
  );
}

interface ProjectPanelProps {
  readonly parts: PageParts;
  readonly mirrored: SyncReply['projects'][number];
}

function ProjectPanel({ parts, mirrored: { project, tasks, asking } }: ProjectPanelProps) {
  const decided = useStore(parts.store, ({ snapshot }) =>
    snapshot?.projects.find(({ id }) => id === project),
  );
  if (project === null && tasks.length === 0) return null;
  const decision =
    decided === undefined
      ? ''
      : said.decision(
          words.projects.changes[decided.defaultChange],
          VERDICT_WORDS[defaultVerdict(decided)].title,
        );
  return (
    <Panel
      title={project === null ? said.elsewhere : plainText(project)}
      summary={decision}
      wide={parts.wide}
      open={tasks.length > 0}
    >
      {tasks.length > 0 && (
        <ul className="sync">
          {orderedTasks(tasks).map((task) => (
            <TaskRow key={task.task} task={task} parts={parts} />
          ))}
        </ul>
      )}
      {asking.length > 0 && <p className="quiet small">{said.asking(asking.length)}</p>}
      {tasks.length + asking.length === 0 && (
        <p className="quiet small">
          {said.noTasks} <Prose text={said.link} />
        </p>
      )}
    </Panel>
  );
}
