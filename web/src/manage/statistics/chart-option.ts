import type { EChartsCoreOption } from "echarts/core";

/** One value for each label. */
export type ChartSeries = { name: string; values: readonly number[]; colour: Colour };

/** What a chart draws; all of it also stands in the table below it. */
export type ChartData = {
  labels: readonly string[];
  series: readonly ChartSeries[];
  /** Bars lie, from the top, with room for long names. */
  lying: boolean;
  /** Series stand on each other and not beside. */
  stacked: boolean;
};

/** The colours of a chart, by the tokens that they come from. */
export const COLOURS = {
  now: "--accent",
  before: "--border-strong",
  rated1: "--danger",
  rated2: "--warning-dot",
  rated3: "--border-strong",
  rated4: "--success-dot",
  rated5: "--accent",
  unrated: "--border",
  text: "--ink-soft",
  line: "--border",
  surface: "--surface-raised",
  ink: "--ink",
} as const;

/** One of them. */
export type Colour = keyof typeof COLOURS;

/** The colours as they are now. */
export type Palette = Readonly<Record<Colour, string>>;

/** Above this many labels not each of them can stand at its bar. */
const MANY = 40;

/** The chart in the words of ECharts. `font`: the page's. Text that comes from outside is drawn, never read as markup. */
export function chartOption(data: ChartData, palette: Palette, font: string): EChartsCoreOption {
  const textStyle = { color: palette.text, fontFamily: font };
  const names = {
    type: "category",
    data: data.labels,
    inverse: data.lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: {
      ...textStyle,
      hideOverlap: true,
      ...(data.lying ? { width: 140, overflow: "truncate" } : {}),
    },
  };
  const numbers = {
    type: "value",
    minInterval: 1,
    splitLine: { lineStyle: { color: palette.line } },
    axisLabel: { ...textStyle, hideOverlap: true },
  };
  return {
    animation: false,
    textStyle,
    grid: {
      left: 8,
      right: 16,
      top: 40,
      bottom: 8,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle, selectedMode: false },
    // Not by markup: the page takes none.
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      axisPointer: { type: "shadow" },
      backgroundColor: palette.surface,
      borderColor: palette.line,
      textStyle: { color: palette.ink, fontFamily: font },
    },
    xAxis: data.lying ? numbers : names,
    yAxis: data.lying ? names : numbers,
    series: data.series.map(({ name, values, colour }) => ({
      type: "bar",
      name,
      data: values,
      color: palette[colour],
      barMaxWidth: 32,
      ...(data.labels.length > MANY ? { barGap: "0%", barCategoryGap: "10%" } : {}),
      ...(data.stacked ? { stack: "all" } : {}),
    })),
  };
}
