import { useId, useState } from 'react';
import type { ReactNode } from 'react';

import type { TimeSpan } from '../../view/history-span.ts';
import type { HistoryTable } from '../../view/history-table.ts';
import { words } from '../../words/words.ts';
import type { HistoryKit } from './history-kit.ts';
import { useRestedView } from './marker-hook.ts';

interface TableToggleProps {
  readonly title: string;
  readonly kit: HistoryKit;
  readonly table: (view: TimeSpan) => HistoryTable;
  /** The heading beside which the button stands. */
  readonly children: ReactNode;
}

/** A heading with the same as a table behind it, for whoever cannot or will not read a curve. */
export function TableToggle({ title, kit, table, children }: TableToggleProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <div className="history-head">
        {children}
        <button
          type="button"
          className="history-table-button"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={words.history.tableOf(title)}
          onClick={() => setOpen(!isOpen)}
        >
          {words.history.table}
        </button>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && <TableOf title={title} kit={kit} table={table} />}
      </div>
    </>
  );
}

function TableOf({ title, kit, table }: Omit<TableToggleProps, 'children'>) {
  const view = useRestedView(kit);
  const { columns, rows } = table(view);
  if (rows.length === 0) return <p className="quiet small history-table-none">{words.history.emptyHere}</p>;
  return (
    <div className="history-table" role="region" aria-label={words.history.tableOf(title)} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((text, index) =>
                index === 0 ? (
                  <th key={index} scope="row">
                    {text}
                  </th>
                ) : (
                  <td key={index}>{text}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
