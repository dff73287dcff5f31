// Which ink can be read on a colour that a clinic chose.

/** Black or white, whichever stands out more (WCAG 2.2, contrast ratio); null when it is no colour. */
export function inkOn(colour: string): string | null {
  const light = luminance(colour);
  if (light === null) {
    return null;
  }
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#fff" : "#000";
}

/** Relative luminance, 0 to 1. */
function luminance(colour: string): number | null {
  const pen = CSS.supports("color", colour) ? document.createElement("canvas").getContext("2d") : null;
  if (pen === null) {
    return null;
  }
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => linear(part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
