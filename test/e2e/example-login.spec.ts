import { afterAll, beforeAll } from 'vitest';
import { ExampleLogin } from '../support/example-login.js';
import { factors } from './example-login/factors.suite.js';
import { otherBrowsers } from './example-login/other-browsers.suite.js';
import { payments } from './example-login/payments.suite.js';
import { secondStepByApp } from './example-login/second-step-by-app.suite.js';
import { secondStep } from './example-login/second-step.suite.js';
import { stageOf } from './example-login/stage.js';
import { tabsAndClicks } from './example-login/tabs-and-clicks.suite.js';

/** One service, one site and one browser for all of it. */
let example: ExampleLogin;
beforeAll(async () => {
  example = await ExampleLogin.start();
});
afterAll(() => example.close());

const stage = stageOf(() => example);
secondStep(stage);
tabsAndClicks(stage);
otherBrowsers(stage);
payments(stage);
factors(stage);
secondStepByApp(stage);
