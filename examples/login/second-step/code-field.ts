import { html, type Html } from '../web/html.js';
import type { Way } from './ways.js';

interface CodeField {
  /** Of the input, so that phones show the right keys and offer what they know. */
  attributes: Html;
  /** @returns the code in what was typed; null when it can be none, and no attempt is to be spent on it. */
  read(typed: string): string | null;
}

const digits = (shape: RegExp): CodeField => ({
  attributes: html`inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,13}"`,
  read(typed) {
    const code = typed.replaceAll(/\s/g, '');
    return shape.test(code) ? code : null;
  },
});

export const CODE_FIELDS: Record<Way, CodeField> = {
  message: digits(/^[0-9]{6,10}$/),
  // Password managers know this autocomplete for the codes of apps, too.
  totp: digits(/^[0-9]{6,8}$/),
  'backup-code': {
    attributes: html`class="long" autocomplete="off" autocapitalize="characters" pattern="[A-Za-z2-7 \\-]{13,20}"`,
    read(typed) {
      const code = typed.replaceAll(/[\s-]/g, '').toUpperCase();
      return /^[A-Z2-7]{13}$/.test(code) ? code : null;
    },
  },
};
