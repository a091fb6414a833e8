import { customProfile } from '../../shared/consciousness/custom-profile.ts';
import type { ProfileDefinition } from '../../shared/consciousness/profile-definition.ts';
import { profileConfigSchema } from '../../shared/contract/profile-config.ts';
import type { Profile } from '../../shared/contract/vocabulary.ts';

/** What the settings would have to say to make the built-in profiles anew. */
const SPELLED: Readonly<Record<Profile, object>> = {
  business: {
    extends: 'business',
    modes: { haltUnless: 'at least 40', safeUnless: 'at least 70' },
    scores: {
      integration: {
        inputs: { tests: 30, coverage: 20, drift: 20, services: 30 },
        groups: { code: ['tests', 'coverage'] },
      },
      stability: {
        inputs: { incidents: 40, rollbacks: 25, deployments: 15, errors: 20 },
        as: 'losses',
        haltUnless: 'at least 40',
        safeUnless: 'at least 70',
      },
    },
  },
  ml: {
    extends: 'ml',
    modes: { efficientUpTo: 'LOW' },
    scores: {
      model_health: { inputs: { accuracy: 50, drift: 30, latency: 20 }, blockUnless: 'above 70' },
      embedding_quality: {
        inputs: { recall: 40, mrr: 30, ndcg: 30 },
        optional: true,
        throttleUnless: 'at least 60',
      },
      computation_load: { blockUnless: 'below 80' },
    },
  },
  infrastructure: { extends: 'infrastructure' },
};

export function spelledOut(profile: Profile): ProfileDefinition {
  return customProfile(`own-${profile}`, profileConfigSchema.parse(SPELLED[profile]));
}
