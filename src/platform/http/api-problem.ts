import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

/** How {@link Problem} looks to a client: RFC 9457 with a stable `code`; a refusal's extra members stand beside these. */
const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable; what programs decide by.' }),
    detail: z.string().meta({ description: 'For people: what is wrong and what to do.' }),
  })
  .meta({ id: 'Problem' });

const MEANINGS = {
  400: 'The request can not be understood.',
  401: 'The API key is missing or not valid.',
  403: 'The API key may not do this.',
  404: 'There is no such thing, or it belongs to somebody else.',
  409: 'It conflicts with what is there.',
  410: 'It is over.',
  422: 'It was understood and refused.',
  429: 'Too many; `Retry-After` says when to come back, where coming back helps.',
  503: 'It can not be decided now. Nothing was; try again.',
} satisfies Record<number, string>;

/** Documents that a route may answer with problems of these statuses. */
export const ApiProblem = (...statuses: (keyof typeof MEANINGS)[]) =>
  applyDecorators(
    ...statuses.map((status) => ApiResponse({ status, description: MEANINGS[status], standardSchema: problemSchema })),
  );
