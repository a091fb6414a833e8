import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createNutConversation, MAX_LINE_BYTES } from '../../../../core/energy/nut-conversation.ts';
import { UpsProblem } from '../../../../core/energy/ups-problem.ts';
import type { UpsSocket } from '../../../../core/energy/ups-socket.ts';
import { upsFromApcaccess } from '../../../../shared/energy/ups-apcaccess.ts';

/** A line that gives `pieces` one after the other and is then closed. */
const socketWith = (pieces: readonly Uint8Array[]): UpsSocket => {
  const left = [...pieces];
  return {
    send: () => undefined,
    receive() {
      const next = left.shift();
      return next === undefined
        ? Promise.reject(new UpsProblem('closed', 'closed'))
        : Promise.resolve(Buffer.from(next));
    },
    allow: () => () => undefined,
    startTls: () => Promise.resolve(),
    close: () => undefined,
  };
};
const text = (value: string) => Buffer.from(value, 'latin1');

describe('answers in pieces', () => {
  it('are the same however they are cut', async () => {
    const whole = 'BEGIN LIST VAR u\r\nVAR u ups.status "OB \\"x\\""\nVAR u e ""\nEND LIST VAR u\n';
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: whole.length - 1 }), { maxLength: 20 }),
        async (cuts) => {
          const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
          const pieces = at.slice(1).map((end, n) => text(whole.slice(at[n], end)));
          const answer = await createNutConversation(socketWith(pieces)).list(10, 'VAR', 'u');
          expect(answer.lines).toEqual([
            ['VAR', 'u', 'ups.status', 'OB "x"'],
            ['VAR', 'u', 'e', ''],
          ]);
        },
      ),
      { seed: 20260105 },
    );
  });

  it('may hold lines up to the limit and not one byte more', async () => {
    const list = (bytes: number) => {
      const line = `UPS u ${'d'.repeat(bytes - 6)}`;
      return createNutConversation(socketWith([text(`BEGIN LIST UPS\n${line}\nEND LIST UPS\n`)])).list(
        10,
        'UPS',
      );
    };
    expect((await list(MAX_LINE_BYTES)).lines).toHaveLength(1);
    await expect(list(MAX_LINE_BYTES + 1)).rejects.toThrow('more than 4096 bytes');
  });
});

describe('whatever arrives', () => {
  const seed = 20260105;
  const likely = fc.constantFrom(
    'BEGIN LIST UPS\n',
    'UPS u "x"\n',
    'END LIST UPS\n',
    'ERR ',
    'OK\n',
    '"',
    '\\',
    '\n',
    ' ',
  );
  const bytes = fc.oneof(
    likely.map(text),
    fc.uint8Array({ maxLength: 40 }).map((piece) => Buffer.from(piece)),
  );

  it('is an answer or a named problem', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { maxLength: 30 }), async (pieces) => {
        try {
          const answer = await createNutConversation(socketWith(pieces)).list(64, 'UPS');
          expect([answer.lines, answer.refusal].filter((part) => part === null)).toHaveLength(1);
        } catch (error) {
          expect(error).toBeInstanceOf(UpsProblem);
        }
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('is a status of apcupsd in range, or none', () => {
    const line = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom('STATUS', 'STATFLAG', 'BCHARGE', 'TIMELEFT', 'LOADPCT'), fc.string())
        .map(([k, v]) => `${k} : ${v}`),
      fc
        .tuple(fc.constantFrom('BCHARGE', 'TIMELEFT', 'LOADPCT'), fc.double())
        .map(([k, v]) => `${k} : ${v} Percent`),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const facts = upsFromApcaccess(lines.join('\n'));
        if (facts === null) return;
        const { chargePercent, runtimeSeconds, loadPercent } = facts;
        expect(chargePercent === null || (chargePercent >= 0 && chargePercent <= 100)).toBe(true);
        expect(runtimeSeconds === null || (runtimeSeconds >= 0 && Number.isFinite(runtimeSeconds))).toBe(
          true,
        );
        expect(loadPercent === null || (loadPercent >= 0 && Number.isFinite(loadPercent))).toBe(true);
      }),
      { seed, numRuns: 2000 },
    );
  });
});
