import type { CoreDoor } from './core-door.ts';
import { Refused } from './refused.ts';

/** The id itself, or a 404 that names the projects there are. */
export function knownProject(door: CoreDoor, id: string): string {
  if (!door.snapshot().projects.some((project) => project.id === id)) throw noProject(door, id);
  return id;
}

export function noProject(door: CoreDoor, id: string): Refused {
  const known = door
    .snapshot()
    .projects.map((project) => project.id)
    .join(', ');
  return new Refused(404, 'not-found', `No project "${id.slice(0, 64)}". Known: ${known}.`, 'project');
}
