import type { DomainError, ErrorExtras, ErrorKind } from '../../shared/domain-error.js';
import type { EndUserText } from './end-user/words.js';

/** The media type of every refusal's body. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** RFC 9457 problem document. `code` is stable; `detail` is for people and says what to do. */
export interface Problem extends ErrorExtras {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  /** The names in `violatedPolicies` under the name that draft-ietf-httpapi-ratelimit-headers gives them, for generic clients. */
  'violated-policies'?: string[];
  /** What the application may show its own user; see end-user/end-user-text.ts. */
  endUser?: EndUserText;
}

const STATUS_OF_KIND = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  refused: 422,
  conflict: 409,
  gone: 410,
  limited: 429,
  'precondition-required': 428,
  'precondition-failed': 412,
  unavailable: 503,
} satisfies Record<ErrorKind, number>;

export function problemOf({ kind, code, detail, extras }: DomainError): Problem {
  const named = extras.violatedPolicies && { 'violated-policies': extras.violatedPolicies };
  return problem(STATUS_OF_KIND[kind], code, detail, named ? { ...extras, ...named } : extras);
}

/** @param extras members beside the standard ones; they can not replace one of those. */
export function problem(status: number, code: string, detail: string, extras?: ErrorExtras): Problem {
  const standard = { type: `urn:einmal:problem:${code}`, title: titleOf(code), status, code, detail };
  return extras ? { ...standard, ...extras, ...standard } : standard;
}

/** Codes are few: each title is made once. */
const titles = new Map<string, string>();

function titleOf(code: string): string {
  const title = titles.get(code) ?? code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
  titles.set(code, title);
  return title;
}
