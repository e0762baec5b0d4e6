import { expect, it } from 'vitest';
import { welcome } from './welcome.js';

const local = 'http://localhost:3000';
const ready = { local, publicUrl: local, key: 'ek_x', sandbox: true };

it('an embedded process says where to try it, and shows the messages of the sandbox', () => {
  const text = welcome(ready);
  expect(text).toContain(`Einmal is ready at ${local} `);
  expect(text).toContain(`curl -s ${local}/sandbox/messages`);
  expect(text).toContain('+4915112345678');
  expect(text).not.toContain('PUBLIC_URL');
});

it('it gives no links that only its proxy can open, but says what others are told', () => {
  const text = welcome({ ...ready, publicUrl: 'https://codes.example.com' });
  expect(text.match(/https:\S+/g)).toEqual(['https://codes.example.com']);
  expect(text).toContain(`curl -s ${local}/v1/verifications`);
});

it('it names no sandbox where there is none, and nobody else’s number', () => {
  const text = welcome({ ...ready, sandbox: false });
  expect(text).not.toMatch(/sandbox|browser|\+49/);
  expect(text).toContain('+<your number>');
});
