import { submissionField } from '../web/form.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import { challengeField, summary, wayBack, whenToAsk } from './ask-for-code.js';
import type { Challenge } from './challenge.js';
import { answerTo, sentence, type Trouble } from './trouble.js';

/** Instead of the code page, when there is no code that could be right. */
export function stoppedPage(words: Words, challenge: Challenge, trouble: Trouble): Html {
  return challenge.mayStartAt === undefined
    ? refusedPage(words, challenge, trouble)
    : waitPage(words, challenge, challenge.mayStartAt);
}

function refusedPage(words: Words, challenge: Challenge, trouble: Trouble): Html {
  const { code } = words;
  const mayAsk = answerTo(trouble).next !== 'start-over';
  return page(
    words,
    code.stoppedTitle,
    summary(words, challenge),
    html`<p class="problem" role="alert">${sentence(words, trouble)}</p>`,
    mayAsk &&
      html`<form method="post" action="/code/send">
        ${challengeField(challenge)} ${submissionField()}
        <button class="primary" autofocus>${challenge.way === 'message' ? code.newCode : code.tryAgain}</button>
      </form>`,
    wayBack(words, challenge),
  );
}

/**
 * The last code was for something else and is too young for another: most often a payment right after a login. Nothing is wrong, so
 * the page says what it waits for, and one button is there at the end. It sends nothing by itself: nobody may be there any more.
 */
function waitPage(words: Words, challenge: Challenge, mayStartAt: string): Html {
  const { code } = words;
  return page(
    words,
    code.waitTitle,
    html`<script type="module" src="/wait.js"></script>`,
    summary(words, challenge),
    html`<p>${code.wait}</p>
      <form method="post" action="/code/send" id="send">
        ${challengeField(challenge)} ${submissionField()} ${whenToAsk(words, mayStartAt)}
        <button class="primary" aria-describedby="may-ask" autofocus>${code.newCode}</button>
      </form>`,
    wayBack(words, challenge),
  );
}
