import type { Verification } from 'einmal/client';
import { html, type Html } from '../web/html.js';
import type { Words } from '../words/words.js';
import { challengeField, whenToAsk } from './ask-for-code.js';
import type { Challenge } from './challenge.js';
import { isSent } from './ways.js';

/** Which ways there are is what the service says: only those for which the person has an address. */
export function sendForm(words: Words, challenge: Challenge, { channels, resendAt, deliveries }: Verification): Html {
  const { code } = words;
  const last = deliveries.at(-1)?.channel;
  const others = channels.filter(isSent).filter((channel) => channel !== last);
  return html`<form method="post" action="/code/send" id="send" aria-labelledby="nothing-arrived">
    ${challengeField(challenge)}
    <h2 id="nothing-arrived">${code.nothingArrived}</h2>
    <noscript
      ><p><a href="/code">${code.lookAgain}</a></p></noscript
    >
    ${whenToAsk(words, resendAt)}
    <p id="ways" data-part class="ways">
      <button aria-describedby="may-ask">${last === 'voice' ? code.callAgain : code.again}</button>
      ${others.map(
        (channel) =>
          html`<button name="channel" value="${channel}" aria-describedby="may-ask">${code[channel]}</button>`,
      )}
    </p>
  </form>`;
}
