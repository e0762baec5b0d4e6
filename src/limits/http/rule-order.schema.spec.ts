import { describe, expect, test } from 'vitest';
import { orderOf, ruleOrderSchema } from './rule-order.schema.js';

const order = { name: 'sound', on: 'send', by: ['recipient'], max: 5, windowSeconds: 3_600 };

describe('R79 what can not be a rule is refused with the path of what is wrong', () => {
  test.each<[Record<string, unknown>, string[]]>([
    [{ windowSeconds: 0 }, ['windowSeconds']],
    [{ max: 0 }, ['max']],
    [{ max: -1, windowSeconds: 0 }, ['max', 'windowSeconds']],
    [{ max: 1_000_001 }, ['max']],
    [{ windowSeconds: 366 * 86_400 + 1 }, ['windowSeconds']],
    [{ max: 1.5 }, ['max']],
    [{ max: '5' }, ['max']],
    [{ max: undefined }, ['rate']],
    [{ max: undefined, windowSeconds: undefined }, ['rate']],
    [{ max: undefined, windowSeconds: undefined, rate: '0/1h' }, ['rate']],
    [{ max: undefined, windowSeconds: undefined, rate: '5/0h' }, ['rate']],
    [{ max: undefined, windowSeconds: undefined, rate: '5/400d' }, ['rate']],
    [{ max: undefined, windowSeconds: undefined, rate: '5 per hour' }, ['rate']],
    [{ rate: '6/1h' }, ['rate']],
    [{ by: ['recipient', 'phone'] }, ['by.1']],
    [{ by: ['ip', 'recipient', 'ip'] }, ['by.2']],
    [{ by: [] }, ['by']],
    [{ by: ['ip', 'recipient', 'subject', 'device'] }, ['by']],
    [{ by: 'ip' }, ['by']],
    [{ by: ['custom:'] }, ['by.0']],
    [{ by: ['custom:Session'] }, ['by.0']],
    [{ by: ['custom:constructor'] }, ['by.0']],
    [{ by: ['custom:a b'] }, ['by.0']],
    [{ on: 'check', by: ['recipientPrefix'] }, ['by.0']],
    [{ on: 'check', by: ['ip', 'country'] }, ['by.1']],
    [{ on: 'check', by: ['recipient'] }, ['by.0']],
    [{ on: 'failed-check', by: ['recipientPrefix'] }, ['by.0']],
    [{ on: 'failed-check', by: ['country'] }, ['by.0']],
    [{ on: 'send', by: ['factor'] }, ['by.0']],
    [{ on: 'check', by: ['factor'] }, ['by.0']],
    [{ on: 'failed-check', by: ['factor', 'subject'] }, ['by']],
    [{ on: 'resend' }, ['on']],
    [{ scope: 'node' }, ['scope']],
    [{ mode: 'off' }, ['mode']],
    [{ enabled: 'yes' }, ['enabled']],
    [{ name: 'Hour' }, ['name']],
    [{ name: 'x' }, ['name']],
    [{ name: '9-hour' }, ['name']],
    [{ name: `a${'b'.repeat(64)}` }, ['name']],
    [{ name: 'rail-mine' }, ['name']],
    [{ name: 'verification-mine' }, ['name']],
    [{ note: 'a\nb' }, ['note']],
    [{ note: 'a'.repeat(301) }, ['note']],
    [{ clearedBySuccess: true }, ['']],
    [{ version: 7 }, ['']],
    [{ id: 'rule_mine' }, ['']],
  ])('%j', (change, paths) => {
    const { success, error } = ruleOrderSchema.safeParse({ ...order, ...change });

    expect(success).toBe(false);
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(paths);
  });
});

test('what is not said has its default; a rate is as good as its numbers, and both together where they agree', () => {
  const { max, windowSeconds, ...rest } = order;
  const said = [order, { ...rest, rate: '5/1h' }, { ...rest, rate: '5/60m', max, windowSeconds }];

  for (const body of said)
    expect(orderOf(ruleOrderSchema.parse(body))).toEqual({
      ...{ ...order, scope: 'application', mode: 'enforce', enabled: true, note: '' },
    });
});
