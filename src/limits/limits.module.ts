import { Module } from '@nestjs/common';
import { RedisConnection } from '../platform/redis/connection.js';
import { Runtime } from '../platform/runtime.js';
import { Clock } from '../shared/clock.js';
import { DefaultRuleBook } from './adapters/default-rule-book.js';
import { DecisionsHousekeeper } from './adapters/decisions-housekeeper.js';
import { MemoryCounters } from './adapters/memory-counters.js';
import { PostgresDecisionLog } from './adapters/postgres-decision-log.js';
import { PostgresDecisions } from './adapters/postgres-decisions.js';
import { RedisCounters } from './adapters/redis-counters.js';
import { DecisionLog } from './application/decision-log.js';
import { Limiter } from './application/limiter.js';
import { Counters, Decisions, RuleBook } from './application/ports.js';

@Module({
  providers: [
    Limiter,
    DecisionsHousekeeper,
    { provide: Decisions, useClass: PostgresDecisions },
    { provide: DecisionLog, useClass: PostgresDecisionLog },
    { provide: RuleBook, useClass: DefaultRuleBook },
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
  exports: [Limiter, Decisions],
})
export class LimitsModule {}
