// I2: a guess is counted after it was compared, and the count ends nothing: the check that better-auth#8067 was about.
import { plantInScript, plantInSql } from '../plant.mjs';

await plantInScript(`redis.call('HINCRBY', key, 'left', -1)`, 'left');
await plantInSql('WITH counted AS', 'failed_checks + 1 >= max_attempts', 'false');
