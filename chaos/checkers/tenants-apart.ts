import type { Call } from '../history/conversations.js';
import type { History } from '../history.js';
import type { Verdict } from '../verdict.js';
import { verdictOf } from './verdict-of.js';

/** What tells a stranger nothing: there is no such verification, or nobody can say now. */
const TELLS_NOTHING = [404, 503];

/** I10: another application's verification does not exist, whatever is done with its id, and whatever the stores are going through. */
export function tenantsApart({ calls }: History): Verdict {
  const owners = new Map(calls.filter(({ kind }) => kind === 'start').map((call) => [call.verificationId, call]));
  const strange = calls.filter(({ kind, verificationId, applicationId }) => {
    const owner = kind === 'start' || verificationId === null ? undefined : owners.get(verificationId);
    return owner !== undefined && owner.applicationId !== applicationId;
  });
  const told = strange.filter(({ answer }) => answer.kind === 'answered' && !TELLS_NOTHING.includes(answer.status));
  return verdictOf('I10', 'No application learns of another’s', {
    exercised: strange.some(({ answer }) => answer.kind === 'answered' && answer.status === 404),
    figure: `${String(told.length)} told of ${String(strange.length)} asked by another application`,
    violations: told.map((call) => ({ what: whatWasTold(call), verificationId: call.verificationId })),
  });
}

function whatWasTold({ number, kind, applicationId, answer }: Call): string {
  const status = answer.kind === 'answered' ? String(answer.status) : 'nothing';
  return `${kind} ${String(number)} by ${applicationId}, whose verification it is not, was answered ${status}`;
}
