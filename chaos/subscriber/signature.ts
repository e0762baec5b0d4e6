import { Webhook } from 'standardwebhooks';
import type { Told } from '../../test/support/webhook-receiver.js';
import type { ToldEvent } from '../history/conversations.js';

/**
 * What the reference verifier says to a message.
 *
 * @param secret of the application that the message names; none where there is no such application.
 * @returns `stale`: its time is not ours, as on a node whose clock jumped; whoever verifies takes it the next time. `forged`: no
 *   signature, or none with this secret.
 */
export function signatureOf({ headers, body }: Told, secret: string | undefined): ToldEvent['signature'] {
  if (secret === undefined) return 'forged';
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>, { jsonParse: false });
    return 'good';
  } catch (error) {
    return error instanceof Error && /^Message timestamp too (old|new)$/.test(error.message) ? 'stale' : 'forged';
  }
}
