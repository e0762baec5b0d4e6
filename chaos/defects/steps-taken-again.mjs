// I9: the latest step of an authenticator may be taken again: the replay of CVE-2015-7225.
import { plantInSql } from '../plant.mjs';

await plantInSql('UPDATE factors SET last_step', 'coalesce(last_step, -1) < ', 'coalesce(last_step, -1) <= ');
