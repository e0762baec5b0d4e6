import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where an application wants to be told, and what proves that it was us. */
@Entity('webhook_endpoints')
@Check('webhook_endpoints_signature', `signature IN ('v1', 'v1a')`)
@Index('webhook_endpoints_application', ['applicationId'])
export class WebhookEndpointEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'application_id' }) applicationId!: string;
  @Column('text') url!: string;
  /** For people: what it is for. */
  @Column('text', { default: '' }) description!: string;
  /** Types such as `delivery.failed` and families such as `delivery.*`; null: all. */
  @Column('text', { array: true, nullable: true }) events!: string[] | null;
  /** `v1`: HMAC-SHA256; `v1a`: Ed25519 (Standard Webhooks). */
  @Column('text', { default: 'v1' }) signature!: string;
  /** Sealed under the keyring with the endpoint's id as context. */
  @Column('text') secret!: string;
  /** What receivers of `v1a` verify with, in clear; null for `v1`. */
  @Column('text', { name: 'public_key', nullable: true }) publicKey!: string | null;
  /** Signs as well until its time is over, so that receivers can change over. */
  @Column('text', { name: 'old_secret', nullable: true }) oldSecret!: string | null;
  @Column('timestamptz', { name: 'old_secret_until', nullable: true }) oldSecretUntil!: Date | null;
  @Column('boolean', { default: true }) enabled!: boolean;
  @Column('text', { name: 'disabled_because', nullable: true }) disabledBecause!: string | null;
  /** Since when every try has failed; null while the last one did not. */
  @Column('timestamptz', { name: 'failing_since', nullable: true }) failingSince!: Date | null;
  @Column('integer', { default: 1 }) version!: number;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}
