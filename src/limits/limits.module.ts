import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { RedisConnection } from '../platform/redis/connection.js';
import { Runtime } from '../platform/runtime.js';
import { Clock } from '../shared/clock.js';
import { LiveRuleBook } from './adapters/live-rule-book.js';
import { DecisionsHousekeeper } from './adapters/decisions-housekeeper.js';
import { KeyringRecipientNames } from './adapters/keyring-recipient-names.js';
import { MemoryCountersApart } from './adapters/memory-counters-apart.js';
import { MemoryCounters } from './adapters/memory-counters.js';
import { PostgresDecisionLog } from './adapters/postgres-decision-log.js';
import { PostgresDecisions } from './adapters/postgres-decisions.js';
import { PostgresLimitTrips } from './adapters/postgres-limit-trips.js';
import { PostgresRules } from './adapters/postgres-rules.js';
import { RedisCounters } from './adapters/redis-counters.js';
import { DecisionLog } from './application/decision-log.js';
import { LimitTrips } from './application/limit-trips.js';
import { Limiter } from './application/limiter.js';
import { RaiseCap } from './application/raise-cap.js';
import { ManageRules } from './application/manage-rules.js';
import { ReadDecisions } from './application/read-decisions.js';
import { CountersApart } from './application/simulate/ports.js';
import { SimulateRules } from './application/simulate/simulate-rules.js';
import { Counters, Decisions, RecipientNames, RuleBook, RuleLedger } from './application/ports.js';
import { ApplicationRulesController } from './http/application-rules.controller.js';
import { DecisionsController } from './http/decisions.controller.js';
import { RulesController } from './http/rules.controller.js';
import { SimulationsController } from './http/simulations.controller.js';

@Module({
  imports: [ApplicationsModule, AuditModule],
  controllers: [RulesController, ApplicationRulesController, DecisionsController, SimulationsController],
  providers: [
    Limiter,
    RaiseCap,
    ManageRules,
    DecisionsHousekeeper,
    { provide: Decisions, useClass: PostgresDecisions },
    { provide: DecisionLog, useClass: PostgresDecisionLog },
    { provide: LimitTrips, useClass: PostgresLimitTrips },
    { provide: RecipientNames, useClass: KeyringRecipientNames },
    ReadDecisions,
    { provide: CountersApart, useClass: MemoryCountersApart },
    SimulateRules,
    { provide: RuleBook, useClass: LiveRuleBook },
    { provide: RuleLedger, useClass: PostgresRules },
    {
      provide: Counters,
      inject: [Runtime, Clock, { token: RedisConnection, optional: true }],
      useFactory: (runtime: Runtime, clock: Clock, redis?: RedisConnection): Counters => {
        if (runtime.env.embedded) return new MemoryCounters(clock);
        if (!redis) throw new Error('Limits of several nodes need Redis: counting in memory would multiply them.');
        return new RedisCounters(redis, clock);
      },
    },
  ],
  exports: [Limiter, RaiseCap, Decisions, ReadDecisions],
})
export class LimitsModule {}
