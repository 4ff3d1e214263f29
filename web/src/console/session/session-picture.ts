import { CaptureWay as Way } from "../../generated/proto/beside/v1/common_pb";
import { PictureRequest_What as What } from "../../generated/proto/beside/v1/peer_pb";
import type { Store } from "../../shared/session/store";
import { type CaptureWay, wireCaptureWay } from "../capture-mode/capture-mode";
import type { PeerMessageInit } from "../peer/input-wire";
import type { PictureChannel } from "../peer/peer";
import { wirePreference } from "../picture/preference";
import type { Still, TakeStill } from "../picture/still";
import type { PictureSink, SessionLive, SessionPort } from "./session-live";

/** More than an app sends before the first acknowledgement. */
const WAITING_PACKETS_MAX = 256;

type Packet = { readonly channel: PictureChannel; readonly bytes: ArrayBuffer };
type Send = (body: NonNullable<PeerMessageInit["body"]>) => void;

/** A session's picture: who draws it, and what is asked of the customer app about it. */
export class SessionPicture {
  private sink: PictureSink | null = null;
  private takeStill: TakeStill | null = null;
  /** Still pictures that wait to be exact: until then nothing is to come as video. */
  private stills = 0;
  private hidden = false;
  /** Exact pictures that were drawn so far. */
  private drawnSoFar = 0;
  /** What came of a connection before there was a view; null where some of it is lost. */
  private waiting: Packet[] | null = null;
  private readonly forgetPreference: () => void;

  constructor(
    private readonly live: Store<SessionLive>,
    private readonly send: Send,
    private readonly port: Pick<SessionPort, "preference" | "codecs">,
  ) {
    this.forgetPreference = port.preference.subscribe(() => this.sendSettings());
  }

  /** The view that draws; null while the session is not on the page. */
  attach(sink: PictureSink | null): void {
    this.sink = sink;
    if (sink === null) return;
    const { waiting } = this;
    this.waiting = null;
    const wasClosed = this.live.get().pictureClosed;
    this.live.update({ pictureClosed: false });
    sink.begin();
    if (waiting !== null && !wasClosed) {
      for (const { channel, bytes } of waiting) sink.receive(channel, bytes);
      return;
    }
    if (wasClosed && !this.hidden) this.request(What.RESUME);
    this.requestNewEpoch();
  }

  /** Who takes still pictures of what is shown; null while the session is not on the page. */
  stillsBy(take: TakeStill | null): void {
    this.takeStill = take;
  }

  /** A still picture of what is shown: where parts of it come as video, the app is asked for exact pixels first [F-08]. */
  async still(wait_ms: number): Promise<Still | null> {
    const { takeStill } = this;
    if (takeStill === null) return null;
    if (this.live.get().exact) return takeStill(wait_ms);
    this.stills += 1;
    this.sendSettings();
    try {
      return await takeStill(wait_ms);
    } finally {
      this.stills -= 1;
      this.sendSettings();
    }
  }

  /**
   * A new connection is being made: its picture may come before its reliable channel is heard of, and before a view where
   * the page is still being built.
   */
  connecting(): void {
    this.waiting = this.sink === null ? [] : null;
    this.sink?.begin();
  }

  /** A new connection's reliable channel is open, and the hello is sent. */
  opened(): void {
    this.sendSettings();
    if (this.hidden || this.live.get().pictureClosed) this.request(What.PAUSE);
  }

  receive(channel: PictureChannel, bytes: ArrayBuffer): void {
    if (this.sink !== null) this.sink.receive(channel, bytes);
    else if (this.waiting !== null && this.waiting.length < WAITING_PACKETS_MAX)
      this.waiting.push({ channel, bytes });
    else this.waiting = null;
  }

  get drawn(): number {
    return this.drawnSoFar;
  }

  /** What is drawn so far: the app sends no more than so much ahead. */
  acknowledge(done: { readonly epoch: number; readonly update: number; readonly exact: boolean }): void {
    this.drawnSoFar += 1;
    this.send({ case: "pictureAcknowledged", value: done });
  }

  /** The customer is not to be seen any more: what was seen goes from the page, and from its memory. */
  blank(): void {
    this.sink?.blank();
    this.setExact(false);
  }

  /** The whole picture once more, from which a recording can be shown. */
  requestFullState(): void {
    this.request(What.FULL_STATE);
  }

  /** The operator switches how the screen is captured; the app says what came of it [S-04]. */
  captureBy(way: CaptureWay): void {
    this.sendSettings(wireCaptureWay(way));
  }

  requestNewEpoch(): void {
    this.request(What.NEW_EPOCH);
  }

  setExact(exact: boolean): void {
    if (this.live.get().exact !== exact) this.live.update({ exact });
  }

  /** The app wants more drawn than it may: it is told to send no picture, and the session goes on. */
  closeFlooded(): void {
    this.live.update({ pictureClosed: true, exact: false });
    this.request(What.PAUSE);
  }

  /** The operator wants the closed picture again. */
  reopen(): void {
    this.live.update({ pictureClosed: false });
    this.sink?.reopen();
    this.request(What.RESUME);
    this.requestNewEpoch();
  }

  /** A picture that nobody looks at is not sent. True where that is a change. */
  setHidden(hidden: boolean): boolean {
    if (this.hidden === hidden) return false;
    this.hidden = hidden;
    if (!this.live.get().pictureClosed) this.request(hidden ? What.PAUSE : What.RESUME);
    return true;
  }

  close(): void {
    this.forgetPreference();
  }

  private sendSettings(capture = Way.UNSPECIFIED): void {
    const { preference, codecs } = this.port;
    this.send({
      case: "pictureSettings",
      value: {
        preference: wirePreference(preference.get()),
        codecs: this.stills > 0 ? [] : codecs(),
        capture,
      },
    });
  }

  private request(what: What): void {
    this.send({ case: "pictureRequest", value: { what } });
  }
}
