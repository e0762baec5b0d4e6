import { countdown } from '../web/countdown.js';
import { html, type Html } from '../web/html.js';
import type { Words } from '../words/words.js';
import { secondsUntil, type Challenge } from './challenge.js';

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

/** The payment that the code is for, if it is for one. */
export const summary = ({ pay }: Words, { binding }: Challenge): Html | undefined =>
  binding && html`<p class="summary">${pay.summary(binding.amount, binding.payee)}</p>`;

export function wayBack({ code }: Words, { purpose }: Challenge): Html {
  return purpose === 'payment'
    ? html`<p><a href="/pay">${code.toPayment}</a></p>`
    : html`<p><a href="/sign-in">${code.toPassword}</a></p>`;
}
