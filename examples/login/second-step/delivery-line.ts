import type { Verification } from 'einmal/client';
import { html, type Html } from '../web/html.js';
import type { Words } from '../words/words.js';

type Delivery = Verification['deliveries'][number];

/** Where the code is, and that it takes another way when the first did not work. `to` comes masked from the service. */
export function deliveryLine(words: Words, { deliveries }: Verification): Html {
  const sentences = deliveries.slice(-2).flatMap((delivery, index, shown) => {
    const isLatest = index === shown.length - 1;
    return isLatest || isLost(delivery) ? [told(words, delivery)] : [];
  });
  const isUnderway = deliveries.at(-1)?.status !== 'delivered';
  return html`<p id="delivery" data-part role="status" ${isUnderway && html`data-underway`}>${sentences.join(' ')}</p>`;
}

const isLost = ({ status }: Delivery) => status === 'failed' || status === 'unconfirmed';

function told({ delivery }: Words, latest: Delivery): string {
  const { channel, status, to } = latest;
  const say = isLost(latest) ? delivery.lost : status === 'delivered' ? delivery.delivered : delivery.underway;
  return say(channel, to ?? '');
}
