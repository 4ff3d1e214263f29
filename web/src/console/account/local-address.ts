/** How long the browser may take to tell. */
const WAIT_MS = 2_000;

/** What is needed of a connection that connects to nobody. */
type Gathering = Pick<
  RTCPeerConnection,
  "createDataChannel" | "createOffer" | "setLocalDescription" | "close" | "onicecandidate"
>;

/** The address in a host candidate (RFC 8839 §5.1); a random name ends in `.local` and says nothing. */
export function addressIn(candidate: string): string | null {
  const [, , , , address = "", , , kind] = candidate.split(" ");
  return kind !== "host" || address === "" || address.endsWith(".local") ? null : address;
}

/** The address on this machine's own network, as the browser reveals it to a page; null where it keeps it to itself [D-3]. */
export async function localAddress(
  make: () => Gathering = () => new RTCPeerConnection(),
): Promise<string | null> {
  const connection = make();
  try {
    const found = new Promise<string | null>((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        const address = candidate === null ? null : addressIn(candidate.candidate);
        // The last one is null: no more will come.
        if (candidate === null || address !== null) resolve(address);
      };
      setTimeout(() => resolve(null), WAIT_MS);
    });
    connection.createDataChannel("");
    await connection.setLocalDescription(await connection.createOffer());
    return await found;
  } finally {
    connection.close();
  }
}
