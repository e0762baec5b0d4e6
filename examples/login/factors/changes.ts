import type { Request } from 'express';
import { askerOf } from '../second-step/asker.js';
import type { FactorChange } from '../second-step/factor-change.js';
import type { Finish } from '../second-step/routes.js';
import type { SecondStep } from '../second-step/second-step.js';
import { oncePerForm } from '../session/once-per-form.js';
import { seeOther } from '../web/see-other.js';
import { LIST, type Factors, type Owner } from './factors.js';

/**
 * Whoever has a factor changes none without a code of one: a session that somebody else got hold of is not enough.
 *
 * @returns where to go on: to the page that asks for the code or, with somebody's first factor, to the page that adds it.
 */
export async function proposeChange(
  { secondStep, factors }: { secondStep: SecondStep; factors: Factors },
  { owner, change, request }: { owner: Owner; change: FactorChange; request: Request },
): Promise<string> {
  const { session, user } = owner;
  const theirs = await factors.of(user);
  if (!Array.isArray(theirs)) {
    session.news = { trouble: theirs };
    return LIST;
  }
  if (theirs.length === 0) return factors.change(owner, change);
  const about = { user, purpose: 'change-factors', change } as const;
  session.challenge = await secondStep.begin(about, session.challenge, askerOf(request));
  return '/code';
}

/** The code was right: the change is made, with the token that says so. */
export function changeApproved(factors: Factors): Finish {
  return async (response, session, { name, user, change }, { token }) => {
    session.challenge = undefined;
    const proof = { approvalToken: token, idempotencyKey: name };
    const make = () => (change ? factors.change({ session, user }, change, proof) : Promise.resolve(LIST));
    session.changed = await oncePerForm(session, name, make);
    return seeOther(response, session.changed);
  };
}
