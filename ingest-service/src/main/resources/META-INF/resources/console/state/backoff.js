const FIRST_MILLIS = 500;
const MOST_MILLIS = 10_000;

/** How long to wait after so many failures in a row: doubled each time, and never the same for all who wait. */
export function backoff(failures, random = Math.random) {
  const most = Math.min(MOST_MILLIS, FIRST_MILLIS * 2 ** Math.min(failures, 10));
  return most * (0.5 + random() / 2);
}
