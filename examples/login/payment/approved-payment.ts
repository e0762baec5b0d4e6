import type { Einmal } from 'einmal/client';
import { requireApproval, type ApprovalRefusal } from 'einmal/express';
import type { Request, RequestHandler, Response } from 'express';
import { dullPage } from '../web/dull-page.js';
import type { Session, Sessions } from '../session/sessions.js';
import { whereNext } from '../session/where-next.js';
import { field } from '../web/form.js';
import { seeOther } from '../web/see-other.js';
import { wordsFor } from '../words/words.js';
import { confirmPage } from './pay-page.js';

/**
 * Lets a request through whose session holds a fresh approval for the amount and the payee that the request itself names.
 * The token is used up then.
 */
export function approvedPayment(einmal: Einmal, sessions: Sessions): RequestHandler {
  return requireApproval<Request, Response>(einmal, {
    purpose: 'payment',
    subject: (request) => sessions.of(request)?.userId,
    binding: (request) => ({ amount: field(request, 'amount'), payee: field(request, 'payee') }),
    token: (request) => sessions.of(request)?.approved?.token,
    onRefused: ({ code, detail }) => {
      if (!code.startsWith('token-')) console.error(`Einmal: ${code}: ${detail}`);
    },
    // Front ends get a problem document; people get a page.
    refuse: (refusal, request, response) => {
      refuse(refusal, { request, response, session: sessions.of(request) });
    },
  });
}

interface Refused {
  request: Request;
  response: Response;
  session: Session | undefined;
}

function refuse({ status, problem }: ApprovalRefusal, { request, response, session }: Refused): void {
  const words = wordsFor(request);
  const again = (sentence: string) =>
    session?.approved
      ? response.status(status).send(confirmPage(words, session.approved.payment, sentence).toString())
      : seeOther(response, whereNext(session));
  switch (problem.code) {
    case 'approval-mismatch':
      again(words.pay.otherPayment);
      return;
    case 'approval-unavailable':
      again(words.trouble.noAnswer);
      return;
    case 'approval-expired':
    case 'approval-invalid':
    case 'approval-channel':
      response.status(status).send(dullPage(words, words.pay.approvalOver).toString());
      return;
    // A second click: what the first has paid stands on the first page.
    case 'approval-required':
    case 'approval-used':
      if (session) session.approved = undefined;
      seeOther(response, whereNext(session));
  }
}
