/**
 * What Node is told when it runs the server; it can't be said from within. Beats wait for the disk, so at 10,000 a second
 * thousands of short-lived objects are alive at once: with the default of 16 MiB they are copied twice and then
 * promoted, which took a tenth of the thread. And what is promoted may grow by more than a tenth before it is looked
 * through: each look slows everything for a tenth of a second, every few seconds, and commands wait. Both cost memory,
 * some 30 MB and half of what lives. `npm start` and the Dockerfile say the same.
 */
export const serverFlags = ["--max-semi-space-size=32", "--heap-growing-percent=60"];
