import { Router } from 'express';
import { askerOf } from '../second-step/asker.js';
import type { Finish } from '../second-step/routes.js';
import type { SecondStep } from '../second-step/second-step.js';
import { field } from '../web/form.js';
import { seeOther } from '../web/see-other.js';
import { wordsFor } from '../words/words.js';
import { homePage } from './home-page.js';
import type { Sessions } from '../session/sessions.js';
import { signInPage, type Demo } from './sign-in-page.js';
import type { Users } from '../users/users.js';
import { whereNext } from '../session/where-next.js';

interface Parts {
  sessions: Sessions;
  users: Users;
  secondStep: SecondStep;
  demo: Demo | null;
}

/** Name and password, and what comes before and after. */
export function accountRoutes({ sessions, users, secondStep, demo }: Parts): Router {
  const router = Router();

  router.get('/', (request, response) => {
    const session = sessions.of(request);
    const user = session?.userId === undefined ? null : users.find(session.userId);
    if (user) response.send(homePage(wordsFor(request), user, session?.payments ?? []).toString());
    else seeOther(response, whereNext(session));
  });

  router.get('/sign-in', (request, response) => {
    if (sessions.of(request)?.userId === undefined)
      response.send(signInPage(wordsFor(request), { demo, tried: null }).toString());
    else seeOther(response, '/');
  });

  router.post('/sign-in', async (request, response) => {
    const name = field(request, 'name');
    const user = await users.signIn(name, field(request, 'password'));
    if (!user) return response.status(401).send(signInPage(wordsFor(request), { demo, tried: name }).toString());
    // The password is not enough: what begins now is a session that has only a challenge.
    const about = { user, purpose: 'login' } as const;
    const challenge = await secondStep.begin(about, sessions.of(request)?.challenge, askerOf(request));
    sessions.begin(response, { challenge });
    seeOther(response, '/code');
  });

  router.post('/sign-out', (request, response) => {
    sessions.end(request, response);
    seeOther(response, '/sign-in');
  });

  return router;
}

/** The code was right, too: signed in, in a session that nobody knew before. */
export function signedIn(sessions: Sessions): Finish {
  return (response, _session, { user }) => {
    sessions.begin(response, { userId: user.id });
    return seeOther(response, '/');
  };
}
