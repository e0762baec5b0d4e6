// I3: asking for another code forgets what the recipient has failed so far.
import { plantInMethod } from '../plant.mjs';

const file = 'verification/application/send/send-limits.js';
await plantInMethod(file, 'SendLimits', 'take', async function (take, send, caps) {
  const decision = await take(send, caps);
  const { applicationId } = send;
  await this.limiter.unlock({ applicationId, recipient: this.failuresCountedAs(send) });
  return decision;
});
