import type { DomainError, ErrorExtras, ErrorKind } from '../../shared/domain-error.js';

/** The media type of every refusal's body. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** RFC 9457 problem document. `code` is stable; `detail` is for people and says what to do. */
export interface Problem extends ErrorExtras {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
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

export const problemOf = (error: DomainError): Problem =>
  problem(STATUS_OF_KIND[error.kind], error.code, error.detail, error.extras);

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
