import type { Einmal } from 'einmal/client';
import { Router } from 'express';
import type { Sessions } from '../session/sessions.js';
import type { Users } from '../users/users.js';
import { whereNext } from '../session/where-next.js';
import { askerOf } from '../second-step/asker.js';
import type { Finish } from '../second-step/routes.js';
import type { SecondStep } from '../second-step/second-step.js';
import { field } from '../web/form.js';
import { seeOther } from '../web/see-other.js';
import { wordsFor } from '../words/words.js';
import { approvedPayment } from './approved-payment.js';
import { confirmPage, payPage } from './pay-page.js';
import { parseAmount, parsePayee } from './payment.js';

interface Parts {
  einmal: Einmal;
  sessions: Sessions;
  users: Users;
  secondStep: SecondStep;
}

/** What needs more than being signed in: a code that was typed for this very payment (step-up). */
export function paymentRoutes({ einmal, sessions, users, secondStep }: Parts): Router {
  const router = Router();

  router.get('/pay', (request, response) => {
    if (sessions.of(request)?.userId === undefined) return seeOther(response, '/sign-in');
    const typed = { amount: '', payee: '' };
    response.send(payPage(wordsFor(request), { typed, wrong: { amount: false, payee: false } }).toString());
  });

  /** Asks for a code for the payment, whatever was approved before. */
  router.post('/pay', async (request, response) => {
    const session = sessions.of(request);
    const user = users.find(session?.userId ?? '');
    if (!session || !user) return seeOther(response, '/sign-in');
    const typed = { amount: field(request, 'amount'), payee: field(request, 'payee') };
    const amount = parseAmount(typed.amount);
    const payee = parsePayee(typed.payee);
    if (amount === null || payee === null) {
      const wrong = { amount: amount === null, payee: payee === null };
      return response.status(422).send(payPage(wordsFor(request), { typed, wrong }).toString());
    }
    session.approved = undefined;
    const about = { user, purpose: 'payment', binding: { amount, payee } } as const;
    session.challenge = await secondStep.begin(about, session.challenge, askerOf(request));
    seeOther(response, '/code');
  });

  router.get('/pay/confirm', (request, response) => {
    const session = sessions.of(request);
    if (!session?.approved) return seeOther(response, whereNext(session));
    response.send(confirmPage(wordsFor(request), session.approved.payment, null).toString());
  });

  /** Who comes to the handler has an approval of this amount to this payee, and nobody comes twice with one. */
  router.post('/pay/confirm', approvedPayment(einmal, sessions), (request, response) => {
    const session = sessions.of(request);
    if (session) {
      session.approved = undefined;
      session.payments = [
        ...(session.payments ?? []),
        { amount: field(request, 'amount'), payee: field(request, 'payee') },
      ];
    }
    seeOther(response, '/');
  });

  return router;
}

/** The code was right: the token waits in the session for the last click. */
export const paymentApproved: Finish = (response, session, { binding }, { token }) => {
  session.challenge = undefined;
  if (binding) session.approved = { payment: binding, token };
  return seeOther(response, '/pay/confirm');
};
