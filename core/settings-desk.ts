import type { Document } from 'yaml';
import { z } from 'zod';

import { configSchema, type Config } from '../shared/contract/config.ts';
import type { SettingEdit, SettingsCheckReply, SettingsReply } from '../shared/contract/settings.ts';
import { isoNow, type Clock } from './clock.ts';
import { setSetting, unsetSetting } from './config-edit.ts';
import type { ConfigInForce } from './config-watch.ts';
import type { RecordStore } from './history/record.ts';
import { settingKeys, settingLeaves, settingPath } from '../shared/view/setting-path.ts';
import { withoutSecrets } from './setting-secret.ts';
import { problemWords, type SettingsFile } from './settings-file.ts';

/** Every setting, looked at and changed. Each change is checked as a whole before a byte of the file changes. */
export interface SettingsDesk {
  view(): Promise<SettingsReply>;
  check(edits: readonly SettingEdit[]): Promise<SettingsCheckReply>;
  /** The settings after the change, or what is wrong with it. */
  change(edits: readonly SettingEdit[]): Promise<SettingsReply | Exclude<SettingsCheckReply, { ok: true }>>;
}

export interface SettingsDeskParts {
  readonly clock: Clock;
  readonly who: string;
  readonly file: SettingsFile;
  readonly inForce: () => ConfigInForce;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly onChange: () => void;
}

export function createSettingsDesk(parts: SettingsDeskParts): SettingsDesk {
  const { clock, who, file, inForce, record, onChange } = parts;
  // Made when a page first asks: a core that nobody looks at pays nothing for it.
  let schema: Record<string, unknown> | null = null;
  const schemaOf = (): Record<string, unknown> =>
    (schema ??= z.toJSONSchema(configSchema, { io: 'input', reused: 'inline' }) as Record<string, unknown>);

  const viewOf = async (config: Config, problems: readonly string[]): Promise<SettingsReply> => {
    const said = settingLeaves(await file.read()).map(({ keys }) => settingPath(keys));
    const marked = schemaOf();
    return {
      file: file.path,
      ...withoutSecrets(config, (keys) => isWriteOnly(marked, keys)),
      set: said.filter((path) => path !== '$schema'),
      schema: marked,
      problems: [...problems],
    } as SettingsReply;
  };

  return {
    view() {
      const { config, problems } = inForce();
      return viewOf(
        config,
        problems.map(({ text }) => text),
      );
    },
    async check(edits) {
      return replyTo(await file.check(asChange(edits)));
    },
    async change(edits) {
      const result = await file.edit(asChange(edits));
      if (!result.ok) return replyTo(result);
      // What was set is the person's own; the record says which settings, never to what.
      record.audit({
        at: isoNow(clock),
        actor: who,
        act: 'settings-changed',
        project: null,
        cause: edits.map(({ path }) => path).join(', '),
        detail: { settings: edits.map(({ path }) => path) },
      });
      onChange();
      return viewOf(result.config, []);
    },
  };
}

function asChange(edits: readonly SettingEdit[]): (document: Document) => void {
  return (document) => {
    for (const { path, value } of edits) {
      const keys = settingKeys(path);
      if (value === undefined) unsetSetting(keys)(document);
      else setSetting(keys, value)(document);
    }
  };
}

function replyTo(result: Awaited<ReturnType<SettingsFile['check']>>): SettingsCheckReply {
  if (result.ok) return { ok: true, problems: [] };
  return {
    ok: false,
    problems: result.problems.map((problem) => ({ field: problem.key, text: problemWords(problem) })),
  };
}

/** Whether the schema marks the setting at `keys` as one that is never read back. */
function isWriteOnly(schema: unknown, keys: readonly (string | number)[]): boolean {
  let branches = [schema];
  for (const key of keys) branches = branches.flatMap(variants).map((branch) => partOf(branch, key));
  return branches.flatMap(variants).some((branch) => branch['writeOnly'] === true);
}

function variants(schema: unknown): readonly Record<string, unknown>[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema as Record<string, unknown>;
  const others = [own['anyOf'], own['oneOf']].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  return [own, ...others.flatMap(variants)];
}

function partOf(schema: Record<string, unknown>, key: string | number): unknown {
  if (typeof key === 'number') return schema['items'];
  const properties = schema['properties'] as Record<string, unknown> | undefined;
  return properties?.[key] ?? schema['additionalProperties'];
}
