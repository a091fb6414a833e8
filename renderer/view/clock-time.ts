/** "14:20" where the person is; with the date where that is not the day of `nowAt`. Both are ISO instants. */
export function clockTime(at: string, nowAt: string): string {
  const [then, now] = [new Date(at), new Date(nowAt)];
  const isToday = then.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(undefined, {
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(then);
}
