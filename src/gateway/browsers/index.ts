/** Where browsers, and `mc`, watch: a snapshot, then frames, with no gap between. */
export { type BrowserGateway, type BrowserGatewayOptions, mountBrowserGateway } from "./mount";
