/** How numbers and times are said. What is not known is said to be so. */
export const UNKNOWN = 'not known';

const PERCENT = new Intl.NumberFormat('en', {style: 'percent', maximumFractionDigits: 0});
const FINE_PERCENT = new Intl.NumberFormat('en', {style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1});
const NUMBER = new Intl.NumberFormat('en', {maximumFractionDigits: 2});

const isNumber = value => typeof value === 'number' && Number.isFinite(value);

export const percent = value => isNumber(value) ? PERCENT.format(value) : UNKNOWN;
export const number = value => isNumber(value) ? NUMBER.format(value) : UNKNOWN;
export const version = value => value == null ? 'no version' : `v${value}`;

/** An estimate with its 95 % interval. */
export function estimate(one) {
  return one && isNumber(one.value)
    ? `${FINE_PERCENT.format(one.value)} (${FINE_PERCENT.format(one.low)} to ${FINE_PERCENT.format(one.high)})`
    : UNKNOWN;
}

export function time(instant) {
  return instant ? new Date(instant).toLocaleString('en-GB', {dateStyle: 'medium', timeStyle: 'medium'}) : UNKNOWN;
}

/** From milliseconds. */
export function duration(millis) {
  if (!isNumber(millis)) {
    return UNKNOWN;
  }
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`;
}

export const plural = (count, one, many = `${one}s`) => `${NUMBER.format(count)} ${count === 1 ? one : many}`;
