import { countdown } from '../web/countdown.js';
import { html, type Html } from '../web/html.js';
import type { Words } from '../words/words.js';
import { secondsUntil, type Challenge } from './challenge.js';
import { sayChange } from './factor-change.js';

/** What every form about a code says: which challenge it belongs to. */
export const challengeField = ({ name }: Challenge): Html =>
  html`<input type="hidden" name="challenge" value="${name}" />`;

/**
 * When the next code may be asked for. As long as it runs, public/countdown.js keeps the buttons of the form `send` from sending;
 * `may-ask-now` is where it says that they do now, and buttons are described by `may-ask`.
 *
 * @param instant ISO 8601.
 */
export function whenToAsk({ code }: Words, instant: string): Html {
  return html`<p id="may-ask" class="hint">
      ${countdown('wait', secondsUntil(instant), { running: code.mayAskIn, over: code.mayAsk })}
    </p>
    <p role="status" id="may-ask-now" class="visually-hidden"></p>`;
}

/** The payment or the change that the code is for, if it is for one. */
export function summary(words: Words, { binding, change }: Challenge): Html | undefined {
  const said = binding ? words.pay.summary(binding.amount, binding.payee) : change && sayChange(words, change);
  return said === undefined ? undefined : html`<p class="summary">${said}</p>`;
}

export function wayBack({ code, factors }: Words, { purpose }: Challenge): Html {
  const ways = {
    login: { path: '/sign-in', words: code.toPassword },
    payment: { path: '/pay', words: code.toPayment },
    'change-factors': { path: '/factors', words: factors.toFactors },
  };
  const { path, words } = ways[purpose];
  return html`<p><a href="${path}">${words}</a></p>`;
}
