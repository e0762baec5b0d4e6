import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Einmal } from 'einmal/client';
import { fileURLToPath } from 'node:url';
import { dullPage } from './web/dull-page.js';
import { accountRoutes, signedIn } from './accounts/routes.js';
import { Sessions } from './session/sessions.js';
import type { Demo } from './accounts/sign-in-page.js';
import type { Users } from './users/users.js';
import { changeApproved } from './factors/changes.js';
import { Factors } from './factors/factors.js';
import { factorRoutes } from './factors/routes.js';
import { paymentApproved, paymentRoutes } from './payment/routes.js';
import { secondStepRoutes } from './second-step/routes.js';
import { SecondStep } from './second-step/second-step.js';
import { sameOriginOnly } from './web/same-origin.js';
import { securityHeaders } from './web/security-headers.js';
import { wordsFor } from './words/words.js';

interface Parts {
  einmal: Einmal;
  users: Users;
  /** Where people find this site. */
  site: URL;
  /** Shown beside the password form; null: nothing. */
  demo: Demo | null;
  /** Whose `X-Forwarded-For` is believed, as Express takes it; empty: nobody's. */
  trustedProxies: string[];
}

/** The site, not listening yet. */
export function createApp({ einmal, users, site, demo, trustedProxies }: Parts): Express {
  const app = express();
  const secure = site.protocol === 'https:';
  const sessions = new Sessions(secure);
  const secondStep = new SecondStep(einmal, site);
  const factors = new Factors(einmal);
  const finish = {
    login: signedIn(sessions),
    payment: paymentApproved,
    'change-factors': changeApproved(factors),
  };

  app.disable('x-powered-by');
  app.set('trust proxy', trustedProxies);
  app.use(securityHeaders(secure));
  app.use(express.static(fileURLToPath(new URL('public', import.meta.url)), { index: false }));
  app.use(sameOriginOnly(site.origin));
  app.use(express.urlencoded({ extended: false, limit: '4kb' }));

  app.use(accountRoutes({ sessions, users, secondStep, demo }));
  app.use(secondStepRoutes({ sessions, secondStep, finish }));
  app.use(paymentRoutes({ einmal, sessions, users, secondStep }));
  app.use(factorRoutes({ sessions, users, secondStep, factors }));

  app.use((request, response) => {
    const words = wordsFor(request);
    response.status(404).send(dullPage(words, words.home.nothingHere).toString());
  });
  app.use(broken);
  return app;
}

/** What nobody expected. People learn nothing about it; the log does. Express knows it by its four arguments. */
function broken(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const isOurs = !(error instanceof Error && 'expose' in error && error.expose === true);
  if (isOurs) console.error(error);
  const words = wordsFor(request);
  response.status(isOurs ? 500 : 400).send(dullPage(words, words.home.broken).toString());
}
