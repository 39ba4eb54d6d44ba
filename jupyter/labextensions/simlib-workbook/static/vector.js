// A drawing in SVG, painted on a canvas shape by shape, as the browser has laid it out.
const SHAPES = "rect, path, circle, text";

export function drawing(svg, pen) {
  for (const node of svg.querySelectorAll(SHAPES)) {
    if (node.closest("defs")) continue;
    const style = getComputedStyle(node), place = node.getScreenCTM();
    if (!place || style.display === "none" || style.visibility === "hidden") continue;
    pen.save();
    pen.transform(place.a, place.b, place.c, place.d, place.e, place.f);
    pen.globalAlpha = opacityOf(node, svg);
    if (node.tagName === "text") text(node, style, pen);
    else shape(node, style, pen);
    pen.restore();
  }
}

function opacityOf(node, svg) {
  let all = 1;
  for (let one = node; one && one !== svg; one = one.parentNode) all *= Number(getComputedStyle(one).opacity);
  return all;
}

function shape(node, style, pen) {
  const path = outline(node), alpha = pen.globalAlpha, ink = inkOf(style.fill, node, pen);
  if (ink) {
    pen.globalAlpha = alpha * Number(style.fillOpacity);
    pen.fillStyle = ink;
    pen.fill(path);
  }
  if (style.stroke !== "none" && parseFloat(style.strokeWidth)) {
    pen.globalAlpha = alpha * Number(style.strokeOpacity);
    pen.strokeStyle = style.stroke;
    pen.lineWidth = parseFloat(style.strokeWidth);
    pen.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat));
    pen.stroke(path);
  }
}

function outline(node) {
  const at = (name) => node[name].baseVal.value;
  if (node.tagName === "path") return new Path2D(node.getAttribute("d"));
  const path = new Path2D();
  if (node.tagName === "circle") path.arc(at("cx"), at("cy"), at("r"), 0, 7);
  else path.rect(at("x"), at("y"), at("width"), at("height"));
  return path;
}

// A colour, or the pattern of that name: a small canvas with the same in it.
function inkOf(fill, node, pen) {
  const name = /url\("?#([^")]+)/.exec(fill)?.[1];
  if (!name) return fill === "none" ? null : fill;
  const pattern = node.ownerSVGElement.getElementById(name);
  if (!pattern) return null;
  const tile = document.createElement("canvas");
  tile.width = tile.height = pattern.width.baseVal.value;
  const small = tile.getContext("2d");
  for (const part of pattern.children) shape(part, getComputedStyle(part), small);
  return pen.createPattern(tile, "repeat");
}

function text(node, style, pen) {
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.textAlign = { start: "left", middle: "center", end: "right" }[style.textAnchor];
  pen.textBaseline = "alphabetic";
  const x = node.x.baseVal[0]?.value ?? 0, y = node.y.baseVal[0]?.value ?? 0;
  if (style.stroke !== "none" && style.paintOrder.startsWith("stroke")) {
    pen.strokeStyle = style.stroke;
    pen.lineWidth = parseFloat(style.strokeWidth);
    pen.lineJoin = "round";
    pen.strokeText(node.textContent, x, y);
  }
  pen.fillStyle = style.fill;
  pen.fillText(node.textContent, x, y);
}
