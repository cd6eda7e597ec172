/** Makes pictures (pixels in memory) and shrinks them: honest work for the processor, in batches with pauses. */
import { info, options, progress, restFor, sleep, state, task } from "./say.mjs";

const { share, side } = options({ share: "0.4", side: "1280" });
const size = Number(side);

function picture(seed) {
  const pixels = new Uint8ClampedArray(size * size);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (Math.sin(i * 0.01 + seed) * 0.5 + 0.5) * 255;
  return pixels;
}

function halve(pixels, width) {
  const half = width / 2;
  const small = new Uint8ClampedArray(half * half);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const at = 2 * y * width + 2 * x;
      small[y * half + x] = (pixels[at] + pixels[at + 1] + pixels[at + width] + pixels[at + width + 1]) / 4;
    }
  }
  return small;
}

for (let batch = 1; ; batch++) {
  state("working");
  const images = 120;
  for (let image = 1; image <= images; image++) {
    const began = performance.now();
    let pixels = picture(image);
    for (let width = size; width > 160; width /= 2) pixels = halve(pixels, width);
    if (image % 4 === 0) task(`Batch ${batch}: ${image} of ${images} images`);
    progress();
    // Rests so long that about `share` of one core is used.
    await sleep((performance.now() - began) * (1 / Number(share) - 1) + 10);
  }
  info(`Batch ${batch}: ${images} images from ${size}² to ${size / 8}² pixels`);
  await restFor(12, "Next batch at");
}
