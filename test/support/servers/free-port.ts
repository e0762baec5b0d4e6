import { createServer } from 'node:net';
import { once } from 'node:events';

/**
 * A loopback port that was free a moment ago. Somebody else may take it before it is used; the kernel hands out
 * ports in a random order, so that is rare.
 */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
