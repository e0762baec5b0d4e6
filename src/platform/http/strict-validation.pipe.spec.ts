import { expect, it } from 'vitest';
import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { momentSchema } from './moment.js';
import { StrictValidationPipe } from './strict-validation.pipe.js';

const schema = z.strictObject({
  since: momentSchema.optional(),
  to: z.strictObject({ phone: z.string() }).optional(),
});

it.each([
  [{ since: '2026-11-23' }, 'since: must be a moment like 2026-11-23T06:00:00Z'],
  [{ to: '+4915112345678' }, 'to: must be an object: { … }'],
  [{ too: 1 }, 'too: there is no such option'],
])('%j is refused with what to write instead', async (body, detail) => {
  const refused = await new StrictValidationPipe()
    .transform(body, { type: 'body', schema })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DomainError);
  expect(refused).toMatchObject({ detail });
});
