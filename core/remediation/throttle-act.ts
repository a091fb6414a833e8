import type { CommandConfig } from '../../shared/contract/command.ts';
import { commandSchema } from '../../shared/contract/command.ts';
import type { ThrottleConfig } from '../../shared/contract/remediation-config.ts';
import { quotaPercent, quotaProperty } from '../../shared/remediation/cpu-quota.ts';
import type { Runner, RunResult } from './runner.ts';
import type { StoppedProcess, ThrottleProcess } from './throttle-process.ts';

/** What was found before a throttle was applied: its undo goes back to that. JSON: it outlives the core. */
export type ThrottleBefore =
  | { readonly kind: 'command' }
  | { readonly kind: 'systemd'; readonly quotaPercent: number | null }
  /** `isOurs` is false where somebody else had paused it already: it is left to them. */
  | { readonly kind: 'container'; readonly isOurs: boolean }
  | { readonly kind: 'process'; readonly process: StoppedProcess; readonly isOurs: boolean };

export type ActResult =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };

export interface ThrottleOrder {
  readonly project: string;
  readonly folder: string;
  readonly cause: string;
  readonly config: ThrottleConfig;
}

/** Slows one thing down and lets it go again. Never rejects. */
export interface ThrottleActs {
  /** How it is now; the text says why it cannot be told. Changes nothing. */
  before(
    order: ThrottleOrder,
  ): Promise<
    { readonly ok: true; readonly before: ThrottleBefore } | { readonly ok: false; readonly text: string }
  >;
  apply(order: ThrottleOrder, before: ThrottleBefore): Promise<ActResult>;
  undo(order: ThrottleOrder, before: ThrottleBefore): Promise<ActResult>;
}

const LIMIT_SECONDS = 20;

export function createThrottleActs(runner: Pick<Runner, 'run'>, processes: ThrottleProcess): ThrottleActs {
  const ran = (
    { project, folder, cause, config }: ThrottleOrder,
    act: string,
    command: CommandConfig,
  ): Promise<RunResult> =>
    runner.run({
      act,
      project,
      cause,
      command,
      folder,
      resource: `throttle:${throttleSubject(config)}`,
      facts: { ORCH_PROJECT: project, ORCH_CAUSE: cause },
    });
  const program = (...run: string[]): CommandConfig =>
    commandSchema.parse({ run, timeoutSeconds: LIMIT_SECONDS, environment: { LC_ALL: 'C' } });
  const told = (result: RunResult, done: string): ActResult =>
    result.isOk ? { ok: true, text: done } : { ok: false, text: failure(result) };

  return {
    async before(order) {
      const { config } = order;
      if ('command' in config) return { ok: true, before: { kind: 'command' } };
      if ('pidFile' in config) {
        const found = await processes.find(config.pidFile);
        return typeof found === 'string'
          ? { ok: false, text: found }
          : { ok: true, before: { kind: 'process', ...found } };
      }
      if ('container' in config) {
        const format = '{{.State.Running}} {{.State.Paused}}';
        const asked = await ran(
          order,
          'throttle-look',
          program(config.engine, 'inspect', '--type=container', `--format=${format}`, config.container),
        );
        if (!asked.isOk) return { ok: false, text: failure(asked) };
        const [isRunning, isPaused] = asked.output.trim().split(/\s+/);
        if (isRunning !== 'true') return { ok: false, text: 'the container does not run' };
        return { ok: true, before: { kind: 'container', isOurs: isPaused !== 'true' } };
      }
      const asked = await ran(
        order,
        'throttle-look',
        program(
          'systemctl',
          ...scope(config),
          'show',
          '--property=LoadState',
          '--property=CPUQuotaPerSecUSec',
          '--',
          config.systemdUnit,
        ),
      );
      if (!asked.isOk) return { ok: false, text: failure(asked) };
      const shown = new Map(asked.output.split('\n').map((line) => partsOf(line)));
      // It answers for units that are not there, too.
      if (shown.get('LoadState') !== 'loaded') return { ok: false, text: 'there is no such unit' };
      try {
        const quota = quotaPercent(shown.get('CPUQuotaPerSecUSec') ?? '');
        return { ok: true, before: { kind: 'systemd', quotaPercent: quota } };
      } catch (error) {
        return { ok: false, text: (error as Error).message };
      }
    },
    async apply(order, before) {
      const { config } = order;
      if ('command' in config)
        return told(await ran(order, 'throttle-command', config.command), 'the command is done');
      if ('pidFile' in config) {
        if (before.kind !== 'process') return MIXED;
        if (!before.isOurs) return { ok: true, text: 'it was stopped already, by somebody else' };
        const count = processes.stop(before.process);
        return count === 0
          ? { ok: false, text: 'the process has ended' }
          : { ok: true, text: `${count === 1 ? '1 process' : `${count} processes`} stopped` };
      }
      if ('container' in config) {
        if (before.kind === 'container' && !before.isOurs)
          return { ok: true, text: 'it was paused already, by somebody else' };
        const command = program(config.engine, 'pause', config.container);
        return told(await ran(order, 'throttle-container', command), 'paused');
      }
      const command = program(...setProperty(config, quotaProperty(config.cpuQuotaPercent)));
      return told(
        await ran(order, 'throttle-unit', command),
        `limited to ${config.cpuQuotaPercent} % of a core`,
      );
    },
    async undo(order, before) {
      const { config } = order;
      if ('command' in config)
        return told(await ran(order, 'throttle-undo', config.undo), 'the undo command is done');
      if ('pidFile' in config) {
        if (before.kind !== 'process') return MIXED;
        if (!before.isOurs) return { ok: true, text: 'left to whoever stopped it' };
        const count = processes.goOn(before.process);
        return { ok: true, text: count === 0 ? 'the process has ended meanwhile' : 'it goes on' };
      }
      if ('container' in config) {
        if (before.kind === 'container' && !before.isOurs)
          return { ok: true, text: 'left to whoever paused it' };
        const command = program(config.engine, 'unpause', config.container);
        const result = await ran(order, 'throttle-undo', command);
        if (!result.isOk && /not paused|No such container|no such container/.test(result.output))
          return { ok: true, text: 'it is not paused any more' };
        return told(result, 'it goes on');
      }
      const earlier = before.kind === 'systemd' ? before.quotaPercent : null;
      const command = program(...setProperty(config, quotaProperty(earlier)));
      const limit = earlier === null ? 'no limit' : `${earlier} % of a core`;
      return told(await ran(order, 'throttle-undo', command), `back to ${limit}`);
    },
  };
}

/** What a throttle acts on, as people know it. */
export function throttleSubject(config: ThrottleConfig): string {
  if ('command' in config) return config.command.run.join(' ').slice(0, 100);
  if ('pidFile' in config) return config.pidFile;
  return 'container' in config ? config.container : config.systemdUnit;
}

/** What its undo does, in words. */
export function throttleUndoText(config: ThrottleConfig): string {
  if ('command' in config) return 'Runs the undo command.';
  if ('pidFile' in config) return 'Lets the process go on (SIGCONT).';
  return 'container' in config ? 'Lets the container go on.' : 'Sets the limit of before again.';
}

const MIXED: ActResult = { ok: false, text: 'what was found before is of another kind' };

type UnitConfig = Extract<ThrottleConfig, { readonly systemdUnit: string }>;

function scope({ isUserUnit }: UnitConfig): string[] {
  return isUserUnit ? ['--user'] : [];
}

function setProperty(config: UnitConfig, property: string): string[] {
  return ['systemctl', ...scope(config), 'set-property', '--runtime', '--', config.systemdUnit, property];
}

/** "CPUQuotaPerSecUSec=200ms" in two. */
function partsOf(line: string): [name: string, value: string] {
  const [name = '', ...value] = line.trim().split('=');
  return [name, value.join('=')];
}

function failure({ text, output }: RunResult): string {
  const last = output.trim().split('\n').at(-1) ?? '';
  return last === '' ? text : `${text}: ${last.slice(0, 200).replace(/\.$/, '')}`;
}
