import type { ReactNode, Ref } from 'react';

interface ActFormProps {
  readonly canAct: boolean;
  /** The words of the button that sends it; a form with acts of its own brings its buttons along. */
  readonly submit?: string;
  readonly onSubmit: () => Promise<void>;
  readonly className?: string;
  readonly form?: Ref<HTMLFormElement>;
  readonly children: ReactNode;
}

/** A form the core answers: it alone says what is wrong with it, the browser does not. */
export function ActForm({ canAct, submit, onSubmit, className, form, children }: ActFormProps) {
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      <fieldset disabled={!canAct} className={className}>
        {children}
        {submit !== undefined && (
          <button type="submit" className="button">
            {submit}
          </button>
        )}
      </fieldset>
    </form>
  );
}
