import { submissionField } from '../web/form.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import type { Payment } from './payment.js';

/** What was typed, and which of it can not be. */
export interface Draft {
  typed: Payment;
  wrong: { amount: boolean; payee: boolean };
}

export function payPage(words: Words, { typed, wrong }: Draft): Html {
  const { pay } = words;
  const isFirst = { payee: wrong.payee || !wrong.amount, amount: wrong.amount && !wrong.payee };
  const attributes = (name: keyof Payment) =>
    html`id="${name}" name="${name}" value="${typed[name]}" autocomplete="off" required
    ${wrong[name] && html`aria-invalid="true"`} ${isFirst[name] && html`autofocus`}`;
  return page(
    words,
    pay.title,
    html`<form method="post" action="/pay">
        ${submissionField()}
        <label for="payee">${pay.payee}</label>
        <input ${attributes('payee')} maxlength="40" aria-describedby="payee-problem" />
        <p id="payee-problem" class="problem">${wrong.payee && pay.badPayee}</p>
        <label for="amount">${pay.amount}</label>
        <input ${attributes('amount')} inputmode="decimal" aria-describedby="amount-problem amount-hint" />
        <p id="amount-problem" class="problem">${wrong.amount && pay.badAmount}</p>
        <p id="amount-hint" class="hint">${pay.amountHint}</p>
        <button class="primary">${pay.submit}</button>
      </form>
      <p><a href="/">${pay.toAccount}</a></p>`,
  );
}

/**
 * The last look. What the form sends is what would be paid; whether that was approved, the guard finds out.
 *
 * @param problem why it was not paid just now; null at first.
 */
export function confirmPage(words: Words, { amount, payee }: Payment, problem: string | null): Html {
  const { pay, code } = words;
  return page(
    words,
    pay.confirmTitle,
    html`<p class="summary">${pay.summary(amount, payee)}</p>
      ${problem === null ? html`<p class="good">${pay.approved}</p>` : html`<p class="problem" role="alert">${problem}</p>`}
      <form method="post" action="/pay/confirm">
        <input type="hidden" name="amount" value="${amount}" />
        <input type="hidden" name="payee" value="${payee}" />
        <button class="primary" autofocus>${pay.payNow}</button>
      </form>
      <p><a href="/pay">${code.toPayment}</a></p>`,
  );
}
