import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from '../history/faults.js';
import type { Strike } from './fault-context.js';

const mood =
  (name: 'hangs' | 'lies', detail: string): Strike =>
  async ({ carrier }, { lastsMs }, tell) => {
    tell({ target: 'primary', detail });
    carrier.mood = name;
    await sleep(lastsMs);
    carrier.mood = 'usual';
  };

export const CARRIER_FAULTS = {
  'carrier-hangs': mood('hangs', 'the gateway reads every message and says nothing'),
  'carrier-lies': mood('lies', 'the gateway reports failed, failed, delivered, delivered about what it has delivered'),
} satisfies Partial<Record<FaultKind, Strike>>;
