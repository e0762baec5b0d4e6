import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { ReportRequest } from '../../../application/provider.js';
import { isSameSignature } from '../proofs/constant-time.js';
import { exactlyOne } from './option.js';

const secretValue = z
  .string()
  .min(16, { error: 'must have at least 16 characters' })
  .max(512)
  .meta({ description: 'The secret, from the environment' });

/** A secret that the gateway sends along. */
export const secretSchema = z
  .strictObject({
    header: z.string().min(1).max(64).optional().meta({ description: 'Header it comes in' }),
    query: z.string().min(1).max(64).optional().meta({ description: 'Parameter of the address it comes in' }),
    value: secretValue,
  })
  .superRefine(exactlyOne(['header', 'query']))
  .meta({ description: 'A secret that every report brings along, as you set it at the gateway' });

/** A signature over the body as it came. */
export const signatureSchema = z
  .strictObject({
    header: z.string().min(1).max(64).meta({ description: 'Header it comes in' }),
    secret: secretValue,
    algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha256').meta({ description: 'Hash of the HMAC' }),
    encoding: z.enum(['hex', 'base64']).default('hex').meta({ description: 'How it is written' }),
    prefix: z.string().max(16).default('').meta({ description: 'What stands before it, like `sha256=`' }),
  })
  .meta({ description: 'An HMAC over the body, as the gateway signs it' });

export interface Proofs {
  secret?: z.output<typeof secretSchema> | undefined;
  signature?: z.output<typeof signatureSchema> | undefined;
}

/** Whether a request brings every proof that is asked for. In constant time; a hash makes values of any length comparable. */
export function isProven(request: ReportRequest, { secret, signature }: Proofs): boolean {
  if (secret) {
    const given = secret.header === undefined ? request.query[secret.query ?? ''] : headerOf(request, secret.header);
    if (given === undefined || !same(given, secret.value)) return false;
  }
  if (signature) {
    const { algorithm, encoding, prefix, header } = signature;
    const ours = createHmac(algorithm, signature.secret).update(request.rawBody).digest(encoding);
    const given = headerOf(request, header);
    const written = encoding === 'hex' ? given?.toLowerCase() : given;
    if (written === undefined || !same(written, `${prefix}${ours}`)) return false;
  }
  return true;
}

const headerOf = ({ headers }: ReportRequest, name: string) => headers[name.toLowerCase()];

const same = (a: string, b: string): boolean => isSameSignature(digest(a), digest(b));
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
