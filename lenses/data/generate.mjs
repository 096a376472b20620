#!/usr/bin/env node
/**
 * Makes the compact, checked-in data of the cost lens from the collected facts:
 *
 *   node lenses/data/generate.mjs ../shared/data
 *
 * `prices.json`: one line an item; under `prices`, by region, [USD for one unit, index into `sources`, date, confidence].
 * `exchange-rates.json`: won for one dollar, by date. `latency.json`: median round trips in milliseconds.
 * Whoever only uses Terrace never runs this: the results are part of the repository.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const from = process.argv[2];
if (from === undefined) throw new Error('which folder holds aws-prices.json, worked-bills.json and latency.json?');
const read = (name) => JSON.parse(readFileSync(join(from, name), 'utf8'));
const write = (name, text) => writeFileSync(new URL(name, import.meta.url), text);

write('prices.json', prices(read('aws-prices.json')));
write('exchange-rates.json', lines(read('worked-bills.json').fx));
write('latency.json', latency(read('latency.json')));

function prices({ records }) {
  const sources = [];
  const items = new Map();
  for (const { service, item, unit, region, usd, source, asOf, confidence } of records) {
    if (!sources.includes(source)) sources.push(source);
    const key = JSON.stringify([service, item, unit]);
    if (!items.has(key)) items.set(key, { service, item, unit, prices: {} });
    const { prices } = items.get(key);
    if (region in prices) throw new Error(`${service} / ${item} / ${region} is there twice`);
    prices[region] = [usd, sources.indexOf(source), asOf, confidence];
  }
  return `{"sources":${lines(sources).trimEnd()},\n"items":${lines([...items.values()]).trimEnd()}}\n`;
}

function latency({ records }) {
  const regions = records
    .filter((each) => each.kind === 'region-region')
    .map(({ from, to, rttMs, source, asOf }) => ({ from, to, rttMs, source, asOf }));
  const sources = [...new Set(regions.map((each) => `${each.source}; ${each.asOf}`))];
  const pairs = regions.map((each) => [
    each.from,
    each.to,
    each.rttMs,
    sources.indexOf(`${each.source}; ${each.asOf}`),
  ]);
  return `{"sources":${lines(sources).trimEnd()},\n"regions":${lines(pairs).trimEnd()}}\n`;
}

/** A JSON array with one element a line, so that a change of one price is a change of one line. */
function lines(values) {
  return `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]\n`;
}
