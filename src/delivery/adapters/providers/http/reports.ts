import { z } from 'zod';
import type { ProviderContext } from '../../../application/provider-type.js';
import type { ReportRequest } from '../../../application/provider.js';
import type { Report } from '../../../domain/outcome.js';
import { BESIDE_OTHERS } from '../options/beside-others.js';
import type { Meanings } from './report-meaning.js';
import { placeSchema, readAt } from './place.js';
import { isProven, secretSchema, signatureSchema } from './proof.js';
import { Received } from './received.js';
import { readStatuses, statusPlaces } from './status-places.js';

/** How a gateway reports what became of messages. */
export const reportsSchema = z
  .strictObject({
    to: z
      .enum(['message', 'account'])
      .default('message')
      .meta({
        description:
          '`message`: to the address that each message carries, `{reportUrl}`. `account`: to one address, set at the gateway; ' +
          'then `secret`, `signature` or `reference` proves a report genuine',
      }),
    ...statusPlaces,
    secret: secretSchema.optional(),
    signature: signatureSchema.optional(),
    reference: placeSchema
      .optional()
      .meta({ description: 'Where `{reference}` comes back, which names the message and proves the report genuine' }),
    answer: z
      .string()
      .max(1_024)
      .default('')
      .meta({ description: 'What the gateway wants to read as the answer to a report; its HTTP status is 200' }),
  })
  .superRefine(({ to, secret, signature, reference, id }, context) => {
    if (to === 'message') return;
    if (!secret && !signature && !reference)
      context.addIssue({
        code: 'custom',
        message: 'with to: account it must say what proves a report genuine: secret, signature or reference',
      });
    if (!id && !reference)
      context.addIssue({
        code: 'custom',
        message: 'with to: account it must say which message is meant: id or reference',
      });
  }, BESIDE_OTHERS)
  .meta({ description: 'How the gateway reports what became of a message' });
export type ReportRules = z.output<typeof reportsSchema>;

/**
 * Reads a gateway's reports; null when they are not genuine. At a message's address, its MAC has proven them already; a secret
 * or a signature that is asked for must be there all the same.
 */
export function readReports(
  request: ReportRequest,
  rules: ReportRules,
  of: { providerId: string; meanings: Meanings; context: Pick<ProviderContext, 'isOurs'> },
): Report[] | null {
  if (!isProven(request, rules)) return null;
  const { attemptId, headers, query } = request;
  const { providerId, context } = of;
  const received = new Received(headers, request.rawBody.toString('utf8'), query);
  const said = readStatuses(received, rules, of.meanings);
  if (attemptId !== undefined) return said.map(({ report }) => ({ providerId, attemptId, ...report }));
  const proven = rules.secret !== undefined || rules.signature !== undefined;
  const named = said.flatMap(({ report, item }) => {
    const reference = rules.reference && readAt(rules.reference, received, item);
    const attempt = reference === undefined ? undefined : attemptIn(reference, context);
    if (attempt !== undefined) return [{ providerId, attemptId: attempt, ...report }];
    return proven && report.providerMessageId !== undefined ? [{ providerId, ...report }] : [];
  });
  // With nothing else to prove it, a request without one good reference is anybody's.
  return named.length === 0 && !proven ? null : named;
}

/** The attempt in a `{reference}` as it was sent, beside the MAC that we made of it. */
function attemptIn(reference: string, context: Pick<ProviderContext, 'isOurs'>): string | undefined {
  const [, attemptId = '', mac = ''] = /^([\w-]{1,64})\.([\w-]{1,64})$/.exec(reference) ?? [];
  return attemptId !== '' && context.isOurs(attemptId, mac) ? attemptId : undefined;
}
