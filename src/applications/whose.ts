import { notFound } from '../shared/refusals.js';
import type { Principal } from './principal.js';

/**
 * Whose things a caller asks for who may look at one application's or at all.
 *
 * @param asked the application that the request names, if it does.
 * @returns its id; null, to an operator only, for all of them.
 * @throws 404 `not-found` when an application names another.
 */
export function whose({ applicationId }: Principal, asked?: string): string | null {
  if (applicationId === null) return asked ?? null;
  if (asked !== undefined && asked !== applicationId) throw notFound('application');
  return applicationId;
}
