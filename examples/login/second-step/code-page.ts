import type { StartedVerification } from 'einmal/client';
import { countdown } from '../web/countdown.js';
import { submissionField } from '../web/form.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import { challengeField, summary, wayBack } from './ask-for-code.js';
import { secondsUntil, type Challenge } from './challenge.js';
import { CODE_FIELDS } from './code-field.js';
import { deliveryLine } from './delivery-line.js';
import { factorLock } from './factor-lock.js';
import { factorLine } from './factor-line.js';
import { otherWays } from './other-ways.js';
import { sendForm } from './send-form.js';
import { answerTo, sentence, type Trouble } from './trouble.js';

interface Shown {
  challenge: Challenge;
  verification: StartedVerification;
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
  const { way } = challenge;
  return page(
    words,
    words.code.titles[challenge.purpose],
    html`<script type="module" src="/code.js"></script>`,
    summary(words, challenge),
    way === 'message' ? deliveryLine(words, verification) : factorLine(words, verification, way),
    checkForm(words, shown),
    way === 'message' && sendForm(words, challenge, verification),
    otherWays(words, challenge, verification),
    wayBack(words, challenge),
  );
}

function checkForm(words: Words, { challenge, verification, submission, ...shown }: Shown): Html {
  const { code } = words;
  const trouble = shown.trouble ?? factorLock(challenge);
  const { way } = challenge;
  const { label, pattern, hint, validFor, notValid } = code.ways[way];
  const isAtField = trouble && answerTo(trouble).next === 'type';
  return html`<form method="post" action="/code" id="check" data-offline="${code.offline}">
    ${challengeField(challenge)} ${submissionField(submission)}
    <input type="hidden" name="way" value="${way}" />
    <p id="problem" data-part class="problem" role="alert">${trouble && sentence(words, trouble)}</p>
    <label for="code">${label}</label>
    <input
      id="code"
      data-part
      name="code"
      type="text"
      ${CODE_FIELDS[way].attributes}
      title="${pattern}"
      required
      autofocus
      spellcheck="false"
      aria-describedby="problem hint"
      ${isAtField && html`aria-invalid="true"`}
    />
    <p id="hint" class="hint">${hint}</p>
    <button class="primary">${code.submit}</button>
    <p class="hint">
      <span id="attempts" data-part>${code.attemptsLeft(verification.attemptsLeft)}</span>
      ${countdown('life', secondsUntil(verification.expiresAt), { running: validFor, over: notValid })}
    </p>
  </form>`;
}
