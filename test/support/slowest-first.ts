import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than 15 s, for what they wait for rather than for their length; the slowest first. */
const SLOW = [
  'chaos/short-run',
  'chaos/defects',
  'attack/crash-at-every-step',
  'attack/redis-failover',
  'attack/guessing-parallel',
  'attack/crash-duplicate-messages',
  'attack/sending-resend',
  'attack/leak-canaries',
  'integration/rolling-restart',
  'attack/scripted',
  'integration/state-lost',
  'attack/pumping',
  'attack/guessing-flood',
  'attack/tenants',
  'attack/spraying',
  'integration/limit-rules-live',
  'integration/lists',
  'attack/tenants-keys',
  'integration/rotation',
  'e2e/fallback',
].map((name) => `test/${name}.spec.ts`);

/** A slow file that begins last is waited for by workers that have nothing more to do, where nobody remembers an earlier run. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => groupOf(a) - groupOf(b) || rank(a) - rank(b));
  }
}

const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;

function rank({ moduleId }: TestSpecification): number {
  const place = SLOW.findIndex((name) => moduleId.endsWith(name));
  return place < 0 ? SLOW.length : place;
}
