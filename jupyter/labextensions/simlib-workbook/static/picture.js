// A picture of a part of the page, drawn anew from what the browser has laid out: backgrounds, borders, charts, texts.
// It is made within a save, which cannot wait, and so with nothing that has to be loaded.
import { drawing } from "./vector.js";

const SCALE = 1.5; // pixels for each of the page's: sharp enough on a projector
const HIGHEST = 8000; // of a canvas that every browser can make

export function painted(node) {
  const area = node.getBoundingClientRect();
  if (area.width < 2 || area.height < 2) return null; // not on the page
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  canvas.width = Math.ceil(area.width * SCALE);
  canvas.height = Math.ceil(Math.min(area.height, HIGHEST / SCALE) * SCALE);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = getComputedStyle(document.body).getPropertyValue("--jp-layout-color0").trim() || "white";
  pen.fillRect(0, 0, area.width, area.height);
  pen.translate(-area.left, -area.top);
  draw(node, pen);
  return canvas.toDataURL("image/png").split(",")[1];
}

function draw(node, pen) {
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return;
  const box = node.getBoundingClientRect();
  if (style.clipPath !== "none" || (box.width <= 1 && box.height <= 1 && style.overflow === "hidden")) return; // for readers only
  background(box, style, pen);
  if (node instanceof HTMLCanvasElement) {
    if (node.width && node.height) pen.drawImage(node, box.left, box.top, box.width, box.height);
    return;
  }
  if (node instanceof SVGSVGElement) return drawing(node, pen);
  if (node.matches("input, textarea, select")) return field(node, box, style, pen);
  pen.save();
  if (style.overflow !== "visible") { // what is scrolled out of sight is not seen here either
    pen.beginPath();
    pen.rect(box.left, box.top, box.width, box.height);
    pen.clip();
  }
  for (const child of node.childNodes) {
    if (child instanceof Text) words(child, style, pen);
    else if (child instanceof Element) draw(child, pen);
  }
  pen.restore();
}

function background(box, style, pen) {
  pen.beginPath();
  pen.roundRect(box.left, box.top, box.width, box.height, Math.min(parseFloat(style.borderTopLeftRadius) || 0, box.height / 2));
  if (!/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor)) {
    pen.fillStyle = style.backgroundColor;
    pen.fill();
  }
  for (const [side, x, y, width, height] of [
    ["Top", 0, 0, box.width, 0], ["Left", 0, 0, 0, box.height], ["Bottom", 0, box.height, box.width, 0], ["Right", box.width, 0, 0, box.height],
  ]) {
    const thick = parseFloat(style[`border${side}Width`]);
    if (!thick || style[`border${side}Style`] === "none") continue;
    pen.fillStyle = style[`border${side}Color`];
    pen.fillRect(
      box.left + x - (side === "Right" ? thick : 0), box.top + y - (side === "Bottom" ? thick : 0), width || thick, height || thick,
    );
  }
}

// Each stretch of a text that stands on one line, where the browser has put it.
function words(text, style, pen) {
  if (!text.data.trim()) return;
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = style.color;
  pen.textBaseline = "middle";
  const range = document.createRange();
  for (const { index, 0: word } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const [place, ...more] = range.getClientRects();
    if (place && !more.length) pen.fillText(word, place.left, place.top + place.height / 2, place.width + 1);
    else if (place) letters(text, index, word, range, pen);
  }
}

// A word that is broken at the end of a line.
function letters(text, index, word, range, pen) {
  for (let n = 0; n < word.length; n += 1) {
    range.setStart(text, index + n);
    range.setEnd(text, index + n + 1);
    const place = range.getClientRects()[0];
    if (place) pen.fillText(word[n], place.left, place.top + place.height / 2);
  }
}

// What stands in a field is no text of the page.
function field(node, box, style, pen) {
  pen.fillStyle = pen.strokeStyle = style.color;
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  if (node.type === "radio" || node.type === "checkbox") {
    pen.beginPath();
    if (node.type === "radio") pen.arc(x, y, 6, 0, 7); else pen.rect(x - 6, y - 6, 12, 12);
    pen.stroke();
    pen.beginPath();
    if (node.checked) { pen.arc(x, y, 3.5, 0, 7); pen.fill(); }
    return;
  }
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  pen.textBaseline = "top";
  const lines = node.matches("select")
    ? (node.size > 1 ? [...node.options] : [...node.selectedOptions]).map((option) => option.text)
    : (node.value || node.placeholder).split("\n");
  const step = parseFloat(style.lineHeight) || parseFloat(style.fontSize) * 1.3;
  lines.forEach((line, n) => pen.fillText(line, box.left + 6, box.top + 4 + n * step, box.width - 8));
}
