import { CALLS, type Problem } from '../api.js';
import type { Answer, NoAnswer } from '../asking/answer.js';
import { ANYWHERE, CARRIED, type CallName, type CodeOf } from './carried.js';

/** What an error may have. Where its `code` says that it has one of these, its type says so, too. */
interface Told {
  /** For people who run the application: what is wrong and what to do. */
  detail: string;
  /** Of HTTP; absent where nothing came back. */
  status?: number;
  /** Words that the end user may be shown as they stand. */
  endUser?: { title: string; detail: string };
  /** Finds the request in the service's log. */
  requestId?: string;
  /** Guesses that are left of the verification, over all its codes and factors together. */
  attemptsLeft?: number;
  /** More about the code: of `wrong-code`, `already-used` (it let in before, the next one is good); of `rate-limited`, `factor-locked` (another way is open). */
  reason?: string;
  retryAfterSeconds?: number;
}

type Refusal<Code extends keyof typeof CARRIED> = {
  [Each in Code]: { code: Each; status: number } & Told & ReturnType<(typeof CARRIED)[Each]>;
}[Code];

/** An answer that this client does not know: a proxy's page, a redirect, or a refusal that is younger than the client. */
export interface Unexpected extends Told {
  code: 'unexpected';
  status: number;
  /** The refusal's own code, where it is one of the service. */
  problemCode?: string;
}

/** Why a call did not do what was asked. `code` tells the cases apart, and what else an error has. */
export type EinmalError<Call extends CallName = CallName> = Refusal<CodeOf<Call>> | (NoAnswer & Told) | Unexpected;

/** Reads any answer that is not the one hoped for. Never throws, whatever it is. */
export function errorIn<Call extends CallName>(call: Call, answer: Answer): EinmalError<Call> {
  const { body, retryAfterSeconds, ...told } = answer;
  const later = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  if (!isProblem(body)) {
    const detail = `HTTP ${String(told.status)} that is no answer of Einmal. Is "baseUrl" right, and what stands between?`;
    return { code: 'unexpected', ...told, ...later, detail };
  }
  const { code, detail, endUser } = body;
  const said = { ...told, detail, ...(endUser && { endUser }) };
  // What goes with which code is what CARRIED says, which the compiler can not follow.
  return isCodeOf(call, code)
    ? ({ code, ...said, ...CARRIED[code](body) } as EinmalError<Call>)
    : { code: 'unexpected', ...said, ...later, problemCode: code };
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  return 'code' in body && typeof body.code === 'string' && 'detail' in body && typeof body.detail === 'string';
}

function isCodeOf<Call extends CallName>(call: Call, code: string): code is CodeOf<Call> {
  return [...CALLS[call].codes, ...ANYWHERE].some((known) => known === code);
}
