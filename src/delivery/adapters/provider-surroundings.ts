import { Injectable } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Clock } from '../../shared/clock.js';
import { Callbacks } from '../application/callbacks.js';
import type { ProviderContext } from '../application/provider-type.js';
import { TakeReports } from '../application/take-reports.js';
import { OUTGOING_LIMITS } from './outgoing-http.js';

/** What providers ask of the process, whichever they are. */
@Injectable()
export class ProviderSurroundings {
  constructor(
    private readonly callbacks: Callbacks,
    private readonly takeReports: TakeReports,
    private readonly clock: Clock,
    readonly log: Log,
  ) {}

  contextOf(id: string): ProviderContext {
    return {
      now: () => this.clock.now(),
      isOurs: (attemptId, mac) => this.callbacks.isOurs(id, attemptId, mac),
      take: (reports) => this.takeReports.execute(reports.map((report) => ({ ...report, providerId: id }))),
      limits: OUTGOING_LIMITS,
      log: {
        info: (event, fields) => {
          this.log.info(event, { provider: id, ...fields });
        },
        warn: (event, fields) => {
          this.log.warn(event, { provider: id, ...fields });
        },
      },
    };
  }
}
