import type { INestApplication } from '@nestjs/common';
import { vi } from 'vitest';
import { JudgeGuess } from '../../src/verification/application/check/judge-guess.js';
import { MatchGuess } from '../../src/verification/application/check/match-guess.js';
import { Endings } from '../../src/verification/application/ledger.js';

/** Where a process may die with a check of a factor. */
export type LostStep = 'check:reserved' | 'check:code-taken' | 'check:approved';

/** Lets the next check go no further than that step, for good. @returns when it has got there */
export function stopAfter(app: INestApplication, step: LostStep): Promise<void> {
  return new Promise((got) => {
    const stop = () => {
      got();
      return new Promise<never>(() => undefined);
    };
    if (step === 'check:reserved') {
      vi.spyOn(app.get(JudgeGuess), 'judge').mockImplementationOnce(stop);
    } else if (step === 'check:code-taken') {
      const matchGuess = app.get(MatchGuess);
      const match = matchGuess.match.bind(matchGuess);
      vi.spyOn(matchGuess, 'match').mockImplementationOnce((...guess) => match(...guess).then(stop));
    } else {
      const endings = app.get(Endings);
      const approve = endings.approve.bind(endings);
      vi.spyOn(endings, 'approve').mockImplementationOnce((...approval) => approve(...approval).then(stop));
    }
  });
}

/** Holds the next check before it compares anything. @returns resolved when it has got there, with what lets it go on */
export function holdGuess(app: INestApplication): Promise<() => void> {
  return new Promise((got) => {
    const judgeGuess = app.get(JudgeGuess);
    const judge = judgeGuess.judge.bind(judgeGuess);
    vi.spyOn(judgeGuess, 'judge').mockImplementationOnce(async (...guess) => {
      await new Promise<void>((goOn) => {
        got(goOn);
      });
      return judge(...guess);
    });
  });
}
