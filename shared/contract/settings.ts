import { z } from 'zod';

import { projectIdSchema } from './config.ts';
import { CHANGE_TYPES } from './vocabulary.ts';

/** The settings as a page shows and changes them; the file itself stays the person's own. */

/** `energy.nut`, `projects[0].evidence.healthUrls`. */
const settingPath = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z_$][\w$-]*(?:\[\d{1,4}\]|\.[\w$-]+)*$/,
    'must be the path of a setting, such as energy.nut or projects[0].profile',
  );

export const settingEditSchema = z.strictObject({
  path: settingPath,
  /** Without a value the setting is taken out of the file, and its default counts again. */
  value: z.json().optional(),
});
export type SettingEdit = z.infer<typeof settingEditSchema>;
export const settingEditsSchema = z
  .array(settingEditSchema)
  .min(1, 'must name at least one setting')
  .max(200);

export const settingsReplySchema = z.object({
  /** Where the file is. */
  file: z.string(),
  /** With every default filled in; what is secret is null here. */
  values: z.record(z.string(), z.unknown()),
  /** Paths that the file itself sets; all others are at their default. */
  set: z.array(z.string()),
  /** Paths whose value is there and not shown. */
  hidden: z.array(z.string()),
  /** JSON Schema of the file: help text, default and bounds; `restart: true` where a change waits for one. */
  schema: z.record(z.string(), z.unknown()),
  /** Why the newest text of the file is not in force; empty when it is. */
  problems: z.array(z.string()),
});
export type SettingsReply = z.infer<typeof settingsReplySchema>;

export const settingsCheckReplySchema = z.object({
  ok: z.boolean(),
  problems: z.array(z.object({ field: z.string().nullable(), text: z.string() })),
});
export type SettingsCheckReply = z.infer<typeof settingsCheckReplySchema>;

/** Path lengths beyond this no system takes. */
const folder = z.string().trim().min(1, 'must name a folder').max(4096);

/** Built in, or of the settings, which say whether there is one of that name. */
const profileName = z.string().min(1).max(40);

export const projectAddSchema = z.strictObject({
  path: folder,
  /** Made of the folder's name when absent. */
  id: projectIdSchema.optional(),
  profile: profileName.default('business'),
});
export type ProjectAdd = z.infer<typeof projectAddSchema>;

export const projectChangeSchema = z.strictObject({
  path: folder.optional(),
  profile: profileName.optional(),
  showInTray: z.boolean().optional(),
  writeSnapshot: z.boolean().optional(),
  runsOnGrid: z.boolean().optional(),
  defaultChange: z.enum(CHANGE_TYPES).optional(),
});
export type ProjectChange = z.infer<typeof projectChangeSchema>;
export const projectRemovedSchema = z.object({ id: z.string(), removed: z.literal(true) });
