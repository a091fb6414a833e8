import { words } from '../words/words.ts';

/** No project yet: what is watched, and how to add the first one. */
export function FirstRun() {
  return (
    <div className="card first-run">
      <h3>{words.firstRun.title}</h3>
      <p>{words.firstRun.text}</p>
      <p>
        <code>{words.firstRun.command}</code>
      </p>
      <p className="quiet small">{words.firstRun.privacy}</p>
    </div>
  );
}
