import { describe, expect, test } from 'vitest';
import { countersFor as countersOf, skippedRules } from './counters-for.js';
import { DEFAULT_RULES } from './default-rules.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const everything = { applicationId: 'app_1', recipient: 'r1', ip: '192.0.2.7' };

const countersFor = (...[on, dimensions, options]: Tail<Parameters<typeof countersOf>>) =>
  countersOf(DEFAULT_RULES, on, dimensions, options);
type Tail<All extends unknown[]> = All extends [unknown, ...infer Rest] ? Rest : never;

/** `rule key max/window` of the buckets that the act counts in, by tag. */
function read(...args: Parameters<typeof countersFor>): [string, string[]][] {
  return countersFor(...args).map(({ tag, counters }) => [
    tag,
    counters.flatMap(({ key, buckets, counts }) =>
      buckets
        .filter(({ mark }) => counts.includes(mark))
        .map(({ rule, max, windowMs }) => `${rule} ${key} ${String(max)}/${String(windowMs)}`),
    ),
  ]);
}

describe('countersFor', () => {
  test('a send counts for its recipient and its address in the application, and for the recipient everywhere', () => {
    expect(read('send', everything)).toEqual([
      [
        'app_1',
        [
          `recipient-cooldown recipient:r1 1/${String(MINUTE / 2)}`,
          `recipient-10-minutes recipient:r1 3/${String(10 * MINUTE)}`,
          `recipient-hour recipient:r1 5/${String(HOUR)}`,
          `recipient-day recipient:r1 10/${String(DAY)}`,
          `ip-hour ip:192.0.2.7 10/${String(HOUR)}`,
        ],
      ],
      [
        'recipient:r1',
        [
          `recipient-day-everywhere recipient:r1 20/${String(DAY)}`,
          `rail-recipient-day-everywhere recipient:r1 50/${String(DAY)}`,
        ],
      ],
    ]);
  });

  test('a fallback neither obeys nor feeds the cooldown, and every other rule holds for it', () => {
    const rules = (cooldown: boolean) => read('send', everything, { cooldown }).flatMap(([, names]) => names);

    expect(rules(false)).toEqual(rules(true).filter((rule) => !rule.startsWith('recipient-cooldown')));
  });

  test('a check and a start that sends nothing count for their address, a failed check for its recipient', () => {
    expect(read('check', everything)).toEqual([
      ['app_1', [`ip-checks-5-minutes ip:192.0.2.7 30/${String(5 * MINUTE)}`]],
    ]);
    expect(read('unsent-start', everything)).toEqual([
      ['app_1', [`ip-starts-10-minutes ip:192.0.2.7 100/${String(10 * MINUTE)}`]],
    ]);
    expect(read('failed-check', everything)).toEqual([
      [
        'app_1',
        [
          `recipient-failures-hour recipient:r1 10/${String(HOUR)}`,
          `recipient-failures-day recipient:r1 25/${String(DAY)}`,
          `rail-recipient-failures-day recipient:r1 100/${String(DAY)}`,
          `recipient-failures-in-a-row recipient:r1 100/${String(365 * DAY)}`,
        ],
      ],
    ]);
  });

  test('R69 a wrong code of a factor counts for that factor alone, and what counts for recipients is not missed there', () => {
    const guess = { applicationId: 'app_1', factor: 'f1', ip: '192.0.2.7' };

    expect(read('failed-check', guess)).toEqual([
      [
        'app_1',
        [
          `factor-failures-15-minutes factor:f1 5/${String(15 * MINUTE)}`,
          `factor-failures-day factor:f1 20/${String(DAY)}`,
          `factor-failures-in-a-row factor:f1 100/${String(365 * DAY)}`,
        ],
      ],
    ]);
    expect(skippedRules(DEFAULT_RULES, 'failed-check', guess)).toEqual([]);
    expect(new Set(skippedRules(DEFAULT_RULES, 'failed-check', everything))).toEqual(
      new Set(['subject-failures-hour', 'subject-failures-day', 'subject-failures-in-a-row']),
    );
  });

  test('R22 a send needs room in the failure budget of the recipient and of the user, and does not count there', () => {
    const unlessLocked = { applicationId: 'app_1', recipient: 'phone', subject: 'u1' };
    const groups = countersFor('send', { applicationId: 'app_1', recipient: 'mail' }, { unlessLocked });

    expect(groups.map(({ tag }) => tag)).toEqual(['app_1', 'recipient:mail']);
    expect(groups[0]?.counters.map(({ key, counts, needsRoom }) => ({ key, counts, needsRoom }))).toEqual([
      { key: 'recipient:mail', counts: 'as', needsRoom: '' },
      { key: 'recipient:phone', counts: '', needsRoom: 'fr' },
      { key: 'subject:u1', counts: '', needsRoom: 'fr' },
    ]);
  });

  test('a dimension that is not known is not counted', () => {
    expect(countersFor('check', { applicationId: 'app_1', recipient: 'r1' })).toEqual([]);
    expect(read('send', { applicationId: 'app_1', ip: '192.0.2.7' })).toEqual([
      ['app_1', [`ip-hour ip:192.0.2.7 10/${String(HOUR)}`]],
    ]);
  });

  test('R40 an address is counted by its network, whatever its spelling', () => {
    const tags = ['2001:db8::1', '2001:DB8:0:0:ffff::2'].map((ip) => read('check', { applicationId: 'app_1', ip }));

    expect(tags[0]).toEqual(tags[1]);
  });

  test('an address that is none is refused, since skipping its rules would be a way around them', () => {
    expect(() => countersFor('check', { applicationId: 'app_1', ip: 'unknown' })).toThrow(
      /ip must be one IPv4 or IPv6/,
    );
  });
});
