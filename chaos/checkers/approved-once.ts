import { decodeJwt } from 'jose';
import type { Call } from '../history/conversations.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { approvals, groupedBy, heard, type Heard } from './answers.js';
import { carried } from './carried.js';
import { verdictOf } from './verdict-of.js';

/** I1: a code is approved at most once, only by a code that the carrier was given, and never after the end was told. */
export function approvedOnce(history: History): Verdict {
  const approved = groupedBy(approvals(history.calls), ({ call }) => call.verificationId);
  const codes = codesOf(history);
  const calls = groupedBy(history.calls, ({ verificationId }) => verificationId);
  const ledger = ledgerOf(history);
  const violations = [...approved].flatMap(([id, answers]) => [
    ...twice(id, answers),
    ...answers.flatMap((answer) => [...notItsCode(answer, codes.get(id)), ...afterTheEnd(answer, calls.get(id) ?? [])]),
    ...otherInLedger(id, ledger.get(id)),
  ]);
  const again = [...approved].filter(([id]) => rightGuesses(calls.get(id) ?? []) > 1).length;
  const doubled = violations.filter(({ what }) => what.includes('approved twice')).length;
  return verdictOf('I1', 'A code is approved at most once', {
    exercised: again > 0,
    figure: `${String(doubled)} double approvals of ${String(approved.size)}; ${String(again)} were asked for more than once`,
    violations,
  });
}

/** A replay of an approval names the same token again; another token is another approval. */
function twice(id: string, answers: Heard[]): Violation[] {
  const tokens = new Set(answers.map(({ body }, n) => tokenIdOf(body.token) ?? `answer ${String(n)}`));
  if (tokens.size < 2) return [];
  return [{ what: `approved twice: ${String(tokens.size)} tokens`, verificationId: id }];
}

function tokenIdOf(token: string | undefined): string | null {
  try {
    return decodeJwt(token ?? '').jti ?? null;
  } catch {
    return null;
  }
}

function notItsCode({ call }: Heard, codes: Set<string> | undefined): Violation[] {
  // A code of a factor was made, not sent; I9 has more to say about it.
  if (call.typed?.kind === 'right' && (call.typed.factor ?? codes?.has(call.typed.code))) return [];
  return [{ what: 'approved by a code that nobody was sent', verificationId: call.verificationId }];
}

function afterTheEnd({ call }: Heard, calls: Call[]): Violation[] {
  const told = calls.find((earlier) => earlier.endedAtMs <= call.sentAtMs && tellsTheEnd(earlier));
  if (!told) return [];
  return [{ what: `approved after call ${String(told.number)} said it was over`, verificationId: call.verificationId }];
}

/** `state-lost` is no end: another message makes another code. Nor is 429, while a right guess is in flight. */
function tellsTheEnd({ kind, answer }: Call): boolean {
  if (answer.kind === 'none') return false;
  const { status, body } = answer;
  if (kind === 'cancel' && status === 200) return true;
  return status === 410 && (body.code === 'canceled' || (body.code === 'expired' && body.reason !== 'state-lost'));
}

/** What the ledger says of a verification's end, and how many events told of an approval. */
interface End {
  status: string;
  events: number;
}

function ledgerOf({ dumps }: History): Map<string, End> {
  const told = dumps.events.filter(({ type }) => type === 'verification.approved');
  const events = groupedBy(told, ({ verification_id }) => verification_id);
  return new Map(dumps.verifications.map(({ id, status }) => [id, { status, events: events.get(id)?.length ?? 0 }]));
}

function otherInLedger(id: string, { status, events }: End = { status: 'nothing', events: 0 }): Violation[] {
  if (status === 'approved' && events === 1) return [];
  return [{ what: `told approved; the ledger says ${status}, with ${String(events)} events`, verificationId: id }];
}

function codesOf(history: History): Map<string, Set<string>> {
  const byVerification = groupedBy(carried(history), ({ delivery }) => delivery?.message_id ?? null);
  return new Map([...byVerification].map(([id, all]) => [id, new Set(all.map(({ message }) => message.code))]));
}

const rightGuesses = (calls: Call[]) => heard(calls, 'check').filter(({ call }) => call.typed?.kind === 'right').length;
