/** Small signs of the page itself, in the current colour; always beside words. */

export function Chevron() {
  return (
    <svg className="sign chevron" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M6 3.5L10.5 8 6 12.5" />
    </svg>
  );
}

export function Back() {
  return (
    <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M10 3.5L5.5 8l4.5 4.5" />
    </svg>
  );
}

export function Warning() {
  return (
    <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 2.5L14.5 13.5h-13zM8 6.5V10M8 11.8v.3" />
    </svg>
  );
}
