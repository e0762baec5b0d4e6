import { expect, test } from 'vitest';
import type { Decision } from '../application/ports.js';
import { DecisionBuffer } from './decision-buffer.js';

const decision = (act: string, refusedBy: string[] = [], applicationId = 'app_1'): Decision => ({
  ...{ on: 'send', applicationId, verificationId: null, dimensions: { applicationId }, act, refusedBy, shadowedBy: [] },
});
const bufferOf = (most: number, refusalsPerSecond = 1_000) => new DecisionBuffer({ most, refusalsPerSecond });
const actsOf = (taken: { decision: Decision }[]) => taken.map(({ decision: { act } }) => act);

test('they are taken in the order in which they came, refused or not', () => {
  const buffer = bufferOf(10);
  for (const [act, rules] of [['1'], ['2', 'x'], ['3'], ['4', 'x'], ['5']] as const)
    buffer.add(decision(act, rules === undefined ? [] : [rules]), 0);

  expect(actsOf(buffer.take(2))).toEqual(['1', '2']);
  expect(actsOf(buffer.take(9))).toEqual(['3', '4', '5']);
  expect(buffer.length).toBe(0);
});

test('when it is full refusals give way to what was admitted, the newest first, and are counted', () => {
  const buffer = bufferOf(3);
  buffer.add(decision('r1', ['a', 'b']), 0);
  buffer.add(decision('r2', ['a']), 0);
  for (const act of ['1', '2', '3']) buffer.add(decision(act), 0);
  buffer.add(decision('r3', ['a']), 0);

  expect(buffer.takeNotRecorded().map(({ decision: { refusedBy }, times }) => [refusedBy, times])).toEqual([
    [['a'], 2],
    [['a', 'b'], 1],
  ]);
  expect(actsOf(buffer.take(9))).toEqual(['1', '2', '3']);
});

test('only when nothing else is left what was admitted gives way as well', () => {
  const buffer = bufferOf(2);
  for (const act of ['1', '2', '3']) buffer.add(decision(act), 0);

  expect(actsOf(buffer.take(9))).toEqual(['1', '2']);
  expect(buffer.takeNotRecorded()).toMatchObject([{ decision: { refusedBy: [] }, times: 1 }]);
});

test('of one application so many refusals are kept in a second, whatever the others do', () => {
  const buffer = bufferOf(100, 2);
  for (const act of ['1', '2', '3']) buffer.add(decision(act, ['x']), 0);
  buffer.add(decision('b', ['x'], 'app_2'), 0);
  buffer.add(decision('4', ['x']), 1_000);

  expect(actsOf(buffer.take(9))).toEqual(['1', '2', 'b', '4']);
  expect(buffer.takeNotRecorded()).toMatchObject([{ times: 1 }]);
});

test('what could not be written comes first again, and never more than fit', () => {
  const buffer = bufferOf(3);
  for (const act of ['1', '2', '3']) buffer.add(decision(act), 0);
  const taken = buffer.take(2);
  buffer.add(decision('4'), 0);
  buffer.putBack(taken);

  expect(buffer.length).toBe(3);
  expect(actsOf(buffer.take(9))).toEqual(['1', '2', '3']);
});

test('what is only counted needs no more room than a thousand kinds and one for each application and act', () => {
  const buffer = bufferOf(0);
  for (let n = 0; n < 5_000; n += 1) buffer.add(decision('r', [`rule-${String(n)}`]), 0);

  const counted = buffer.takeNotRecorded();
  expect(counted.length).toBe(1_001);
  expect(counted.reduce((sum, { times }) => sum + times, 0)).toBe(5_000);
});
