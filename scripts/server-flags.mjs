/**
 * What Node is told when it runs the server; it can't be said from within. Beats wait for the disk, so at 10,000 a second
 * thousands of short-lived objects are alive at once: with the default of 16 MiB they are copied twice and then
 * promoted, which took a tenth of the thread. Costs some 60 MB of memory. `npm start` and the Dockerfile say the same.
 */
export const serverFlags = ["--max-semi-space-size=64"];
