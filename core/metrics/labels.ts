/** How many projects are shown; those configured first. Further ones are left out and counted. */
export const MOST_PROJECTS = 100;
/** Supplies, uninterruptible supplies and sensors of one machine. */
export const MOST_PARTS = 32;
