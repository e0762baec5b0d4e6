import { expect, it } from 'vitest';
import { bodyOfText, emailHtml } from './email-html.js';
import { messageText } from './message-text.js';

const values = {
  code: '012345',
  sender: 'A & <B>',
  application: 'Shop',
  minutes: '5',
  amount: '5 "€"',
  payee: "O'Neill <script>",
};
const about = { subject: 'A & B', locale: 'de-AT' };
const parts = { code: '012345', sender: 'Shop', application: 'Shop', validForSeconds: 299, locale: 'de' };

it('R62 an e-mail in HTML holds values as text, never as HTML', () => {
  const html = emailHtml(bodyOfText('{sender} {payee} {amount} < {code}'), values, about);
  expect(html.replace(/<\/?bdi>/g, '')).toContain('A &amp; &lt;B&gt; O&#39;Neill &lt;script&gt; 5 &quot;€&quot; &lt; ');
  expect(html).toContain('<title>A &amp; B</title>');
  expect(html).not.toMatch(/<script|<B>/);
});

it('it has the words of the text: blank lines begin paragraphs, lines break', () => {
  expect(bodyOfText('one\ntwo\n\nthree')).toBe('<p>one<br>two</p>\n<p>three</p>');
});

it('it says its language, loads nothing, has no colours of its own and is readable without styles', () => {
  const { html = '', text } = messageText('email', parts);
  expect(html).toContain('<html lang="de" dir="ltr">');
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  expect(html).not.toMatch(/https?:|src=|href=|url\(|<style|color:|background/);
  const [, body = ''] = html.split('</head>');
  expect(body.replace(/<[^>]*>/g, '').trim()).toBe(text);
});

it('its code stands out with its digits together', () => {
  expect(messageText('email', parts).html).toMatch(/<strong dir="ltr" style="[^"]+">012345<\/strong>/);
});

it('an HTML of its own stands in the same page', () => {
  const own = { email: { de: { subject: 'Code', text: 'Code: {code}', html: '<h1>{code}</h1><p>{sender}</p>' } } };
  const { html, text } = messageText('email', { ...parts, sender: 'A.B' }, own);
  expect(html).toMatch(
    /<body [^>]+>\n<div [^>]+>\n<h1><strong [^>]+>012345<\/strong><\/h1><p><bdi>A\.B<\/bdi><\/p>\n<\/div>/,
  );
  expect(text).toBe('Code: 012345');
});

it('is written from right to left in languages that are, its code from left to right and what is put in as it is', () => {
  const { html = '' } = messageText('email', { ...parts, locale: 'ar-EG' });
  expect(html.match(/<(?:html|div) [^>]+>/g)).toEqual([
    '<html lang="ar-EG" dir="rtl">',
    '<div lang="ar-EG" dir="rtl">',
  ]);
  expect(html).toMatch(/<strong dir="ltr" [^>]+>012345<\/strong> .+<bdi>Shop<\/bdi>/);
});
