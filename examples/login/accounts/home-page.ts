import type { Payment } from '../payment/payment.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import type { User } from '../users/users.js';

export function homePage(words: Words, { name }: User, payments: readonly Payment[]): Html {
  const { home, pay } = words;
  const made = payments.map(({ amount, payee }) => html`<li>${pay.summary(amount, payee)}</li>`);
  return page(
    words,
    home.title,
    html`<p class="good" role="status">${home.signedInAs(name)}</p>
      <p><a class="button primary" href="/pay">${home.pay}</a></p>
      <p><a href="/factors">${home.factors}</a></p>
      <h2>${home.payments}</h2>
      ${
        made.length > 0
          ? html`<ul>
              ${made}
            </ul>`
          : html`<p>${home.none}</p>`
      }
      <form method="post" action="/sign-out"><button>${home.signOut}</button></form>`,
  );
}
