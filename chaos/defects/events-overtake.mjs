// I13: whoever tells endpoints does not ask what comes before.
import { plantInSql } from '../plant.mjs';

await plantInSql('looked AS', 'b.sequence < m.sequence', 'false');
