import { describe, expect, it } from 'vitest';

import { parseConfig } from '../../../../core/config-file.ts';

function problems(yaml: string): string {
  const result = parseConfig(yaml);
  return result.ok ? '' : result.problems.map(({ text }) => text).join('\n');
}

const score = (lines: string, base = 'business', name = 'quality'): string =>
  `profiles:\n  own:\n    extends: ${base}\n    scores:\n      ${name}: ${lines}\n`;
const own = (lines: string): string => `profiles:\n  own: { ${lines} }\n`;

describe('profiles in config.yaml', () => {
  it('may be named by projects', () => {
    const profile = score('{ inputs: { tests: 60, coverage: 40 }, blockUnless: above 70.5 }');
    expect(problems(`${profile}projects:\n  - { id: a, path: /a, profile: own }\n`)).toBe('');
  });

  it('take thirds for what they are meant to be', () => {
    expect(problems(score('{ inputs: { tests: 33.33, coverage: 33.33, services: 33.33 } }'))).toBe('');
  });

  it.each([
    [
      'projects:\n  - { id: a, path: /a, profile: own }',
      'config.yaml:2:24 projects[0].profile: "own" is not one of business, ml, infrastructure',
    ],
    ['profiles:\n  ml: { extends: ml }', 'profiles.ml: "ml" is built in; another name is needed'],
    ['profiles:\n  -own: { extends: ml }', 'must be 1 to 40 lower-case letters, digits or "-"'],
    [own('extends: bussiness'), 'profiles.own.extends: "bussiness" is not one of business, ml'],
    [own(''), 'profiles.own.extends: '],
    [
      own('extends: ml, scores: { model_health: null, computation_load: null }'),
      'profiles.own.scores: leave nothing to judge by',
    ],
    [
      own('extends: ml, modes: { haltUnless: at least 40 }'),
      'modes.haltUnless: "at least 40" belongs to profiles that extend business',
    ],
    [
      own('extends: business, modes: { efficientUpTo: LOW }'),
      'modes.efficientUpTo: "LOW" belongs to profiles that extend ml',
    ],
    [
      own('extends: business, modes: { safeUnless: below 40 }'),
      'modes.safeUnless: "below 40" must say above or at least',
    ],
    [score('{ inputs: { tests: 60, coverage: 30 } }'), 'quality.inputs: come to 90 %, 100 % is needed'],
    [
      score('{ inputs: { tests: 60, speed: 40 } }'),
      'quality.inputs.speed: 40 is the weight of something unknown; one of tests, coverage',
    ],
    [score('{ inputs: { tests: 0, coverage: 100 } }'), 'quality.inputs.tests: 0 is below the least allowed'],
    [
      score('{ inputs: { tests: 100 }, groups: { code: [tests, coverage] } }'),
      'quality.groups.code: "coverage" is none of its inputs',
    ],
    [score('{ haltUnless: 40 }'), 'quality.haltUnless: 40 is not text'],
    [score('{ haltUnless: over 40 }'), 'quality.haltUnless: "over 40" must read like "at least 70"'],
    [score('{ haltUnless: at least 101 }'), '"at least 101" must read like "at least 70"'],
    [
      score('{ haltUnless: at most 40 }'),
      'quality.haltUnless: "at most 40" must say above or at least: higher is better',
    ],
    [score('{ better: lower, safeUnless: above 1 }'), 'must say below or at most: lower is better'],
    [
      score('{ haltUnless: at least 80, safeUnless: at least 70 }'),
      'quality.haltUnless: "at least 80" asks for more than safeUnless',
    ],
    [
      score('{ haltUnless: at least 40 }', 'ml'),
      'quality.haltUnless: "at least 40" belongs to profiles that extend business',
    ],
    [
      score('{ optional: true }', 'business', 'wellbeing'),
      'scores.wellbeing: "wellbeing" is told by the person or the machine',
    ],
    [score('{ optional: true }', 'business', 'computation_load'), 'belongs to profiles that extend ml'],
    [score('{ inputs: { tests: 100 } }', 'ml', 'computation_load'), 'computation_load.inputs: cannot be set'],
    [score('null'), 'scores.quality: "quality" is no score of business: integration, wellbeing, stability'],
    [score('{ colour: red }'), 'quality.colour: no such setting'],
    [score('{ optional: true }', 'business', 'Quality'), 'must be lower-case letters'],
  ])('%j is refused by name', (yaml, message) => {
    expect(problems(yaml)).toContain(message);
  });
});
