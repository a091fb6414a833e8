/** The ring before anything is known. */
export function QuietRing() {
  return (
    <svg className="ring" viewBox="0 0 72 72" aria-hidden="true">
      <circle className="ring-track" cx="36" cy="36" r="30" />
    </svg>
  );
}
