import { expect, it } from 'vitest';
import type { Round, Rounds } from '../../platform/rounds.js';
import type { PolledProvider, PollReports } from '../application/poll-reports.js';
import { ReportPoller } from './report-poller.js';

it('goes rounds of their own for providers that are asked, and for no others', async () => {
  const asked: string[] = [];
  const provider = (id: string): PolledProvider => ({
    id,
    polling: { everySeconds: 10, ask: () => Promise.resolve([]) },
  });
  const pollReports: Pick<PollReports, 'providers' | 'execute'> = {
    providers: [provider('one'), provider('two')],
    execute: ({ id }) => Promise.resolve(asked.push(id)),
  };
  const begun: Round[] = [];
  const rounds: Pick<Rounds, 'begin'> = { begin: (round) => begun.push(round) };
  new ReportPoller(pollReports as PollReports, rounds as Rounds).onApplicationBootstrap();
  for (const { work } of begun) await work();
  expect([begun.map(({ of }) => of), asked]).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ]);
});
