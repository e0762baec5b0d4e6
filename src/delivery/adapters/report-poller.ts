import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../../platform/rounds.js';
import { PollReports } from '../application/poll-reports.js';

const LOOK_EVERY_MS = 1_000;

/** Has providers asked that do not report by themselves, each in rounds of its own, so that none waits for another's answers. */
@Injectable()
export class ReportPoller implements OnApplicationBootstrap {
  constructor(
    private readonly pollReports: PollReports,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    for (const provider of this.pollReports.providers) {
      const work = () => this.pollReports.execute(provider);
      this.rounds.begin({ name: 'poll', of: provider.id, everyMs: LOOK_EVERY_MS, work, silent: true });
    }
  }
}
