import type { PointerShape } from "../../generated/proto/beside/v1/peer_pb";
import type { PointerDecoder } from "../../shared/picture/pointer-decoder";
import { readPointerShape } from "../../shared/picture/pointer-shape";
import type { Store } from "../../shared/session/store";
import type { Point } from "../input/input-event";
import type { SessionLive, SessionPort } from "./session-live";

/** A display shows no more. */
const FRAME_MS = 16;

/** The customer's pointer as the page shows it: the newest of what came, once a frame. What was never shown is not read. */
export class PointerUpdates {
  private decoder: PointerDecoder | null = null;
  private shape: PointerShape | null = null;
  private at: Point | null = null;
  private resting = false;

  constructor(
    private readonly live: Store<SessionLive>,
    private readonly after: SessionPort["after"],
  ) {}

  /** From here on shapes can be read. */
  use(decoder: PointerDecoder): void {
    this.decoder = decoder;
    this.show();
  }

  shaped(shape: PointerShape): void {
    this.shape = shape;
    this.show();
  }

  movedTo(at: Point): void {
    this.at = at;
    this.show();
  }

  private show(): void {
    if (this.resting) return;
    if (this.live.get().link === "none") this.at = null;
    const { decoder, shape, at } = this;
    const readable = decoder !== null && shape !== null;
    if (!readable && at === null) return;
    this.live.update({
      // Beside what is shared it is nowhere.
      ...(at !== null && { pointerAt: at.x < 0 && at.y < 0 ? null : at }),
      ...(readable && { pointerShape: readPointerShape(shape, decoder) }),
    });
    this.at = null;
    if (readable) this.shape = null;
    this.resting = true;
    this.after(FRAME_MS, () => {
      this.resting = false;
      this.show();
    });
  }
}
