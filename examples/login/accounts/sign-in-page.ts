import { submissionField } from '../web/form.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import type { DemoUser } from '../users/demo-users.js';

/** Who may be tried, and where their messages can be read. */
export interface Demo {
  people: readonly DemoUser[];
  inbox: string;
}

/** @param tried the name for which the password was wrong; null at first. One sentence for both: it tells nobody who has an account. */
export function signInPage(words: Words, { demo, tried }: { demo: Demo | null; tried: string | null }): Html {
  const { signIn } = words;
  const isWrong = tried !== null;
  const invalid = isWrong && html`aria-invalid="true" aria-describedby="problem"`;
  return page(
    words,
    signIn.title,
    html`<p>${signIn.lead}</p>
      <form method="post" action="/sign-in">
        ${submissionField()}
        <p id="problem" class="problem" role="alert">${isWrong && signIn.wrong}</p>
        <label for="name">${signIn.name}</label>
        <input
          id="name"
          name="name"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          value="${tried}"
          ${invalid}
          ${!isWrong && html`autofocus`}
        />
        <label for="password">${signIn.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          ${invalid}
          ${isWrong && html`autofocus`}
        />
        <button class="primary">${signIn.submit}</button>
      </form>`,
    demo && demoNotes(words, demo),
  );
}

function demoNotes({ demo: notes }: Words, { people, inbox }: Demo): Html {
  const story = { arrives: notes.arrives, 'sms-fails': notes.smsFails };
  return html`<section aria-labelledby="demo">
    <h2 id="demo">${notes.title}</h2>
    <ul>
      ${people.map(
        (person) =>
          html`<li>
            <strong>${person.name}</strong>, ${notes.password} <strong>${person.password}</strong>, ${person.phone}.
            ${story[person.story]}
          </li>`,
      )}
    </ul>
    <p><a href="${inbox}" target="_blank" rel="noopener">${notes.inbox}</a></p>
  </section>`;
}
