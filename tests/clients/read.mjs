// Reads a release's DuckDB file with Node's client and prints what it found.
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(process.argv[2], {
  access_mode: "READ_ONLY",
});
const connection = await instance.connect();
const tables = {};
for (const table of process.argv.slice(3)) {
  const result = await connection.runAndReadAll(
    `select count(*)::integer as n from marts.${table}`,
  );
  tables[table] = result.getRows()[0][0];
}
const oslo = await connection.runAndReadAll(
  `select per_1000::varchar from labelled.indicator
  where year = 2024 and region_level = 'county' and region_nb = 'Oslo'
  and measure_code = 'total'`,
);
console.log(JSON.stringify({ tables, oslo: oslo.getRows()[0][0] }));
