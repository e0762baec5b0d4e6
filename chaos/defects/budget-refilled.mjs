// I3: asking for another code forgets what the recipient has failed so far.
import { plantInMethod } from '../plant.mjs';

const file = 'verification/application/send/send-allowance.js';
await plantInMethod(file, 'SendAllowance', 'take', async function (take, send) {
  const decision = await take(send);
  const { applicationId, to } = send;
  await this.limiter.unlock({ applicationId, recipient: this.countedAs.recipient(to) });
  return decision;
});
