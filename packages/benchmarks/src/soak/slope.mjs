// The line of least squares through measurements over time.

/**
 * @param {readonly { readonly minutes: number, readonly value: number }[]} points at least three
 * @returns {{ slope: number, error: number, mean: number }} the growth per minute, its standard error, and
 * the mean value
 */
export function slopeOf(points) {
  const count = points.length;
  const mean = sum(points.map(({ value }) => value)) / count;
  const middle = sum(points.map(({ minutes }) => minutes)) / count;
  const spread = sum(points.map(({ minutes }) => (minutes - middle) ** 2));
  const slope =
    sum(points.map(({ minutes, value }) => (minutes - middle) * (value - mean))) / spread;
  const rest = sum(
    points.map(({ minutes, value }) => (value - mean - slope * (minutes - middle)) ** 2),
  );
  return { slope, error: Math.sqrt(rest / (count - 2) / spread), mean };
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
