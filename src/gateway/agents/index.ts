/** Agents' connections over Socket.IO: who may come in, what they may say, and who must go. */
export { type AgentGateway, mountAgentGateway } from "./mount";
export { type AgentTlsPort, openAgentTlsPort } from "./tls-port";
