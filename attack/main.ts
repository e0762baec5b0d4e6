// npm run attack [-- --only bombing,locking --seed 7 --targets 500]: attacks a service of its own on this machine, tells what got
// through and whom it hurt, and ends with 1 when something got further than it may.
import { exitWhenInterrupted, openScratch } from '../chaos/command/scratch.js';
import { orExplain } from '../chaos/command/wrong-option.js';
import { Seeded } from '../chaos/seeded.js';
import { startPrivatePostgres } from '../test/support/servers/private-postgres.js';
import { startPrivateRedis } from '../test/support/servers/private-redis.js';
import { worldOn } from '../test/support/world.js';
import { ATTACKS } from './attacks.js';
import { readOptions } from './options.js';
import { brokenBounds } from './stage/outcome.js';
import { shiftedByAnHour } from './stage/shifted-clock.js';
import { Target } from './stage/target.js';
import { tell } from './tell.js';

const options = await orExplain(() => readOptions(process.argv.slice(2)));
exitWhenInterrupted();
const { folder: scratch, remove } = openScratch('attack');
const [redis, postgres] = await Promise.all([startPrivateRedis(scratch), startPrivatePostgres(scratch)]);
const clock = await shiftedByAnHour(scratch);
const world = await worldOn({ redisUrl: redis.url, postgresUrl: postgres.url });
const target = await Target.open({ world, scratch, secondEnv: clock ?? {} });
console.log(
  `two processes are attacked; seed ${String(options.seed)}${clock ? '; the second is an hour ahead' : ''}\n`,
);

let broken = 0;
for (const name of options.only) {
  const outcome = await ATTACKS[name](target, {
    targets: options.targets,
    seed: Seeded.from(options.seed).of(name),
    skewed: clock !== null,
  });
  for (const line of tell(name, outcome)) console.log(line);
  broken += brokenBounds(outcome).length;
}
await target.close();
await Promise.all([redis.stop(), postgres.stop()]);
remove();
console.log(broken === 0 ? 'every bound held' : `${String(broken)} bounds were broken`);
process.exit(broken === 0 ? 0 : 1);
