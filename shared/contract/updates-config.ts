import { z } from 'zod';

export const updatesConfigSchema = z.strictObject({
  feedUrl: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null)
    .describe(
      'Folder in which the desktop app looks for newer versions of itself. It never looks when not set. Not asked by packages of a distribution, which update themselves.',
    ),
  checkEveryHours: z.number().int().min(1).max(720).default(24).describe('How often it looks.'),
});
export type UpdatesConfig = z.infer<typeof updatesConfigSchema>;
