import { describe, expect, it } from 'vitest';

import { parseTrace, readTrace, TraceError } from '../../../../core/energy/trace.ts';

const trace = (...lines: string[]): ReturnType<typeof parseTrace> => parseTrace(lines.join('\n'), 'day.csv');
const HEADER = 'iso_time,percent,state,watts';

describe('reading a trace', () => {
  it('takes time, percent, state and watts by the names of their columns', () => {
    expect(
      trace('watts,state,iso_time,note,percent', '7.2,discharging,2026-01-05T10:00:00+01:00,x,54.2').rows,
    ).toEqual([
      {
        at: '2026-01-05T10:00:00+01:00',
        atMs: Date.UTC(2026, 0, 5, 9),
        percent: 54.2,
        state: 'discharging',
        watts: 7.2,
      },
    ]);
  });

  it('does without watts, with a byte order mark, CRLF, quotes, empty lines and words in capitals', () => {
    const text = '\uFEFFiso_time,percent,state\r\n"2026-01-05 10:00:00","54",Not Charging\r\n\r\n';
    expect(parseTrace(text, 'day.csv').rows).toMatchObject([
      { percent: 54, state: 'not-charging', watts: null },
    ]);
  });

  it('reads every way of writing a zone, and none as one steady local time', () => {
    const at = (stamp: string): number => trace(HEADER, `${stamp},50,full,`).rows[0]!.atMs;
    const noon = Date.UTC(2026, 6, 1, 12);
    for (const stamp of ['2026-07-01T12:00:00Z', '2026-07-01T14:00:00.000+02:00', '2026-07-01T05:00-0700']) {
      expect(at(stamp)).toBe(noon);
    }
    expect(at('2026-07-01T12:00:00')).toBe(noon);
  });

  it('takes a percent outside 0..100 and an empty one for a failed read, and says how many', () => {
    const { rows, remarks } = trace(
      HEADER,
      '2026-01-05T10:00:00Z,255,discharging,5',
      '2026-01-05T10:01:00Z,,discharging,',
      '2026-01-05T10:02:00Z,-1,discharging,5',
    );
    expect(rows.map((one) => one.percent)).toEqual([null, null, null]);
    expect(remarks).toEqual(['day.csv: 2 rows outside 0..100 % count as failed reads']);
  });

  it('drops the sign of watts and what no laptop draws', () => {
    const { rows } = trace(
      HEADER,
      '2026-01-05T10:00:00Z,50,discharging,-7',
      '2026-01-05T10:01:00Z,50,discharging,65535',
    );
    expect(rows.map((one) => one.watts)).toEqual([7, null]);
  });

  it('keeps rows out of order as they are and says so', () => {
    const { rows, remarks } = trace(HEADER, '2026-01-05T10:05:00Z,50,full,', '2026-01-05T10:00:00Z,50,full,');
    expect(rows.map((one) => one.at.slice(14, 16))).toEqual(['05', '00']);
    expect(remarks).toEqual(['day.csv: 1 rows are stamped earlier than the row before them']);
  });
});

describe('a trace that cannot be read', () => {
  it.each([
    [
      '2026-13-05T10:00:00Z,50,full,',
      'day.csv:2: iso_time is "2026-13-05T10:00:00Z"; allowed is an ISO 8601 time',
    ],
    ['yesterday,50,full,', 'day.csv:2: iso_time is "yesterday"; allowed is an ISO 8601 time'],
    ['2026-01-05T10:00:00Z,half,full,', 'day.csv:2: percent is "half"; allowed is a number from 0 to 100'],
    ['2026-01-05T10:00:00Z,0x20,full,', 'day.csv:2: percent is "0x20"'],
    ['2026-01-05T10:00:00Z', 'day.csv:2: percent is missing'],
    ['2026-01-05T10:00:00Z,50', 'day.csv:2: state is missing'],
    [
      '2026-01-05T10:00:00Z,50,melting,',
      'day.csv:2: state is "melting"; allowed is charging, discharging, full',
    ],
    ['2026-01-05T10:00:00Z,50,full,much', 'day.csv:2: watts is "much"; allowed is a number, or nothing'],
  ])('%s', (line, message) => {
    expect(() => trace(HEADER, line)).toThrow(TraceError);
    expect(() => trace(HEADER, line)).toThrow(message);
  });

  it.each(['', 'time,level', '2026-01-05T10:00:00Z,50,full'])('has the header %j', (header) => {
    expect(() => trace(header)).toThrow(
      'day.csv:1: no column iso_time; allowed is the header iso_time,percent,state',
    );
  });

  it('is not there, or is a folder', async () => {
    await expect(readTrace('/nowhere/day.csv')).rejects.toThrow('/nowhere/day.csv: no such file');
    await expect(readTrace('/')).rejects.toThrow('is a folder');
  });
});
