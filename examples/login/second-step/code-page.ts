import type { Verification } from 'einmal/client';
import { countdown } from '../web/countdown.js';
import { submissionField } from '../web/form.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import { challengeField, summary, wayBack, whenToAsk } from './ask-for-code.js';
import { secondsUntil, type Challenge } from './challenge.js';
import { deliveryLine } from './delivery-line.js';
import { answerTo, sentence, type Trouble } from './trouble.js';

interface Shown {
  challenge: Challenge;
  verification: Verification;
  trouble: Trouble | null;
  /** The name of the form, when it is the same as before. */
  submission?: string | undefined;
}

/**
 * Asks for the code. It works as it is; public/code.js makes it better. What changes while it is looked at is a `data-part` with an
 * id: the script takes these over from a fresh copy of the page, and live regions say what is new.
 */
export function codePage(words: Words, shown: Shown): Html {
  const { challenge, verification } = shown;
  const { code } = words;
  return page(
    words,
    challenge.purpose === 'payment' ? code.paymentTitle : code.loginTitle,
    html`<script type="module" src="/code.js"></script>`,
    summary(words, challenge),
    deliveryLine(words, verification),
    checkForm(words, shown),
    sendForm(words, challenge, verification),
    wayBack(words, challenge),
  );
}

function checkForm(words: Words, { challenge, verification, trouble, submission }: Shown): Html {
  const { code } = words;
  const isAtField = trouble && answerTo(trouble).next === 'type';
  return html`<form method="post" action="/code" id="check" data-offline="${code.offline}">
    ${challengeField(challenge)} ${submissionField(submission)}
    <p id="problem" data-part class="problem" role="alert">${trouble && sentence(words, trouble)}</p>
    <label for="code">${code.label}</label>
    <input
      id="code"
      data-part
      name="code"
      type="text"
      inputmode="numeric"
      autocomplete="one-time-code"
      pattern="[0-9 ]{6,13}"
      title="${code.pattern}"
      required
      autofocus
      spellcheck="false"
      aria-describedby="problem hint"
      ${isAtField && html`aria-invalid="true"`}
    />
    <p id="hint" class="hint">${code.hint}</p>
    <button class="primary">${code.submit}</button>
    <p class="hint">
      <span id="attempts" data-part>${code.attemptsLeft(verification.attemptsLeft)}</span>
      ${countdown('life', secondsUntil(verification.expiresAt), { running: code.validFor, over: code.notValid })}
    </p>
  </form>`;
}

/** Which ways there are is what the service says: only those for which the person has an address. */
function sendForm(words: Words, challenge: Challenge, { channels, resendAt, deliveries }: Verification): Html {
  const { code } = words;
  const last = deliveries.at(-1)?.channel;
  const others = channels.filter((channel) => channel !== last);
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
