// A real server and the phones beside it, as `web-stage` of the end-to-end tests gives them.
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const programs = process.env.COUNTERSIGN_PROGRAMS ?? new URL("../../../target/debug", import.meta.url).pathname;

/** Every address of the pages, as the server has it. */
export function routes() {
  const printed = execFileSync(join(programs, "countersign-under-test"), ["routes", "--json"]);
  const rows = JSON.parse(printed);
  if (!(rows.length >= 20)) throw new Error(`the table of routes has only ${rows.length} rows`);
  return rows;
}

/** An address of a row, with something in the place of names. */
export const path = (row) => row.path.replace(/\{[^}]*\}/g, "A".repeat(43));

/** Starts a server; `stage.act("scan", {phone, text})` gives the answer, or fails with what the phone says. */
export async function stage() {
  const child = spawn(join(programs, "web-stage"), { stdio: ["pipe", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (part) => (complaints += part));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async (what) => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the stage ended at ${what}:\n${complaints}`);
    const answer = JSON.parse(value);
    if (answer.failed) throw new Error(`${what}: ${answer.failed}`);
    return answer;
  };
  const { base } = await hear("its start");
  let last = Promise.resolve();
  const act = (what, more = {}) => {
    // One order after the other, also when two walks ask at once.
    const mine = last.then(() => {
      child.stdin.write(`${JSON.stringify({ do: what, ...more })}\n`);
      return hear(what);
    });
    last = mine.catch(() => {});
    return mine;
  };
  const close = () =>
    new Promise((ended) => {
      child.on("exit", (status) => ended(status));
      child.stdin.end();
    });
  return { base, act, close };
}
