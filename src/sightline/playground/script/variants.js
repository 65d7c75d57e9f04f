// The same picture, harder to see. The pixels come from the server's own PNG, never from the visitor's file.

const BLUR_STEPS = 4; // drawn at a quarter of its size and back: fine print goes, shapes stay
const DARKNESS = 0.75;

async function decoded(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function drawn(width, height, draw) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  draw(canvas.getContext("2d"));
  return canvas;
}

function turned(image, quarters) {
  const { naturalWidth: w, naturalHeight: h } = image;
  const [width, height] = quarters % 2 ? [h, w] : [w, h];
  return drawn(width, height, (context) => {
    context.translate(width / 2, height / 2);
    context.rotate((quarters * Math.PI) / 2);
    context.drawImage(image, -w / 2, -h / 2);
  });
}

function blurred(image) {
  const { naturalWidth: w, naturalHeight: h } = image;
  const [width, height] = [Math.ceil(w / BLUR_STEPS), Math.ceil(h / BLUR_STEPS)];
  const small = drawn(width, height, (context) => {
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, width, height);
  });
  return drawn(w, h, (context) => context.drawImage(small, 0, 0, w, h));
}

function darkened(image) {
  const { naturalWidth: w, naturalHeight: h } = image;
  return drawn(w, h, (context) => {
    context.drawImage(image, 0, 0);
    context.fillStyle = `rgb(0 0 0 / ${DARKNESS})`;
    context.fillRect(0, 0, w, h);
  });
}

function mirrored(image) {
  const { naturalWidth: w, naturalHeight: h } = image;
  return drawn(w, h, (context) => {
    context.scale(-1, 1);
    context.drawImage(image, -w, 0);
  });
}

const VARIANTS = {
  "a quarter turn": (image) => turned(image, 1),
  "upside down": (image) => turned(image, 2),
  blurred,
  darkened,
  mirrored,
};

/** Each variant of a picture by its name, as PNG data URLs; the first is the picture itself. */
export async function variantsOf(url) {
  const image = await decoded(url);
  const others = Object.entries(VARIANTS).map(([name, vary]) => [name, vary(image).toDataURL("image/png")]);
  return [["as it is", url], ...others];
}
