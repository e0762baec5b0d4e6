import { Module } from '@nestjs/common';
import { ApplicationSettings } from '../applications/application-settings.js';
import { Applications } from '../applications/applications.js';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { EventsModule } from '../events/events.module.js';
import { KeyringWatchedNames } from './adapters/keyring-watched-names.js';
import { RecordedTrips } from './adapters/recorded-trips.js';
import { ClearTrip } from './application/clear-trip.js';
import { JudgeCheck } from './application/judge-check.js';
import { JudgeSend } from './application/judge-send.js';
import { ListTrips } from './application/list-trips.js';
import { TripRecord, WatchedApplications, WatchedNames } from './application/ports.js';
import { TellTrips } from './application/tell-trips.js';
import { WatchSend } from './application/watch-send.js';
import { fraudStores } from './fraud-stores.js';
import { FraudController } from './http/fraud.controller.js';

/** How applications and their settings reach the detectors, which know no applications. */
const applications = {
  provide: WatchedApplications,
  inject: [ApplicationSettings, Applications],
  useFactory: (settings: ApplicationSettings, all: Applications): WatchedApplications => ({
    ids: () => all.ids(),
    settingsOf: async (applicationId) => {
      const { fraud: detectors, policy } = await settings.effective(applicationId);
      return { detectors, codeLifeMs: policy.ttlSeconds * 1_000 };
    },
  }),
};

const detecting = [
  ...[JudgeSend, JudgeCheck, WatchSend, TellTrips, ListTrips, ClearTrip],
  ...fraudStores,
  applications,
  { provide: WatchedNames, useClass: KeyringWatchedNames },
  { provide: TripRecord, useClass: RecordedTrips },
];

/** Detectors of pumping and spraying. */
@Module({
  imports: [ApplicationsModule, AuditModule, EventsModule],
  controllers: [FraudController],
  providers: detecting,
  exports: [JudgeSend, JudgeCheck],
})
export class FraudModule {}
