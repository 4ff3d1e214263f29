/** How long the browser may take to tell. */
const WAIT_MS = 2_000;

/** A connection that connects to nobody. */
type Gathering = {
  /** Hears of each candidate; null: no more will come. */
  listen: (heard: (candidate: string | null) => void) => void;
  begin: () => Promise<void>;
  close: () => void;
};

/** A connection of this browser. */
function gatherHere(): Gathering {
  const connection = new RTCPeerConnection();
  return {
    listen: (heard) => {
      connection.onicecandidate = ({ candidate }) => heard(candidate?.candidate ?? null);
    },
    begin: async () => {
      connection.createDataChannel("");
      await connection.setLocalDescription(await connection.createOffer());
    },
    close: () => connection.close(),
  };
}

/** The address in a host candidate (RFC 8839 §5.1); a random name ends in `.local` and says nothing. */
export function addressIn(candidate: string): string | null {
  const [, , , , address = "", , , kind] = candidate.split(" ");
  return kind !== "host" || address === "" || address.endsWith(".local") ? null : address;
}

/** The address on this machine's own network, as the browser reveals it to a page; null where it keeps it to itself [D-3]. */
export async function localAddress(make: () => Gathering = gatherHere): Promise<string | null> {
  const gathering = make();
  try {
    const found = new Promise<string | null>((resolve) => {
      gathering.listen((candidate) => {
        const address = candidate === null ? null : addressIn(candidate);
        if (candidate === null || address !== null) resolve(address);
      });
      setTimeout(() => resolve(null), WAIT_MS);
    });
    await gathering.begin();
    return await found;
  } finally {
    gathering.close();
  }
}
