import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';

/** Whether the page was come to from another one; the first page of a window leaves the focus alone. */
export const CameFromPage = createContext(false);

/** The heading that takes the focus when a person comes to its page. */
export function useHeadingFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  // Only how its page was first come to counts; what happens later belongs to another page.
  const [came] = useState(useContext(CameFromPage));
  useEffect(() => {
    if (!came) return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [came]);
  return heading;
}

/** The one h1 of a page. */
export function PageHeading({ children }: { children: ReactNode }) {
  const heading = useHeadingFocus();
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
