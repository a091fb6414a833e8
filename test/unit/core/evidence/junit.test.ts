import { describe, expect, it } from 'vitest';

import { parseJunit, type TestCounts } from '../../../../core/evidence/junit.ts';
import { junitText } from '../../../fakes/made-up-project.ts';
import { shortestMs } from '../../../fakes/shortest-time.ts';

function parsed(text: string): TestCounts {
  const work = parseJunit(text);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
const counts = (passed: number, failed: number, skipped: number) => ({ passed, failed, skipped });

describe('parseJunit', () => {
  it('counts what passed, failed and was skipped', () => {
    expect(parsed(junitText(7, 2, 3))).toEqual({ ...counts(7, 2, 3), failedNames: ['fails 0', 'fails 1'] });
    expect(parsed('<testsuite/>')).toMatchObject(counts(0, 0, 0));
  });

  it.each([
    ['an error', '<testcase name="a"><error type="E"/></testcase>', counts(0, 1, 0)],
    ['failure and error of one test', '<testcase name="a"><failure/><error/></testcase>', counts(0, 1, 0)],
    [
      'a test that passed in the end',
      '<testcase name="a"><flakyFailure>x</flakyFailure></testcase>',
      counts(1, 0, 0),
    ],
    [
      'a test that failed again and again',
      '<testcase name="a"><failure/><rerunFailure/></testcase>',
      counts(0, 1, 0),
    ],
    [
      'output that talks of failures',
      '<testcase name="a"><system-out><![CDATA[<failure/> & <error>]]></system-out></testcase>',
      counts(1, 0, 0),
    ],
    [
      'a failure deeper than a test',
      '<testcase name="a"><properties><failure/></properties></testcase>',
      counts(1, 0, 0),
    ],
    [
      'suites in suites',
      '<testsuite tests="9"><testcase/><testsuite tests="3"><testcase/></testsuite></testsuite>',
      counts(2, 0, 0),
    ],
    [
      'a suite that lists no test',
      '<testsuite tests="9" failures="2" errors="1" skipped="3"/>',
      counts(3, 3, 3),
    ],
    [
      'a suite of suites without tests',
      '<testsuite tests="9"><testsuite tests="4" failures="1"/></testsuite>',
      counts(3, 1, 0),
    ],
    [
      'one suite listed and one not',
      '<testsuite tests="5"/><testsuite tests="9"><testcase/></testsuite>',
      counts(6, 0, 0),
    ],
  ])('%s', (_, inner, expected) => {
    expect(parsed(`<testsuites name="all" tests="99">${inner}</testsuites>`)).toMatchObject(expected);
  });

  it('reads comments, single quotes, entities by number and any space', () => {
    const text =
      "\n<!-- a <b> -->\n<testsuite\n  name='a \"b\"'\ttests = '1' >\r\n<testcase name='&#x26;&amp;&#38;'\n/>\n</testsuite >\n<!-- end -->\n";
    expect(parsed(text)).toMatchObject(counts(1, 0, 0));
  });

  it.each([
    ['', ':1 the file is empty'],
    ['not xml', ':1 text stands outside'],
    ['{"tests": 1}', ':1 text stands outside'],
    ['<html></html>', ':1 <html> is given; <testsuites> or <testsuite> is expected'],
    ['<testsuite>\n<testcase>', ':2 the file ends inside <testcase>'],
    ['<testsuite>\n<testcase></testsuite>', ':2 </testsuite> closes <testcase>'],
    ['<testsuite></testsuite></testsuite>', ':1 </testsuite> closes nothing'],
    ['<testsuite/><testsuite/>', ':1 <testsuite> follows after the end'],
    ['<testsuite/>text', 'text stands outside'],
    ['<testsuite tests="many"/>', ':1 testsuite tests: "many"; a whole number'],
    ['<testsuite tests="-1"/>', 'tests: "-1"'],
    ['<testsuite tests="NaN"/>', 'tests: "NaN"'],
    ['<testsuite tests="1e3"/>', 'tests: "1e3"'],
    ['<testsuite tests="99999999999"/>', 'tests: "99999999999"'],
    ['<testsuite tests="1" failures="2"/>', '2 failed and 0 skipped are more than 1 tests'],
    ['<testsuite tests="1" tests="2"/>', '<testsuite> gives tests twice'],
    ['<testsuite tests=1/>', ':1 <testsuite'],
    ['<testsuite name="<"/>', ':1 <testsuite'],
    ['<testsuite name="&evil;"/>', 'name holds an entity that is not known'],
    ['<testsuite><!-- ', 'the file ends inside a comment'],
    ['<testsuite><![CDATA[ ', 'the file ends inside a CDATA section'],
    ['<testsuite name="a', 'the file ends inside <testsuite'],
    [
      '<!DOCTYPE testsuite [<!ENTITY a "aaaa">]><testsuite/>',
      ':1 a document type or its entities are not read',
    ],
    ['<!DOCTYPE t SYSTEM "file:///etc/passwd"><testsuite/>', 'a document type'],
    ['<testsuite>'.repeat(65), 'nests deeper than 64'],
    [
      `<testsuite ${Array.from({ length: 70 }, (_, at) => `a${at}="1"`).join(' ')}/>`,
      'more than 64 attributes',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parsed(text)).toThrow(message);
  });

  it('throws nothing but words, wherever a file is cut off or a letter changed', () => {
    const text = junitText(1, 1, 1);
    for (let at = 0; at < text.length; at += 1) {
      for (const broken of [text.slice(0, at), `${text.slice(0, at)}<${text.slice(at + 1)}`]) {
        try {
          parsed(broken);
        } catch (error) {
          expect((error as Error).name).toBe('FileProblem');
        }
      }
    }
  });

  it('takes a text made to be slow in its stride', async () => {
    const texts = [
      `<testsuite ${'a '.repeat(200_000)}`,
      `<testsuite name="${'&amp;'.repeat(200_000)}"/>`,
      `<testsuite>${'<!---->'.repeat(200_000)}</testsuite>`,
      `<testsuite>${'\n'.repeat(500_000)}</testsuite>`,
      `<testsuite>${'<a>'.repeat(200_000)}`,
      '<'.repeat(500_000),
    ];
    const tookMs = await shortestMs(2000, () => {
      const startedMs = performance.now();
      for (const text of texts) {
        try {
          parsed(text);
        } catch (error) {
          expect((error as Error).name).toBe('FileProblem');
        }
      }
      return performance.now() - startedMs;
    });
    expect(tookMs).toBeLessThan(2000);
  });
});
