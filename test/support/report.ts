import type { InboxMessage } from '../../src/sandbox/inbox.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import { parseSecrets } from '../../src/platform/keyring/secrets.js';
import type { Reply } from './http-client.js';
import type { Login } from './login.js';
import type { World } from './world.js';

/** The secrets that the processes of a world have. */
function keyringOf({ secrets }: World): Keyring {
  const [first, ...others] = parseSecrets(secrets).secrets;
  if (!first) throw new Error('this world has no secrets');
  return new Keyring([first, ...others]);
}

/** What a carrier would post about one of the login's messages, besides what the sandbox posts by itself. */
export function report(
  { deployment }: Login,
  { id, channel }: InboxMessage,
  body: { status: string; cause?: string },
): Promise<Reply<unknown>> {
  const provider = `sandbox-${channel}`;
  const mac = keyringOf(deployment.world).callbackMac(`${provider}/${id}`);
  const path = `/v1/reports/${provider}/${id}/${mac}`;
  return deployment.service().call('POST', path, { body: { detail: 'by the test', ...body } });
}
