import { z } from 'zod';
import { exactlyOne } from './option.js';

const printable = z.string().regex(/^[\x20-\x7e]{1,512}$/, { error: 'must be 1 to 512 printable ASCII characters' });

/** How a gateway knows its customer, where it is a standard way; others put their {values} wherever the gateway wants them. */
export const authSchema = z
  .strictObject({
    basic: z
      .strictObject({
        username: z
          .string()
          .regex(/^[^:]{1,256}$/, { error: 'must be 1 to 256 characters without a colon' })
          .meta({ description: 'Username, without a colon' }),
        password: z.string().min(1).max(512).meta({ description: 'Password, from the environment' }),
      })
      .optional()
      .meta({ description: 'Username and password as HTTP Basic (RFC 7617)' }),
    bearer: printable.optional().meta({ description: 'Token as Bearer (RFC 6750)' }),
  })
  .superRefine(exactlyOne(['basic', 'bearer']));

export function authHeaders(auth: z.output<typeof authSchema> | undefined): Record<string, string> {
  if (auth?.basic) {
    const { username, password } = auth.basic;
    return { Authorization: `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}` };
  }
  return auth?.bearer === undefined ? {} : { Authorization: `Bearer ${auth.bearer}` };
}
