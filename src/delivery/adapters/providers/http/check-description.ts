import type { z } from 'zod';
import type { HttpConfig } from './http-config.js';
import { placeholdersOf, type RequestDescription } from './request.js';
import { NUMBER_VARIABLES, PRIVATE_VARIABLES, TEXT_VARIABLES, VARIABLE_NAMES } from './variables.js';

/** What an option alone can not know: whether they fit together. Of those that can not be read nothing more is told. */
export function checkDescription(config: HttpConfig, context: z.core.$RefinementCtx): void {
  const unread = unreadIn(context.issues);
  for (const [path, message] of problemsIn(config, (...names) => !names.some((name) => unread.has(name))))
    context.addIssue({ code: 'custom', path, message });
}

export type Problem = [path: string[], message: string];

/** The options whose values were refused; what there is besides them, or does not fit together in them, leaves them readable. */
const unreadIn = (issues: readonly z.core.$ZodRawIssue[]) =>
  new Set(
    issues
      .filter((issue) => issue.code !== 'unrecognized_keys' && issue.continue !== true)
      .map(({ path: [option] = [] }) => option),
  );

function problemsIn(config: HttpConfig, read: (...names: (keyof HttpConfig)[]) => boolean): Problem[] {
  return [
    ...(read('values') ? ofValues(config) : []),
    ...(read('send', 'values') ? ofSend(config) : []),
    ...(read('send', 'reports', 'accepted') ? ofReports(config) : []),
    ...(read('poll', 'accepted', 'values') ? ofPoll(config) : []),
  ];
}

const ofValues = ({ values }: HttpConfig): Problem[] =>
  Object.keys(values).flatMap((name): Problem[] => {
    if (!/^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(name)) return [[['values', name], 'a name is letters and digits']];
    const taken = VARIABLE_NAMES.includes(name) || name === 'id';
    return taken ? [[['values', name], 'is a variable of its own already; give it another name']] : [];
  });

function ofSend({ send, values, from, encodings, textInUrl }: HttpConfig): Problem[] {
  const { all, inAddress } = placeholdersOf(send);
  const named = all.map(({ name }) => name);
  const uses = (names: readonly string[]) => named.some((name) => names.includes(name));
  const problems = unknownIn(send, [...VARIABLE_NAMES, ...Object.keys(values)], 'send');
  if (!uses(TEXT_VARIABLES)) problems.push([['send'], 'the text stands nowhere: {text} or {textHex}']);
  if (!uses(NUMBER_VARIABLES)) problems.push([['send'], 'the number stands nowhere: {to}, {toDigits} or {to00}']);
  if (uses(['from']) && from === undefined) problems.push([['from'], 'must be set: send uses {from}']);
  if (uses(['encoding']) && !encodings) problems.push([['encodings'], 'must be set: send uses {encoding}']);
  if (textInUrl === undefined && inAddress.some(({ name }) => PRIVATE_VARIABLES.includes(name)))
    problems.push([
      ['textInUrl'],
      'the text or the number would stand in the URL, and so in access logs; put it into the body, or say textInUrl: accepted',
    ]);
  return problems;
}

function ofReports({ send, reports, accepted }: HttpConfig): Problem[] {
  if (!reports) return [];
  const named = placeholdersOf(send).all.map(({ name }) => name);
  if (reports.to === 'message')
    return named.includes('reportUrl')
      ? []
      : [[['send'], '{reportUrl} stands nowhere, so that nothing would be reported; or set reports.to: account']];
  if (reports.reference)
    return named.includes('reference') ? [] : [[['send'], '{reference} stands nowhere, so that it can not come back']];
  return accepted.id ? [] : [[['accepted', 'id'], 'must be set: reports name a message by its id']];
}

function ofPoll({ poll, accepted, values }: HttpConfig): Problem[] {
  if (!poll) return [];
  const problems = unknownIn(poll, ['id', ...Object.keys(values)], 'poll');
  if (!accepted.id) problems.push([['accepted', 'id'], 'must be set: poll asks by it']);
  if (!placeholdersOf(poll).all.some(({ name }) => name === 'id') && !poll.id)
    problems.push([['poll'], 'the id of the message stands nowhere: {id}']);
  return problems;
}

function unknownIn(request: RequestDescription, known: readonly string[], option: string): Problem[] {
  const unknown = new Set(
    placeholdersOf(request)
      .all.map(({ name }) => name)
      .filter((name) => !known.includes(name)),
  );
  return [...unknown].map((name) => [[option], `there is no variable {${name}}; there are ${known.join(', ')}`]);
}
