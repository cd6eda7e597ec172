import http from "node:http";
import postgres from "postgres";
import { Server } from "socket.io";

/**
 * Floor of P10: the least that a guarded command can be. An admin's emit, one statement that writes command, audit
 * row and outbox row, the emit to the agent, its answer, one more statement, the emit to all watchers.
 */
const sql = postgres(process.argv[2] ?? "", { max: 8, onnotice: () => {} });
await sql.unsafe(`
  create table if not exists floor_commands(id bigint generated always as identity primary key, agent int, state text,
    idem uuid unique, created timestamptz default now());
  create table if not exists floor_audit(id bigint generated always as identity primary key,
    at timestamptz default now(), action text, target text, detail jsonb);
  create table if not exists floor_outbox(id bigint generated always as identity primary key, payload jsonb)`);

const server = http.createServer();
const io = new Server(server, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
const agents = new Map();
io.on("connection", (socket) => {
  const { agent, watcher } = socket.handshake.auth;
  if (agent !== undefined) agents.set(agent, socket);
  if (watcher !== undefined) socket.join("watchers");
  socket.on("command", async ({ agent: target }, answer) => {
    const [row] = await sql`
      with c as (insert into floor_commands(agent, state, idem) values (${target}, 'queued', gen_random_uuid()) returning id),
        a as (insert into floor_audit(action, target, detail) select 'requested', id::text, '{"kind":"check"}' from c),
        o as (insert into floor_outbox(payload) select jsonb_build_object('id', id) from c)
      select id from c`;
    answer({ id: row.id });
    io.to("watchers").emit("progress", { agent: target, state: "queued" });
    agents
      .get(target)
      ?.timeout(5_000)
      .emit("command", { id: row.id }, async () => {
        await sql`
        with u as (update floor_commands set state = 'done' where id = ${row.id} and state <> 'done' returning id)
        insert into floor_audit(action, target, detail) select 'done', id::text, '{}' from u`;
        io.to("watchers").emit("progress", { agent: target, state: "done" });
      });
  });
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit(0));
