import http from "node:http";
import { Server } from "socket.io";

/** Floor of P9 and P16: Socket.IO that accepts connections and does nothing with them. */
const server = http.createServer();
const io = new Server(server, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
io.on("connection", (socket) => {
  socket.join("agents");
  socket.on("beat", (_message, answer) => answer?.({ ok: true }));
});
process.on("disconnect", () => process.exit(0));
server.listen({ port: Number(process.argv[2] ?? 0), host: "127.0.0.1", backlog: 4096 }, () =>
  process.send({ port: server.address().port }),
);
