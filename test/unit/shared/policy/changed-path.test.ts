import { describe, expect, it } from 'vitest';

import { isGuarded, pathKind } from '../../../../shared/policy/changed-path.ts';
import { PATH_KINDS } from '../../../../shared/policy/path-rules.ts';

describe('pathKind', () => {
  it.each([
    ['db/migrate/20260101_add_users.rb', 'migration'],
    ['prisma/schema.prisma', 'migration'],
    ['app/models/report.sql', 'migration'],
    ['.github/workflows/ci.yml', 'ci'],
    ['.gitlab-ci.yml', 'ci'],
    ['.gitlab-ci.deploy.yml', 'ci'],
    ['Jenkinsfile.release', 'ci'],
    ['.github/CODEOWNERS', 'ci'],
    ['package.json', 'dependency'],
    ['apps/shop/package-lock.json', 'dependency'],
    ['pnpm-lock.yaml', 'dependency'],
    ['poetry.lock', 'dependency'],
    ['requirements-dev.txt', 'dependency'],
    ['docs/requirements.txt', 'dependency'],
    ['vendor/github.com/x/y.go', 'dependency'],
    ['.github/dependabot.yml', 'dependency'],
    ['Dockerfile.dev', 'infrastructure'],
    ['docker-compose.override.yml', 'infrastructure'],
    ['modules/net/main.tf', 'infrastructure'],
    ['helm/values.yaml', 'infrastructure'],
    ['.env.production', 'infrastructure'],
    ['CMakeLists.txt', 'build'],
    ['src/Makefile.am', 'build'],
    ['README.md', 'docs'],
    ['docs/img/a.svg', 'docs'],
    ['doc/curl.1', 'docs'],
    ['LICENSE', 'docs'],
    ['.github/ISSUE_TEMPLATE/bug.md', 'docs'],
    ['docs/build.sh', 'code'],
    ['test/pay.ts', 'test'],
    ['src/pay.test.ts', 'test'],
    ['pkg/pay_test.go', 'test'],
    ['tests/test_pay.py', 'test'],
    ['src/pay.ts', 'code'],
    ['src/migration-notes.ts', 'code'],
    ['src/package.jsonx', 'code'],
    ['', 'code'],
  ])('%s is %s', (path, kind) => {
    expect(pathKind(path)).toBe(kind);
  });

  it('does not mind backslashes, case or a leading ./', () => {
    expect(pathKind('.GitHub\\Workflows\\CI.yml')).toBe('ci');
    expect(pathKind('./DOCKERFILE')).toBe('infrastructure');
  });

  it('guards five kinds', () => {
    expect(PATH_KINDS.filter(isGuarded)).toEqual([
      'migration',
      'ci',
      'dependency',
      'infrastructure',
      'build',
    ]);
  });
});
