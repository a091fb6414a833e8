import { expect, test } from 'vitest';

import { parseConfig } from '../../../core/config-file.ts';

const texts = (yaml: string): string[] => {
  const result = parseConfig(yaml);
  return result.ok ? [] : result.problems.map((problem) => problem.text);
};

test('an empty file is all defaults', () => {
  const result = parseConfig('');
  expect(result).toMatchObject({
    ok: true,
    config: { intervalSeconds: 30, port: 7717, projects: [], energy: { alwaysOnMains: false, nut: null } },
  });
});

test('a wrong word names file, line, column, key and what is allowed', () => {
  const yaml = 'projects:\n  - id: shop\n    path: /srv/shop\n    profile: bussiness\n';
  expect(texts(yaml)).toEqual([
    'config.yaml:4:5 projects[0].profile: "bussiness" is not one of business, ml, infrastructure',
  ]);
});

test.each([
  ['intervalSeconds: 1', 'config.yaml:1:1 intervalSeconds: 1 is below the least allowed, 5'],
  ['intervalSeconds: fast', 'config.yaml:1:1 intervalSeconds: "fast" is not a number'],
  ['port: 70000', 'config.yaml:1:1 port: 70000 is above the most allowed, 65535'],
  ['prot: 7717', 'config.yaml:1:1 prot: no such setting (run `orch config schema` for the list)'],
  ['energy:\n  alwaysOnMain: true', 'config.yaml:2:3 energy.alwaysOnMain: no such setting'],
  ['projects:\n  - path: /x', 'config.yaml:2:5 projects[0].id: is missing, text is needed'],
  ['projects: yes', 'config.yaml:1:1 projects: "yes" is not a list'],
  ['- a\n- b', 'config.yaml:1:1 : ["a","b"] is not a group of settings'],
])('%j is refused by name', (yaml, start) => {
  expect(texts(yaml)[0]).toContain(start);
});

test('text that is no YAML is refused at its line', () => {
  expect(texts('port: 7717\nprojects: [a\n')[0]).toMatch(/^config\.yaml:\d+:\d+ /);
});

test('every problem is told at once', () => {
  expect(texts('port: x\nintervalSeconds: 0\nprot: 1\nprots: 2\n')).toHaveLength(4);
});

test('two projects of one name are refused, and nobody may be called infrastructure', () => {
  const project = (id: string): string => `  - id: ${id}\n    path: /${id}\n`;
  expect(texts(`projects:\n${project('a')}${project('a')}`)[0]).toContain('two projects are called "a"');
  expect(texts(`projects:\n${project('infrastructure')}`)[0]).toContain('infrastructure');
});

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

test('an alias bomb is refused, not expanded', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [previous, name] of LETTERS.entries()) {
    if (previous > 0)
      bomb.push(
        `${name}: &${name} [${Array(9)
          .fill(`*${LETTERS[previous - 1] ?? 'a'}`)
          .join(', ')}]`,
      );
  }
  expect(texts(bomb.join('\n'))[0]).toMatch(/config\.yaml/);
});

test("a byte order mark and the editor's $schema line are no errors", () => {
  expect(parseConfig('\uFEFF$schema: ./config.schema.json\nport: 0\n')).toMatchObject({
    ok: true,
    config: { port: 0 },
  });
});
