import { expect, test } from 'vitest';
import { planFaults } from './plan-faults.js';

const minute = { seed: 7, minutes: 1, only: [], redis: 'sentinel' } as const;
const kinds = (asked: Parameters<typeof planFaults>[0], clocks = true) => [
  ...new Set(planFaults(asked, clocks).map(({ kind }) => kind)),
];

test('what was asked for is planned; what can not happen here is left out', () => {
  expect(kinds({ ...minute, only: ['kill'] })).toEqual(['kill']);
  expect(kinds({ ...minute, only: ['kill', 'redis-failover'], redis: 'single' })).toEqual(['kill']);
  expect(kinds({ ...minute, only: ['kill', 'clock-jump'] }, false)).toEqual(['kill']);
});

test('a run in which nothing would happen is refused', () => {
  const alone = () => planFaults({ ...minute, only: ['redis-failover'], redis: 'single' }, true);
  const clockless = () => planFaults({ ...minute, only: ['clock-jump'] }, false);
  const short = () => planFaults({ ...minute, only: ['freeze'], minutes: 0.3 }, true);
  expect(alone).toThrow('--only: redis-failover can not happen here');
  expect(clockless).toThrow('--only: clock-jump can not happen here');
  expect(short).toThrow('--minutes: freeze does not fit into 0.3 minutes');
});
