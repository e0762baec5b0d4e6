import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/support/slowest-first.js';

/** Starts one Redis and one Postgres for all projects that name it, and stops them at the end. */
const servers = './test/support/global-setup.ts';
/** Installs the gateway and the browser before the clock of any test runs. */
const programs = './test/support/end-to-end-setup.ts';
/** These tests wait for other processes more than they work. */
const MORE_THAN_CORES = 4;

export default defineConfig({
  test: {
    reporters: ['default', './test/support/plain-line-reporter.ts'],
    // Test files keep nothing in modules, so a worker loads Nest once for all of its files: a third of the time.
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: SlowestFirst },
    // As patient as test/support/eventually.ts.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,chaos,bench,attack}/**/*.spec.ts'],
          // Some try hundreds of thousands of inputs, and nothing is to depend on how busy the machine is.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/{contract,integration,attack}/**/*.spec.ts'],
          globalSetup: servers,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: MORE_THAN_CORES,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          globalSetup: [servers, programs],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file runs real services and gateways and waits for them: one a core.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          // What operators do, at full rate, with figures: `npm run drills`. Not part of `npm test`.
          name: 'drills',
          include: ['test/drills/**/*.spec.ts'],
          globalSetup: servers,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.spec.ts'],
          globalSetup: servers,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // Beside the integration tests: what must hold must hold on a busy machine, too.
          maxWorkers: MORE_THAN_CORES,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
