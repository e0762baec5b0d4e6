import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than 15 s, for what they wait for rather than for their length; the slowest first. */
const SLOW = [
  'chaos/defects',
  'chaos/short-run',
  'attack/crash-at-every-step',
  'integration/rolling-restart',
  'attack/redis-failover',
  'attack/guessing-parallel',
  'integration/state-lost',
  'attack/sending-resend',
  'attack/crash-duplicate-messages',
  'integration/rotation',
  'attack/leak-canaries',
  'integration/first-key',
  'integration/cli',
  'attack/factor-checks-race',
  'attack/restored-ledger',
  'attack/http-framing',
  'attack/guessing-crowd',
  'attack/scripted',
  'integration/service-processes',
  'integration/redis-topologies',
  'attack/leak-forged-log-lines',
  'integration/lists',
  'attack/guessing-flood',
  'integration/login-flow-docs',
  'integration/trips',
  'integration/shutdown',
  'attack/pumping',
  'attack/spraying',
  'e2e/example-login',
  'e2e/try-it-page',
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
