import { createPrivateKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** An RSA key in PEM; in an environment variable of one line its lines may end in `\n`, written so. */
function readKey(text: string): KeyObject | null {
  try {
    const key = createPrivateKey(text.replaceAll('\\n', '\n'));
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    return null;
  }
}

export const privateKeyOption = z
  .string()
  .transform((text, context) => {
    const key = readKey(text);
    if (key) return key;
    context.addIssue('must be an RSA private key in PEM');
    return z.NEVER;
  })
  .meta({ description: 'The application’s private key in PEM' });
