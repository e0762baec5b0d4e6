import { afterAll, beforeAll, describe } from 'vitest';
import { FactorCalls } from '../support/factor-calls.js';
import { alone } from './factor-checks/alone.suite.js';
import { backupCodes } from './factor-checks/backup-codes.suite.js';
import { countedStarts } from './factor-checks/counted-starts.suite.js';
import { frontDoor } from './factor-checks/front-door.suite.js';
import { lastAttempts } from './factor-checks/last-attempts.suite.js';
import { locks } from './factor-checks/locks.suite.js';
import { lostRequests } from './factor-checks/lost-requests.suite.js';
import type { Stage } from './factor-checks/stage.js';
import { starts } from './factor-checks/starts.suite.js';
import { startsWithout } from './factor-checks/starts-without.suite.js';

const stage = {} as Stage;
beforeAll(async () => {
  stage.calls = await FactorCalls.open();
});
afterAll(() => stage.calls.close());

const checks = [frontDoor, alone, lostRequests, lastAttempts, locks, backupCodes];
for (const suite of [starts, startsWithout, countedStarts, ...checks])
  describe(suite.name, () => {
    suite(stage);
  });
