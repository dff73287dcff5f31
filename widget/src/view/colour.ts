// Which ink can be read on a colour that a clinic chose.

/**
 * Black or white, whichever stands out more (WCAG 2.2, contrast ratio); null when it is no colour, or one that lets
 * through what lies behind. `at`: where on the page it is used, for `var(--brand)`.
 */
export function inkOn(colour: string, at: HTMLElement): string | null {
  const kept = at.style.color;
  at.style.color = "";
  at.style.color = colour;
  const shown = at.style.color && getComputedStyle(at).color;
  at.style.color = kept;
  const parts = shown ? pixel(shown) : null;
  if (parts === null) {
    return null;
  }
  const [red = 0, green = 0, blue = 0] = parts.map((part) => linear(part / 255));
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#fff" : "#000";
}

/** Red, green and blue, 0 to 255, of a computed colour that is opaque. */
function pixel(colour: string): readonly number[] | null {
  const plain = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  if (plain) {
    return plain.slice(1).map(Number);
  }
  const pen = document.createElement("canvas").getContext("2d");
  if (pen === null || colour.startsWith("rgba")) {
    return null;
  }
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, opaque] = pen.getImageData(0, 0, 1, 1).data;
  return opaque === 255 ? [red, green, blue] : null;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
