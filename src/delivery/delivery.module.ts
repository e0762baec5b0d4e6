import { Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { RedisConnection } from '../platform/redis/connection.js';
import { Runtime } from '../platform/runtime.js';
import { CallbackUrl } from './adapters/callback-url.js';
import { PostgresDeliveryHistory } from './adapters/postgres-delivery-history.js';
import { PostgresDueDeliveries } from './adapters/postgres-due-deliveries.js';
import { PostgresPolledAttempts } from './adapters/postgres-polled-attempts.js';
import { PostgresReports } from './adapters/postgres-reports.js';
import { makeRoutes } from './adapters/make-routes.js';
import { PostgresCallLedger } from './adapters/postgres-call-ledger.js';
import { LiveProviderSwitches } from './adapters/live-provider-switches.js';
import { PostgresProviderFigures } from './adapters/postgres-provider-figures.js';
import { PostgresSwitchLedger } from './adapters/postgres-switch-ledger.js';
import { ProviderSurroundings } from './adapters/provider-surroundings.js';
import { ReportPoller } from './adapters/report-poller.js';
import { WakeUp } from './adapters/wake-up.js';
import { Worker } from './adapters/worker.js';
import { AnswerCall } from './application/answer-call.js';
import { ApplyReports } from './application/apply-reports.js';
import { CallLedger } from './application/call-ledger.js';
import { Callbacks } from './application/callbacks.js';
import { DispatchDelivery } from './application/dispatch-delivery.js';
import { ForgetDeliveries } from './application/forget-deliveries.js';
import { HandOver } from './application/hand-over.js';
import { HandleDue } from './application/handle-due.js';
import { DeliveryHistory, DueDeliveries, PolledAttempts, Reports } from './application/ledger.js';
import { MakeAttempt } from './application/make-attempt.js';
import { MessageSourceSlot } from './application/message-source-slot.js';
import { NobodyNow } from './application/nobody-now.js';
import { MessageSource, Nudge } from './application/ports.js';
import { PollReports } from './application/poll-reports.js';
import { ProviderCatalog } from './application/provider-catalog.js';
import { ProviderFigures } from './application/provider-figures.js';
import { ProviderSwitches, SwitchLedger } from './application/provider-switches.js';
import { ReadDeliveries } from './application/read-deliveries.js';
import { ReadProviders } from './application/read-providers.js';
import { RecordOutcome } from './application/record-outcome.js';
import { ReceiveReport } from './application/receive-report.js';
import { Routes } from './application/routes.js';
import { SwitchProvider } from './application/switch-provider.js';
import { TakeReports } from './application/take-reports.js';
import { TakeNextStep } from './application/take-next-step.js';
import { CallsController } from './http/calls.controller.js';
import { ProvidersController } from './http/providers.controller.js';
import { ReportsController } from './http/reports.controller.js';

const sending = [HandleDue, DispatchDelivery, MakeAttempt, RecordOutcome, NobodyNow, HandOver, TakeNextStep, Worker];
const reporting = [AnswerCall, ReceiveReport, TakeReports, ApplyReports, ProviderSurroundings];
const polling = [PollReports, ReportPoller, { provide: PolledAttempts, useClass: PostgresPolledAttempts }];
const looking = [ReadDeliveries, ForgetDeliveries];
const switching = [SwitchProvider, ReadProviders];

/**
 * Messages over providers, their reports, and the next channel when one fails. Needs the platform and a ProviderCatalog from
 * the outside; whoever brings the messages fills MessageSourceSlot when it is initialised.
 */
@Module({
  imports: [AuditModule],
  controllers: [ReportsController, CallsController, ProvidersController],
  providers: [
    ...[...sending, ...reporting, ...polling, ...looking, ...switching],
    MessageSourceSlot,
    { provide: MessageSource, useExisting: MessageSourceSlot },
    { provide: Routes, useFactory: makeRoutes, inject: [ProviderCatalog, ProviderSurroundings, ProviderSwitches] },
    { provide: ProviderSwitches, useClass: LiveProviderSwitches },
    { provide: SwitchLedger, useClass: PostgresSwitchLedger },
    { provide: ProviderFigures, useClass: PostgresProviderFigures },
    {
      provide: WakeUp,
      useFactory: (redis?: RedisConnection) => new WakeUp(redis ?? null),
      inject: [{ token: RedisConnection, optional: true }],
    },
    { provide: Nudge, useExisting: WakeUp },
    { provide: Callbacks, useClass: CallbackUrl },
    { provide: DueDeliveries, useClass: PostgresDueDeliveries },
    { provide: Reports, useClass: PostgresReports },
    { provide: CallLedger, useClass: PostgresCallLedger },
    { provide: DeliveryHistory, useClass: PostgresDeliveryHistory },
  ],
  exports: [MessageSourceSlot, Nudge, Routes, ReadDeliveries, ForgetDeliveries, Worker],
})
export class DeliveryModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly routes: Routes,
    private readonly runtime: Runtime,
  ) {}

  /** Links to gateways are for those who send: a gateway counts them. */
  onApplicationBootstrap(): void {
    if (this.runtime.env.role === 'api') return;
    for (const provider of this.routes.providers) provider.open();
  }

  /** After the worker has drained: nothing is submitted any more. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.routes.providers.map((provider) => provider.close()));
  }
}
