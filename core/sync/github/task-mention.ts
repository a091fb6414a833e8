const TRAILER = /^Manus-Task:[ \t]*(\S+)[ \t]*$/gim;
const ADDRESS = /(?:^|\/)manus\.im\/app\/([A-Za-z0-9]{22})(?![A-Za-z0-9])/g;
const ID = /^[A-Za-z0-9]{22}$/;
/** A branch such as manus/<id> or feature/manus-<id>; a bare run of 22 letters elsewhere may be anything. */
const IN_BRANCH = /(?:^|[/_-])manus[/_-]([A-Za-z0-9]{22})(?![A-Za-z0-9])/i;
const MOST = 20;

/** The tasks that a commit names in its message (`Manus-Task:` trailer, address of a task) or its branch. */
export function tasksNamed(message: string, branch: string | null): readonly string[] {
  const trailers = [...message.matchAll(TRAILER)].map(([, value = '']) => value.split('/').at(-1) ?? '');
  const addresses = [...message.matchAll(ADDRESS)].map(([, id = '']) => id);
  const branched = IN_BRANCH.exec(branch ?? '')?.[1] ?? '';
  return [...new Set([...trailers, ...addresses, branched])].filter((id) => ID.test(id)).slice(0, MOST);
}
