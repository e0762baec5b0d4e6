/**
 * A checker that can not fail is worthless. Each invariant's deliberate defect is planted into the compiled service from outside
 * (chaos/defects), the traffic and the fault that would show it are played, and exactly its checker must speak up. The same play
 * on the sound service satisfies all of them.
 */
import { expect, test } from 'vitest';
import { checkHistory } from '../../chaos/check-history.js';
import { NOT_EXERCISED } from '../../chaos/checkers/verdict-of.js';
import type { Verdict } from '../../chaos/verdict.js';
import * as scenes from './directed/scenes.js';
import { Stage } from './directed/stage.js';

const {
  typesTheCodeFiveTimes,
  guessesInWaves,
  guessesOverThreeVerifications,
  startsEightTimes,
  meetsAGatewayThatHangsUp,
  isReportedDeliveredThenFailed,
  typesCodesOfFactorsTwice,
  isPriedInto,
  floodsOneNode,
  typesTheCodeAtAWrongClock,
  startsWithoutRedis,
  losesTheNodeThatPromised,
  restartsUnderLoad,
} = scenes;

/** Plays on a stage with these defects, first what may happen together, then what hits the whole stage, and lets every checker judge. */
async function judged(defects: object, together: scenes.Scene[], then: scenes.Scene[]): Promise<Verdict[]> {
  const stage = await Stage.open(Object.values(defects) as string[]);
  try {
    await Promise.all(together.map((play) => play(stage)));
    for (const play of then) await play(stage);
    return checkHistory(await stage.history());
  } finally {
    await stage.close();
  }
}

const violated = (verdicts: Verdict[]) => verdicts.filter(({ violations }) => violations.length > 0);
const names = (verdicts: Verdict[]) => verdicts.map(({ invariant }) => invariant);

test('the sound service satisfies every checker, and gives each something to judge', async () => {
  const verdicts = await judged(
    {},
    [
      ...[typesTheCodeFiveTimes, guessesInWaves, guessesOverThreeVerifications, startsEightTimes],
      ...[meetsAGatewayThatHangsUp, isReportedDeliveredThenFailed, typesCodesOfFactorsTwice, isPriedInto],
    ],
    [floodsOneNode, typesTheCodeAtAWrongClock, startsWithoutRedis, losesTheNodeThatPromised, restartsUnderLoad],
  );
  expect(violated(verdicts)).toEqual([]);
  expect(names(verdicts.filter(({ figure }) => figure === NOT_EXERCISED))).toEqual([]);
});

test('defects of approving, sending, reporting, factors, logging and fail-open: noticed by their own checkers and no other', async () => {
  const planted = {
    I1: 'approve-unguarded',
    I4: 'limits-raced',
    I6: 'ambiguous-sent-again',
    I7: 'code-logged',
    I8: 'reports-move-back',
    I9: 'steps-taken-again',
    I10: 'tenants-mixed',
    I13: 'events-overtake',
    I18: 'limits-fail-open',
  };
  const verdicts = await judged(
    planted,
    [
      ...[typesTheCodeFiveTimes, startsEightTimes, meetsAGatewayThatHangsUp],
      ...[isReportedDeliveredThenFailed, typesCodesOfFactorsTwice, isPriedInto],
    ],
    [startsWithoutRedis],
  );
  expect(names(violated(verdicts))).toEqual(Object.keys(planted));
});

test('defects of counting, accepting, queueing, stopping and clocks: noticed by their own checkers and no other', async () => {
  const planted = {
    I2: 'attempts-not-reserved',
    I3: 'budget-refilled',
    I5: 'accepted-before-commit',
    I12: 'hash-queue-unbounded',
    I14: 'stop-at-once',
    I15: 'node-clock-decides',
  };
  const verdicts = await judged(
    planted,
    [guessesInWaves, guessesOverThreeVerifications],
    [floodsOneNode, typesTheCodeAtAWrongClock, losesTheNodeThatPromised, restartsUnderLoad],
  );
  expect(names(violated(verdicts))).toEqual(Object.keys(planted));
});
