import { createTransport, type Transporter } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMailServer, type MailServer } from '../support/mail-server.js';

/** The receiving mail server of the tests, spoken to by nodemailer: does the local part decide what the other suites rely on? */
let server: MailServer;
let transport: Transporter;

beforeAll(async () => {
  server = await startMailServer();
  transport = createTransport({ host: '127.0.0.1', port: server.port, secure: false });
});

afterAll(async () => {
  transport.close();
  await server.stop();
});

const send = (to: string) =>
  transport.sendMail({
    from: 'login@shop.example',
    to,
    subject: 'Your code',
    text: 'Hello',
    dsn: { id: 'att_1', return: 'headers', notify: ['failure', 'delay'], recipient: to },
  });

test('takes a message with the notification that was asked for', async () => {
  await send('ok@mail.example');

  expect(server.messages()).toMatchObject([
    { from: 'login@shop.example', to: ['ok@mail.example'], envelopeId: 'att_1', notify: ['FAILURE', 'DELAY'] },
  ]);
});

test.each([
  ['hard@mail.example', 550],
  ['soft@mail.example', 451],
  ['full@mail.example', 452],
  ['spam@mail.example', 550],
  ['data@mail.example', 554],
])('answers %s with %i', async (to, responseCode) => {
  await expect(send(to)).rejects.toMatchObject({ responseCode });
});

test('can greet everybody with 421, and serve again', async () => {
  server.refuse();
  await expect(send('ok@mail.example')).rejects.toMatchObject({ responseCode: 421 });

  server.refuse(false);
  await expect(send('ok@mail.example')).resolves.toMatchObject({ accepted: ['ok@mail.example'] });
});
