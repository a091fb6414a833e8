import { endpointFileSchema } from '../../../shared/contract/endpoint-file.ts';
import { ok, problem, warning } from '../check.ts';
import type { DoctorCheck, DoctorPorts, Finding } from '../check.ts';
import type { EndpointFile } from '../../../shared/contract/endpoint-file.ts';

const START = 'Start the app, or `orch daemon`.';
const DEFAULT_PORT = 7717;

/** `endpoint.json`: there, ours, of a living core that answers, on the port that was asked for. */
export const endpoint: DoctorCheck = {
  id: 'endpoint',
  title: 'Local endpoint',
  applicable: () => true,
  async check(ports) {
    const { places, files, isAlive } = ports;
    const path = places.endpointPath;
    const about = await files.about(path);
    if (about === null) return warning('No core is running.', START);
    if (about.kind !== 'file' || !about.isOurs) {
      return problem(`${path} is not a file of yours and is not trusted.`, `Remove it: rm ${path}`);
    }
    const isOpen = (about.mode & 0o077) !== 0 && ports.facts.platform !== 'win32';
    if (isOpen) {
      return problem(`Others may read the token in ${path}.`, `chmod 600 ${path}, then restart the core.`);
    }
    const said = parsed(await files.readText(path));
    if (said === null) return problem(`${path} cannot be understood.`, `Remove it, then: ${START}`);
    if (!isAlive(said.pid)) {
      return warning(
        `The core with pid ${said.pid} has ended without saying so; its file is ignored.`,
        START,
      );
    }
    return answering(ports, said);
  },
};

async function answering(ports: DoctorPorts, said: EndpointFile): Promise<Finding> {
  const answer = await ports.ask(`${said.url}/v1/health`);
  if (answer.kind === 'silent') {
    const text = `The core with pid ${said.pid} does not answer on ${said.url}: ${answer.why}.`;
    return problem(text, 'Restart it.');
  }
  if (answer.status !== 200 || !isHealthy(answer.body)) {
    return problem(`Something else answers on ${said.url}.`, 'Restart the core; it will take another port.');
  }
  if (said.socket !== null) {
    const socket = await ports.files.about(said.socket);
    if (socket?.kind !== 'socket' && ports.facts.platform !== 'win32') {
      return problem(`The core's socket ${said.socket} is gone: hooks cannot reach it.`, 'Restart the core.');
    }
  }
  const port = Number(new URL(said.url).port);
  const wanted = wantedPort(ports);
  if (wanted !== 0 && port !== wanted) {
    const text = `Port ${wanted} was taken; the core answers on ${port}.`;
    return warning(text, 'Nothing must be done. Scripts read the address from endpoint.json.');
  }
  return ok(`${said.url} answers; version ${said.version}, pid ${said.pid}, since ${said.startedAt}.`);
}

/** Flag apart, the environment wins over the settings. */
function wantedPort({ facts }: DoctorPorts): number {
  const given = facts.env['ORCH_PORT'];
  if (given !== undefined && /^\d+$/.test(given)) return Number(given);
  return facts.config.ok ? facts.config.config.port : DEFAULT_PORT;
}

function parsed(text: string | null): EndpointFile | null {
  try {
    const result = endpointFileSchema.safeParse(JSON.parse(text ?? ''));
    if (!result.success) return null;
    return /^http:\/\/127\.0\.0\.1:\d+$/.test(result.data.url) ? result.data : null;
  } catch {
    return null;
  }
}

function isHealthy(body: string): boolean {
  try {
    return (JSON.parse(body) as { status?: unknown }).status === 'ok';
  } catch {
    return false;
  }
}
