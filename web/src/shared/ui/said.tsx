import { type HTMLAttributes, useEffect, useState } from "react";

/** As long as browsers need to tell a screen reader that the region is there. */
const KNOWN_MS = 100;

type SaidProps = HTMLAttributes<HTMLDivElement> & { [data: `data-${string}`]: string | boolean };

/**
 * What comes and is to be read out. A region that comes with its words already in it is not read out by most screen readers,
 * so it stands there for a moment before them.
 */
export function Said({ children, ...rest }: SaidProps) {
  const [known, setKnown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setKnown(true), KNOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div {...rest} role="status">
      {known && children}
    </div>
  );
}
