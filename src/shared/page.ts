import { invalidRequest } from './refusals.js';

/** Some of what can grow; `nextCursor` only where there is more. */
export interface Page<Row> {
  found: Row[];
  nextCursor?: string;
}

/**
 * The first `limit` of the rows that were found.
 *
 * @param rows in their order, found with a limit of one more: the last one only tells that there is another page.
 * @param placeOf where a row stands in that order, as `placeAfter` reads it again.
 */
export function pageOf<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => string): Page<Row> {
  const found = rows.slice(0, limit);
  const last = rows.length > limit ? found.at(-1) : undefined;
  return { found, ...(last && { nextCursor: Buffer.from(placeOf(last)).toString('base64url') }) };
}

/**
 * The place that a cursor leads to.
 *
 * @param form what a place looks like: nothing that has another form may reach a statement.
 * @returns the form's groups.
 * @throws 400 `invalid-request` for what no page gave.
 */
export function placeAfter(cursor: string, form: RegExp): string[] {
  const place = form.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!place) throw invalidRequest('cursor: is not one that a page gave.');
  return place.slice(1);
}
