import { describe, expect, test } from 'vitest';
import { bucketsFor } from './buckets-for.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const everything = { applicationId: 'app_1', recipient: 'r1', ip: '192.0.2.7' };

/** `rule key max/window`, by tag. */
function read(...args: Parameters<typeof bucketsFor>): [string, string[]][] {
  return bucketsFor(...args).map(({ tag, buckets }) => [
    tag,
    buckets.map(({ rule, key, max, windowMs }) => `${rule} ${key} ${String(max)}/${String(windowMs)}`),
  ]);
}

describe('bucketsFor', () => {
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
      ['recipient:r1', [`recipient-day-everywhere recipient:r1 20/${String(DAY)}`]],
    ]);
  });

  test('a fallback neither obeys nor feeds the cooldown, and every other rule holds for it', () => {
    const rules = (cooldown: boolean) =>
      bucketsFor('send', everything, { cooldown }).flatMap(({ buckets }) => buckets.map(({ rule }) => rule));

    expect(rules(false)).toEqual(rules(true).filter((rule) => rule !== 'recipient-cooldown'));
  });

  test('a check counts for its address, a failed one for its recipient', () => {
    expect(read('check', everything)).toEqual([
      ['app_1', [`ip-checks-5-minutes ip:192.0.2.7 30/${String(5 * MINUTE)}`]],
    ]);
    expect(read('failed-check', everything)).toEqual([
      [
        'app_1',
        [
          `recipient-failures-hour recipient:r1 10/${String(HOUR)}`,
          `recipient-failures-day recipient:r1 25/${String(DAY)}`,
          `recipient-failures-in-a-row recipient:r1 100/${String(365 * DAY)}`,
        ],
      ],
    ]);
  });

  test('a dimension that is not known is not counted', () => {
    expect(bucketsFor('check', { applicationId: 'app_1', recipient: 'r1' })).toEqual([]);
    expect(read('send', { applicationId: 'app_1', ip: '192.0.2.7' })).toEqual([
      ['app_1', [`ip-hour ip:192.0.2.7 10/${String(HOUR)}`]],
    ]);
  });

  test('R40 an address is counted by its network, whatever its spelling', () => {
    const tags = ['2001:db8::1', '2001:DB8:0:0:ffff::2'].map((ip) => read('check', { applicationId: 'app_1', ip }));

    expect(tags[0]).toEqual(tags[1]);
  });

  test('an address that is none is refused, since skipping its rules would be a way around them', () => {
    expect(() => bucketsFor('check', { applicationId: 'app_1', ip: 'unknown' })).toThrow(/ip must be one IPv4 or IPv6/);
  });
});
