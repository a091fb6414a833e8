import { useStore } from 'zustand/react';

import type { SyncReply } from '../../../shared/contract/sync.ts';
import { defaultVerdict } from '../../../shared/view/shown-projects.ts';
import { VERDICT_WORDS } from '../../../shared/view/verdict-words.ts';
import { useAsked } from '../../components/asked-hook.ts';
import { NonePanel } from '../../components/NonePanel.tsx';
import { PageFrame } from '../../components/PageFrame.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { isStandingBoard, orderedTasks } from '../../view/sync-view.ts';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { AskBoard } from './AskBoard.tsx';
import { LinkCommit } from './LinkCommit.tsx';
import { MessagePanel } from './MessagePanel.tsx';
import { MirrorRow } from './MirrorRow.tsx';
import { PushNow } from './PushNow.tsx';
import { TaskRow } from './TaskRow.tsx';
import './sync.css';

const { syncPage: said } = words;

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
        <Mirrors parts={parts} reply={answer.value} onChanged={again} />
      ) : (
        <NonePanel answer={answer} onRetry={again} none={said.none} />
      )}
    </PageFrame>
  );
}

interface MirrorsProps {
  readonly parts: PageParts;
  readonly reply: SyncReply;
  readonly onChanged: () => void;
}

function Mirrors({ parts, reply, onChanged }: MirrorsProps) {
  const isLive = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  const { destinations, messages, projects } = reply;
  const names = Object.keys(destinations);
  const registered = projects.flatMap(({ project }) => project ?? []);
  return (
    <>
      {names.length > 0 && (
        <Panel title={said.mirrors} summary={String(names.length)} wide={parts.wide} open>
          <ul className="sync">
            {Object.entries(destinations).map(([name, mirror]) => (
              <MirrorRow key={name} name={name} mirror={mirror} parts={parts} />
            ))}
          </ul>
          <PushNow parts={parts} onChanged={onChanged} />
        </Panel>
      )}
      <MessagePanel messages={messages} parts={parts} onChanged={onChanged} />
      {projects.map((each) => (
        <ProjectPanel
          key={each.project ?? ''}
          parts={parts}
          mirrored={each}
          isManusOn={destinations['manus'] !== undefined && destinations['manus'].state !== 'off'}
          onChanged={onChanged}
        />
      ))}
      {registered.length > 0 && (
        <LinkCommit parts={parts} projects={registered} canAct={isLive} onChanged={onChanged} />
      )}
    </>
  );
}

interface ProjectPanelProps {
  readonly parts: PageParts;
  readonly mirrored: SyncReply['projects'][number];
  readonly isManusOn: boolean;
  readonly onChanged: () => void;
}

function ProjectPanel({ parts, mirrored, isManusOn, onChanged }: ProjectPanelProps) {
  const { project, tasks, asking } = mirrored;
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
      {project !== null && isManusOn && !tasks.some(isStandingBoard) && (
        <AskBoard project={project} parts={parts} onChanged={onChanged} />
      )}
    </Panel>
  );
}
