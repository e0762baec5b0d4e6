import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

const integer = z.int().optional();

/** How {@link Problem} looks to a client: RFC 9457 with a stable `code`; a refusal's extra members stand beside these. */
const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable; what programs decide by.' }),
    detail: z.string().meta({ description: 'For people: what is wrong and what to do.' }),
    retryAfterSeconds: integer.meta({ description: 'When coming back helps; the same as `Retry-After`.' }),
    attemptsLeft: integer.meta({ description: 'Guesses that are left, with `wrong-code` and `attempts-used-up`.' }),
    violatedPolicies: z.array(z.string()).optional().meta({ description: 'Limits that refused. Not for end users.' }),
    'violated-policies': z
      .array(z.string())
      .optional()
      .meta({ description: 'The same, as draft-ietf-httpapi-ratelimit-headers names it.' }),
    endUser: z
      .object({ title: z.string(), detail: z.string() })
      .optional()
      .meta({
        description:
          'What your user may be shown as it stands, in the language of `locale`, else of Accept-Language: en, de, fr or es. ' +
          'With 429, 503, `recipient-refused` and `no-channel`.',
      }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'What is wrong with which part of the request, with `invalid-request`.' }),
  })
  .meta({
    id: 'Problem',
    example: {
      ...{ type: 'urn:einmal:problem:wrong-code', title: 'Wrong code', status: 422, code: 'wrong-code' },
      ...{ detail: 'This is not the code.', attemptsLeft: 4 },
    },
  });

const MEANINGS = {
  400: 'The request can not be understood',
  401: 'The API key is missing or not valid',
  403: 'The API key may not do this',
  404: 'There is no such thing, or it belongs to somebody else',
  409: 'It conflicts with what is there',
  410: 'It is over',
  412: 'It has changed since it was read',
  422: 'It was understood and refused',
  428: 'It must say which version it changes',
  429: 'Too many',
  503: 'It can not be decided now. Nothing was; try again',
} satisfies Record<number, string>;
type Status = keyof typeof MEANINGS;

/** Codes that go without saying. */
const USUAL_CODES: Partial<Record<Status, string[]>> = {
  400: ['invalid-request'],
  401: ['unauthorized'],
  403: ['forbidden', 'application-disabled'],
  404: ['not-found'],
  412: ['version-mismatch'],
  428: ['precondition-required'],
  429: ['rate-limited'],
  503: ['unavailable'],
};

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds, where coming back helps', schema: { type: 'integer' as const } },
};

const text = (description: string) => ({ description, schema: { type: 'string' as const } });

/** Of draft-ietf-httpapi-ratelimit-headers, where a limit stands in the way. */
const RATE_LIMIT = {
  'RateLimit-Policy': text('Quotas that are used up: `"recipient-hour";q=5;w=3600`'),
  RateLimit: text('When they have room again, in seconds: `"recipient-hour";r=0;t=1234`'),
};

/** Documents that a route may answer with problems of these statuses: their usual codes, or the ones that are named. */
export const ApiProblem = (...problems: (Status | Partial<Record<Status, string[]>>)[]) =>
  applyDecorators(...problems.flatMap((said) => (typeof said === 'number' ? [respond(said)] : all(said))));

const all = (codes: Partial<Record<Status, string[]>>) =>
  Object.entries(codes).map(([status, named]) => respond(Number(status) as Status, named));

function respond(status: Status, codes = USUAL_CODES[status] ?? []) {
  const description = `${MEANINGS[status]}: ${codes.map((code) => `\`${code}\``).join(', ')}`;
  const headers = status === 429 ? { ...RETRY_AFTER, ...RATE_LIMIT } : RETRY_AFTER;
  const answered = status === 429 || status === 503 ? { headers } : {};
  // For generators of clients, as `error.code` of ours. Nest's type of an answer has no such member.
  const extension = { 'x-codes': codes };
  return ApiResponse({ status, description, standardSchema: problemSchema, ...extension, ...answered });
}
