import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { type ChartData, COLOURS, type Colour, chartOption, type Palette } from "./chart-option";
import styles from "./statistics.module.css";

use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** The chart of a statistic. It has a module of its own, which is fetched when the first chart is drawn. */
export function Chart({ data }: { data: ChartData }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    emptiesWithoutMarkup(element);
    const drawn = init(element, null, { renderer: "canvas" });
    chart.current = drawn;
    const fits = new ResizeObserver(() => drawn.resize());
    fits.observe(element);
    return () => {
      fits.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    const draw = () => {
      const font = getComputedStyle(document.body).fontFamily;
      chart.current?.setOption(chartOption(data, readPalette(), font), { notMerge: true });
    };
    draw();
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    return () => scheme.removeEventListener("change", draw);
  }, [data]);
  return <div ref={place} className={styles["chart"]} />;
}

/** The tokens' colours as they are now, light or dark. */
function readPalette(): Palette {
  const computed = getComputedStyle(document.documentElement);
  const colour = (name: Colour) => computed.getPropertyValue(COLOURS[name]).trim();
  return {
    now: colour("now"),
    before: colour("before"),
    rated1: colour("rated1"),
    rated2: colour("rated2"),
    rated3: colour("rated3"),
    rated4: colour("rated4"),
    rated5: colour("rated5"),
    unrated: colour("unrated"),
    text: colour("text"),
    line: colour("line"),
    surface: colour("surface"),
    ink: colour("ink"),
  };
}

/**
 * ECharts empties its place by `innerHTML = ""`, at the beginning and at the end, which the page's Trusted Types refuse as they
 * refuse all markup made of text. Here that assignment empties the place and can do nothing else.
 */
function emptiesWithoutMarkup(element: HTMLElement): void {
  Object.defineProperty(element, "innerHTML", {
    configurable: true,
    get: () => "",
    set: () => element.replaceChildren(),
  });
}
