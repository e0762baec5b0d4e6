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
  floodsOneNode,
} = scenes;

/** Faults hit the whole stage, so they come one after the other, when the rest is over. */
const FAULTS = [
  scenes.typesTheCodeAtAWrongClock,
  scenes.startsWithoutRedis,
  scenes.losesTheNodeThatPromised,
  scenes.restartsUnderLoad,
];

/** Plays on a stage with these defects, what may happen at once at once, and lets every checker judge. */
async function judged(defects: string[], together: scenes.Scene[], then: scenes.Scene[]): Promise<Verdict[]> {
  const stage = await Stage.open(defects);
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
  const together = [
    typesTheCodeFiveTimes,
    guessesInWaves,
    guessesOverThreeVerifications,
    startsEightTimes,
    meetsAGatewayThatHangsUp,
    isReportedDeliveredThenFailed,
  ];
  const verdicts = await judged([], together, [floodsOneNode, ...FAULTS]);
  expect(violated(verdicts)).toEqual([]);
  expect(names(verdicts.filter(({ figure }) => figure === NOT_EXERCISED))).toEqual([]);
});

test('defects of approval, sending, reports, logs and overload: each is noticed by its own checker and by no other', async () => {
  const planted = {
    I1: 'approve-unguarded',
    I4: 'limits-raced',
    I6: 'ambiguous-sent-again',
    I7: 'code-logged',
    I8: 'reports-move-back',
    I12: 'hash-queue-unbounded',
  };
  const together = [typesTheCodeFiveTimes, startsEightTimes, meetsAGatewayThatHangsUp, isReportedDeliveredThenFailed];
  const verdicts = await judged(Object.values(planted), together, [floodsOneNode]);
  expect(names(violated(verdicts))).toEqual(Object.keys(planted));
});

test('defects of counting, accepting, stopping, clocks and outages: each is noticed by its own checker and by no other', async () => {
  const planted = {
    I2: 'attempts-not-reserved',
    I3: 'budget-refilled',
    I5: 'accepted-before-commit',
    I14: 'stop-at-once',
    I15: 'node-clock-decides',
    I18: 'limits-fail-open',
  };
  const verdicts = await judged(Object.values(planted), [guessesInWaves, guessesOverThreeVerifications], FAULTS);
  expect(names(violated(verdicts))).toEqual(Object.keys(planted));
});
