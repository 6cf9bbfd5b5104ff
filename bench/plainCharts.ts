/** A chart's size in pixels and its columns: times in seconds, then a column for each series. */
export interface PlainChart {
  width: number;
  height: number;
  data: (number | null)[][];
}

/** Runs in the page: the charts that it has drawn, with the data of the message they were drawn from. */
export const plainCharts = `(message) => {
  const order = message.dashboard.widgets.map((widget, index) => ({ widget, index })).sort((a, b) => a.widget.y - b.widget.y || a.widget.x - b.widget.x);
  const frames = document.querySelectorAll("#widgets > *");
  return order.flatMap(({ index }, place) => {
    const plot = frames[place].querySelector(".plot");
    const { series = [] } = message.data.widgets[index] ?? {};
    if (!plot?.querySelector("canvas") || series.length === 0) return [];
    const times = series[0].values.map((_, i) => series[0].start / 1000 + i * series[0].period);
    return [{ width: plot.clientWidth, height: plot.clientHeight, data: [times, ...series.map(({ values }) => values)] }];
  });
}`;
