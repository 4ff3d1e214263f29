import styles from "./drawing.module.css";
import type { DrawingTool, Width } from "./drawing-tools";

const PATHS: Readonly<Record<DrawingTool, string>> = {
  pen: "M3 17l1-4L14 3l3 3L7 16zM12 5l3 3",
  highlighter: "M6 12l7-9 4 3-7 9-5 1zM3 18h9",
  line: "M4 16L16 4",
  arrow: "M4 16L16 4M9 4h7v7",
  box: "M3 5h14v10H3z",
  ellipse: "M10 4.5c4 0 7 2.5 7 5.5s-3 5.5-7 5.5-7-2.5-7-5.5 3-5.5 7-5.5z",
  text: "M4 6V4h12v2M10 4v12M8 16h4",
  pointer: "M10 8a2 2 0 100 4 2 2 0 000-4zM10 2v3M10 15v3M2 10h3M15 10h3",
};

export function ToolIcon({ tool }: { tool: DrawingTool }) {
  return <Icon path={PATHS[tool]} />;
}

export function UndoIcon() {
  return <Icon path="M8 4L4 8l4 4M4 8h8a4 4 0 010 8H8" />;
}

const WIDTH_PX: Readonly<Record<Width, number>> = { thin: 1.5, medium: 3, thick: 6 };

export function WidthIcon({ width }: { width: Width }) {
  return <Icon path="M3 10h14" strokeWidth={WIDTH_PX[width]} />;
}

function Icon({ path, strokeWidth = 1.6 }: { path: string; strokeWidth?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className={styles["icon"]} strokeWidth={strokeWidth}>
      <path d={path} />
    </svg>
  );
}
