import type { KeyUsage } from "@oauth1/api-keys";

interface Props {
  readonly hours: KeyUsage["hours"];
}

const HEIGHT = 40;
const WIDTH = 10;

/**
 * The verified and rejected calls of the last 24 hours: a bar for each hour, and the same data
 * as a table.
 */
export function Sparkline({ hours }: Props) {
  const sum = (name: "verified" | "rejected") =>
    hours.reduce((total, hour) => total + hour[name], 0);
  const [verified, rejected] = [sum("verified"), sum("rejected")];
  const most = Math.max(1, ...hours.map((hour) => hour.verified + hour.rejected));
  // One call among many is still visible.
  const height = (calls: number) => (calls === 0 ? 0 : Math.max(1.5, (calls / most) * HEIGHT));
  return (
    <figure class="sparkline">
      <figcaption>
        Last 24 hours: <span class="verified">{count(verified)} verified</span>,{" "}
        <span class="rejected">{count(rejected)} rejected</span>
      </figcaption>
      {verified + rejected > 0 && (
        <>
          <svg
            viewBox={`0 0 ${hours.length * WIDTH} ${HEIGHT + 1}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            {hours.map((hour, index) => {
              const [good, bad] = [height(hour.verified), height(hour.rejected)];
              const x = index * WIDTH + 1;
              return (
                <g key={hour.start}>
                  <title>{`${timeOf(hour.start)}: ${hour.verified} verified, ${hour.rejected} rejected`}</title>
                  <rect class="ground" x={x} y={HEIGHT} width={WIDTH - 2} height="1" />
                  <rect class="verified" x={x} y={HEIGHT - good} width={WIDTH - 2} height={good} />
                  <rect
                    class="rejected"
                    x={x}
                    y={HEIGHT - good - bad}
                    width={WIDTH - 2}
                    height={bad}
                  />
                </g>
              );
            })}
          </svg>
          <div class="unseen">
            <table>
              <caption>Calls in each hour</caption>
              <thead>
                <tr>
                  <th scope="col">Hour</th>
                  <th scope="col">Verified</th>
                  <th scope="col">Rejected</th>
                </tr>
              </thead>
              <tbody>
                {hours
                  .filter((hour) => hour.verified + hour.rejected > 0)
                  .map((hour) => (
                    <tr key={hour.start}>
                      <th scope="row">{timeOf(hour.start)}</th>
                      <td>{hour.verified}</td>
                      <td>{hour.rejected}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </figure>
  );
}

const hourFormat = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const timeOf = (iso: string) => hourFormat.format(new Date(iso));
const count = (calls: number) => calls.toLocaleString();
