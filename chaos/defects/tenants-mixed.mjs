// I10: a verification is read by its id alone, whoever asks.
import { plantInSql } from '../plant.mjs';

await plantInSql('FROM verifications WHERE id = $1 AND', 'application_id = $2', '$2::text IS NOT NULL');
