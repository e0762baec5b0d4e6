import { Injectable } from '@nestjs/common';
import type { Clock } from '../../shared/clock.js';
import type { Counters } from '../application/ports.js';
import { CountersApart } from '../application/simulate/ports.js';
import { MemoryCounters } from './memory-counters.js';

@Injectable()
export class MemoryCountersApart extends CountersApart {
  countingAt(clock: Clock): Counters {
    return new MemoryCounters(clock);
  }
}
