/** More than any vendor's report has. A body may hold tens of thousands, and a signature sorts them all. */
export const MOST_PARAMETERS = 200;

/**
 * The parameters of a body in the form `a=1&b=2`, before anybody knows who sent it.
 *
 * @returns null where there are more of them than any report has: it is none.
 */
export function formParameters(body: Buffer): URLSearchParams | null {
  const form = new URLSearchParams(body.toString('utf8'));
  return form.size > MOST_PARAMETERS ? null : form;
}
