import type { ConnectionOptions, ConnectionParts } from "./connection-parts";

/** What a connection that waits for its customer is made of. */
type Spare = Pick<ConnectionParts, "close">;

type SparePort<Parts extends Spare> = {
  create(options: ConnectionOptions): Parts;
  after(delay_ms: number, task: () => void): () => void;
};

/** A connection that waits longer is thrown away: this machine may have got other addresses meanwhile. */
export const SPARE_MAX_MS = 10_000;
/** What nearly every connection is: without relays, with the customer app. */
const USUAL: ConnectionOptions = { iceServers: [], customer: "app" };

/**
 * A connection made ahead: its key, its offer and its addresses are there when the server asks for them (20 to 40 ms
 * sooner, measured on a page that loads).
 */
export class SpareConnection<Parts extends Spare = ConnectionParts> {
  private spare: { readonly parts: Parts; readonly forget: () => void } | null = null;

  constructor(private readonly port: SparePort<Parts>) {}

  /** Makes one, for the next `take`. */
  prepare(): void {
    if (this.spare !== null) return;
    const parts = this.port.create(USUAL);
    this.spare = { parts, forget: this.port.after(SPARE_MAX_MS, () => this.drop()) };
  }

  /** The one made ahead where it is what is wanted, else another. */
  take(options: ConnectionOptions): Parts {
    const { spare } = this;
    if (spare === null || options.customer !== USUAL.customer || options.iceServers.length > 0)
      return this.port.create(options);
    spare.forget();
    this.spare = null;
    return spare.parts;
  }

  drop(): void {
    this.spare?.forget();
    this.spare?.parts.close();
    this.spare = null;
  }
}
