import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { LiveValues, type Live } from '../../platform/live/live-values.js';
import { Database, type Query } from '../../platform/postgres/database.js';
import { pageOf, placeAfter } from '../../shared/page.js';
import { changedMeanwhile, notFound } from '../../shared/refusals.js';
import { Prices, type PriceChange, type PricePage, type PriceTable } from '../application/ports.js';
import { priceIdOf, type Price } from '../domain/price.js';
import { PriceList } from '../domain/price-list.js';
import { MOST_PRICES, otherCurrency, tooManyPrices } from '../domain/price-refusals.js';

const PRICES_TOPIC = 'prices';
const COLUMNS = 'id, channel, country, prefix, provider, micros::float8 AS micros';

/** The table and its prices in one statement, so that they belong together. An empty table gives one row without a price. */
const PAGE = `
  SELECT t.currency, t.version, p.*
  FROM price_table t LEFT JOIN (SELECT ${COLUMNS} FROM prices WHERE id > $1) p ON true
  ORDER BY p.id LIMIT $2`;

/** The id of the last price of the page before. */
const PLACE = /^([^\p{Cc}]{1,120})$/u;

const SET = `
  INSERT INTO prices (id, channel, country, prefix, provider, micros)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
  ON CONFLICT (id) DO UPDATE SET micros = excluded.micros`;

type Row = PriceTable & { [Column in keyof Price | 'id']: (Price & { id: string })[Column] | null };
type Found = Price & { id: string };

@Injectable()
export class PostgresPrices extends Prices implements OnModuleInit {
  private live!: Live<{ currency: string | null; list: PriceList }>;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly liveValues: LiveValues,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    this.live = await this.liveValues.keep(PRICES_TOPIC, async () => {
      const { currency, found } = await this.page(MOST_PRICES);
      return { currency, list: new PriceList(found) };
    });
  }

  get current(): { currency: string | null; list: PriceList } {
    return this.live.now;
  }

  async page(limit: number, cursor?: string): Promise<PricePage> {
    const [after = ''] = cursor === undefined ? [] : placeAfter(cursor, PLACE);
    const rows = await this.database.query<Row>(PAGE, [after, limit + 1]);
    const priced = rows.filter((row): row is Row & Found => row.id !== null);
    const { found, ...more } = pageOf(priced, limit, ({ id }) => id);
    const prices = found.map(({ channel, country, prefix, provider, micros }) => ({
      ...{ channel, country, prefix, provider, micros },
    }));
    const { currency = null, version = 1 } = rows[0] ?? {};
    return { currency, version, found: prices, ...more };
  }

  async change(change: PriceChange, actor: string): Promise<PriceTable> {
    const table = await this.database.transaction(async (query) => {
      const before = await this.lock(query, change);
      const ids = [...change.set.map(priceIdOf), ...change.remove];
      const named = await query<Found>(`SELECT ${COLUMNS} FROM prices WHERE id = ANY($1) ORDER BY id`, [ids]);
      if (change.remove.some((id) => !named.some((price) => price.id === id))) throw notFound('price');
      await query('DELETE FROM prices WHERE id = ANY($1)', [change.remove]);
      await query(SET, columnsOf(change.set));
      const [after] = await query<PriceTable>(
        'UPDATE price_table SET version = version + 1, currency = coalesce($1, currency) RETURNING currency, version',
        [change.currency ?? null],
      );
      const details = { before: named, after: change.set, currency: after?.currency ?? null };
      await this.audit.append({ actor, action: 'prices.changed', target: PRICES_TOPIC, details }, query);
      await this.liveValues.mark(PRICES_TOPIC, query);
      return after ?? before;
    });
    await this.liveValues.announce();
    return table;
  }

  /** Changes come one after the other: each is checked against what the one before it left. */
  private async lock(query: Query, { version, currency, set, remove }: PriceChange): Promise<PriceTable> {
    const [table] = await query<PriceTable>('SELECT currency, version FROM price_table FOR UPDATE');
    if (!table) throw notFound('price table');
    if (table.version !== version) throw changedMeanwhile(table.version);
    const others = [...set.map(priceIdOf), ...remove];
    const [{ count } = { count: 0 }] = await query<{ count: number }>(
      'SELECT count(*)::int AS count FROM prices WHERE id <> ALL($1)',
      [others],
    );
    if (count + set.length > MOST_PRICES) throw tooManyPrices();
    if (count > 0 && table.currency !== null && currency !== undefined && currency !== table.currency)
      throw otherCurrency(table.currency);
    return table;
  }
}

const columnsOf = (prices: readonly Price[]) => [
  prices.map(priceIdOf),
  ...(['channel', 'country', 'prefix', 'provider', 'micros'] as const).map((column) =>
    prices.map((price) => price[column]),
  ),
];
