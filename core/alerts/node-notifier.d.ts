/** As much of the library as is used; it brings no types. */
declare module 'node-notifier' {
  const notifier: {
    notify(options: Readonly<Record<string, unknown>>, done: (error: unknown) => void): void;
  };
  export default notifier;
}
