/** How much something matters: each with a shape of its own, always beside its word. */
export type StatusKind = 'ok' | 'info' | 'warning' | 'problem';

const SHAPES: Readonly<Record<StatusKind, string>> = {
  ok: 'M3.5 8.5l3 3 6-7',
  info: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 7.2v4M8 4.9v.2',
  warning: 'M8 2.5L14.5 13.5h-13zM8 6.5V10M8 11.8v.3',
  problem: 'M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4zM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
};

export function StatusShape({ kind }: { kind: StatusKind }) {
  return (
    <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[kind]} />
    </svg>
  );
}
