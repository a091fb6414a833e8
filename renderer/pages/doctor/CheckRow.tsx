import type { DoctorCheckResult } from '../../../shared/contract/doctor.ts';
import { Prose } from '../../components/Prose.tsx';
import { Chevron } from '../../components/Signs.tsx';
import { StatusShape } from '../../components/StatusShape.tsx';
import { plainText, sentence } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';

const { doctorPage: said } = words;

/** More lines than this are folded away. */
const MOST_OPEN = 3;

/** One check: what was found, what to do, and the lines it rests on. */
export function CheckRow({ check }: { check: DoctorCheckResult }) {
  const { title, status, text, next } = check;
  const details = check.details ?? [];
  if (status === 'not-applicable') return null;
  const list = (
    <ul className="doctor-details quiet small">
      {details.map((line, index) => (
        <li key={index}>
          <Prose text={plainText(line)} />
        </li>
      ))}
    </ul>
  );
  return (
    <li className="doctor-check" data-status={status}>
      <StatusShape kind={status} />
      <div>
        <h3>
          {plainText(title)} <span className="doctor-status small">{said.statuses[status]}</span>
        </h3>
        <p>
          <Prose text={sentence(text, false)} />
        </p>
        {next !== null && (
          <p className="doctor-next">
            <strong>{said.next}</strong> <Prose text={plainText(next)} />
          </p>
        )}
        {details.length > 0 && details.length <= MOST_OPEN && list}
        {details.length > MOST_OPEN && (
          <details>
            <summary className="doctor-more quiet small">
              <Chevron />
              {said.details(details.length)}
            </summary>
            {list}
          </details>
        )}
      </div>
    </li>
  );
}
