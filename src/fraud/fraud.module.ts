import { Module } from '@nestjs/common';
import { ApplicationSettings } from '../applications/application-settings.js';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { EventsModule } from '../events/events.module.js';
import { AuditedTrail } from './adapters/audited-trail.js';
import { KeyringNames } from './adapters/keyring-names.js';
import { PostgresOwners } from './adapters/postgres-owners.js';
import { RecordedEvents } from './adapters/recorded-events.js';
import { ClearTrip } from './application/clear-trip.js';
import { JudgeCheck } from './application/judge-check.js';
import { JudgeSend } from './application/judge-send.js';
import { ListTrips } from './application/list-trips.js';
import { Names, Owners, Settings, Told, Trail } from './application/ports.js';
import { TellTrips } from './application/tell-trips.js';
import { WatchSend } from './application/watch-send.js';
import { fraudStores } from './fraud-stores.js';
import { FraudController } from './http/fraud.controller.js';

/** How the applications' own settings reach the detectors, which know no applications. */
const settings = {
  provide: Settings,
  inject: [ApplicationSettings],
  useFactory: (applications: ApplicationSettings): Settings => ({
    of: async (applicationId) => {
      const { fraud: detectors, policy } = await applications.effective(applicationId);
      return { detectors, codeLifeMs: policy.ttlSeconds * 1_000 };
    },
  }),
};

const detecting = [
  ...[JudgeSend, JudgeCheck, WatchSend, TellTrips, ListTrips, ClearTrip],
  ...fraudStores,
  settings,
  { provide: Names, useClass: KeyringNames },
  { provide: Told, useClass: RecordedEvents },
  { provide: Trail, useClass: AuditedTrail },
  { provide: Owners, useClass: PostgresOwners },
];

/** Detectors of pumping and spraying. */
@Module({
  imports: [ApplicationsModule, AuditModule, EventsModule],
  controllers: [FraudController],
  providers: detecting,
  exports: [JudgeSend, JudgeCheck],
})
export class FraudModule {}
