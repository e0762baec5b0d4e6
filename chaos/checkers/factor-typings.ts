import type { Call, TypedFactor } from '../history/conversations.js';

/** A right code of a factor that was typed, and what came of it. */
export interface Typing {
  /** The one thing that may be taken in once: a step of an authenticator, or a backup code. */
  code: string;
  factor: TypedFactor;
  /** What it was typed for: a verification, or the enrolment that its factor began with. */
  purpose: string;
  call: Call;
  taken: boolean;
}

/** Every code of a factor that was typed, those without an answer too. */
export function factorTypings(calls: Call[]): Typing[] {
  return calls.flatMap((call) => {
    const { typed, verificationId, answer } = call;
    if (typed?.factor === undefined || typed.kind === 'wrong') return [];
    const { factor } = typed;
    return [
      {
        code: `${factor.of}, ${factor.step === null ? typed.code : `step ${String(factor.step.number)}`}`,
        ...{ factor, purpose: verificationId ?? `the enrolment of ${factor.of}`, call },
        taken: answer.kind === 'answered' && answer.status === 200,
      },
    ];
  });
}
