import type { Approval } from 'einmal/client';
import { Router, type Request, type Response } from 'express';
import type { Session, Sessions } from '../session/sessions.js';
import { whereNext } from '../session/where-next.js';
import { field, submissionOf } from '../web/form.js';
import { seeOther } from '../web/see-other.js';
import { wordsFor } from '../words/words.js';
import { askerOf } from './asker.js';
import { isOpen, type Challenge } from './challenge.js';
import { codePage } from './code-page.js';
import { CODE_FIELDS } from './code-field.js';
import type { SecondStep } from './second-step.js';
import { stoppedPage } from './stopped-page.js';
import { answerTo, isUnclear, type Trouble } from './trouble.js';
import { CHANNELS, isSent, waysOf } from './ways.js';

/** What a right code is good for. It answers the request. */
export type Finish = (
  response: Response,
  session: Session,
  challenge: Challenge,
  approval: Approval,
) => Response | Promise<Response>;

interface Parts {
  sessions: Sessions;
  secondStep: SecondStep;
  finish: Record<Challenge['purpose'], Finish>;
}

/** The page that asks for a code, whatever the code is for. */
export function secondStepRoutes({ sessions, secondStep, finish }: Parts): Router {
  const router = Router();

  router.get('/code', async (request, response) => {
    const session = sessions.of(request);
    if (!session?.challenge) return seeOther(response, whereNext(session));
    const { challenge } = session;
    const trouble = (await secondStep.refresh(challenge)) ?? challenge.notice ?? null;
    challenge.notice = undefined;
    show(request, response, challenge, trouble);
  });

  router.post('/code', async (request, response) => {
    const session = sessions.of(request);
    if (!isCurrent(request, session)) return seeOther(response, whereNext(session));
    const { challenge } = session;
    if (!isOpen(challenge)) return show(request, response, challenge, null);
    turn(request, challenge);
    const code = CODE_FIELDS[challenge.way].read(field(request, 'code'));
    if (code === null) return show(request, response, challenge, notACode(challenge));
    const checked = await secondStep.check(challenge, code, askerOf(request));
    if ('token' in checked) return finish[challenge.purpose](response, session, challenge, checked);
    if (answerTo(checked).next === 'go-on') return seeOther(response, whereNext(session));
    show(request, response, challenge, checked);
  });

  router.post('/code/way', (request, response) => {
    const session = sessions.of(request);
    if (!isCurrent(request, session)) return seeOther(response, whereNext(session));
    turn(request, session.challenge);
    seeOther(response, '/code');
  });

  router.post('/code/send', async (request, response) => {
    const session = sessions.of(request);
    if (!isCurrent(request, session)) return seeOther(response, whereNext(session));
    const { challenge } = session;
    const trouble = await send(request, challenge);
    if (trouble) show(request, response, challenge, trouble);
    else seeOther(response, '/code');
  });

  /** Another message of the same verification, as long as there is one; then a new verification. */
  async function send(request: Request, challenge: Challenge): Promise<Trouble | null> {
    const channel = CHANNELS.filter(isSent).find((known) => known === field(request, 'channel'));
    if (isOpen(challenge)) return secondStep.sendAgain(challenge, channel, askerOf(request));
    if (challenge.stopped && answerTo(challenge.stopped).next === 'start-over') return challenge.stopped;
    await secondStep.start(challenge, askerOf(request));
    return challenge.stopped ?? null;
  }

  return router;
}

/** To the way of the form, which is what the person sees: another tab may have turned to another since. */
function turn(request: Request, challenge: Challenge): void {
  const ways = challenge.verification ? waysOf(challenge.verification) : [];
  challenge.way = ways.find((way) => way === field(request, 'way')) ?? challenge.way;
}

const notACode = ({ way }: Challenge): Trouble => ({
  code: way === 'backup-code' ? 'not-a-backup-code' : 'not-a-code',
});

/** Whether the form is one of the challenge that the session has now. A form of another tab's spends nothing of it. */
function isCurrent(request: Request, session: Session | undefined): session is Session & { challenge: Challenge } {
  if (!session?.challenge) return false;
  if (field(request, 'challenge') === session.challenge.name) return true;
  session.challenge.notice = { code: 'other-tab' };
  return false;
}

function show(request: Request, response: Response, challenge: Challenge, trouble: Trouble | null): Response {
  const words = wordsFor(request);
  const { verification, stopped = { code: 'expired' } } = challenge;
  const submission = trouble && isUnclear(trouble) ? submissionOf(request) : undefined;
  const page =
    verification && isOpen(challenge)
      ? codePage(words, { challenge, verification, trouble, submission })
      : stoppedPage(words, challenge, stopped);
  return response.status(trouble ? answerTo(trouble).status : 200).send(page.toString());
}
