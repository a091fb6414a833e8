import { z } from 'zod';

/** A git repository in the person's home that is not judged yet. */
export const nearbyRepositorySchema = z.object({
  path: z.string(),
  name: z.string(),
  /** When it was last worked in, as far as its files tell. */
  changedAt: z.string(),
});
export type NearbyRepository = z.infer<typeof nearbyRepositorySchema>;
export const nearbyListSchema = z.array(nearbyRepositorySchema);
