import type { Requester } from '../../shared/requester.js';
import type { StartBody } from './start.schema.js';

/** Whoever asks, from what the API key's holder says of the end user. */
export const requesterOf = (
  apiKey: string,
  { endUser, limitKeys }: Pick<StartBody, 'endUser' | 'limitKeys'> = {},
): Requester => ({ apiKey, ip: endUser?.ip, device: endUser?.deviceId, limitKeys });
