/** Ends the process that reads a file once it takes more memory than a file may cost. */

/** In bytes. What is taken between two looks comes on top. */
const MOST_MEMORY = 230 * 1_024 * 1_024
const LOOK_EVERY = 5

const clock = new Int32Array(new SharedArrayBuffer(4))
for (;;) {
  Atomics.wait(clock, 0, 0, LOOK_EVERY)
  if (process.memoryUsage.rss() > MOST_MEMORY) process.kill(process.pid, 'SIGKILL')
}
