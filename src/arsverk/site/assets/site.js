// What pages can do with a script, and do not need one for: find a place while typing,
// open a place from the map, save one figure.
"use strict";

document.documentElement.classList.add("script");

const search = document.getElementById("search");
if (search) {
  const found = document.getElementById("found");
  const places = [...document.querySelectorAll("[data-find]")];
  const plain = (text) => text.toLowerCase().replaceAll("aa", "å").trim();
  search.addEventListener("input", () => {
    const wanted = plain(search.value);
    let n = 0;
    for (const group of document.querySelectorAll("section.group")) {
      let any = false;
      for (const place of places.filter((one) => group.contains(one))) {
        const fits = plain(place.dataset.find).includes(wanted);
        if (place.tagName === "LI") place.hidden = !fits;
        any = any || fits;
        n += fits ? 1 : 0;
      }
      group.hidden = !any;
    }
    found.textContent = wanted ? search.dataset.found + n : "";
  });
}

for (const shape of document.querySelectorAll("path[data-page]")) {
  shape.addEventListener("click", () => {
    location.href = shape.dataset.page;
  });
}

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});

const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

// The drawing on its own: colours that the page's style gives are written into it.
const drawingOf = (figure) => {
  const shown = figure.querySelector("svg");
  const copy = shown.cloneNode(true);
  const names = ["fill", "stroke", "stroke-width", "stroke-dasharray"];
  const before = shown.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((part, n) => {
    const style = getComputedStyle(before[n]);
    if (/^(rect|path|circle|line|text)$/.test(part.tagName)) {
      for (const name of names) part.setAttribute(name, style.getPropertyValue(name));
    }
    part.removeAttribute("data-page");
    part.removeAttribute("class");
  });
  const box = shown.viewBox.baseVal;
  const scale = 800 / box.width;
  const title = figure.querySelector("figcaption").textContent.trim();
  const size = 20 / scale;
  const lines = [];
  for (const word of title.split(/\s+/)) {
    const last = lines.length - 1;
    if (last >= 0 && (lines[last] + " " + word).length < 68) lines[last] += " " + word;
    else lines.push(word);
  }
  const top = (lines.length + 1) * size * 1.3;
  const make = (name, attributes, text) => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    if (text) part.textContent = text;
    return part;
  };
  const margin = size;
  copy.setAttribute("viewBox", [-margin, -top, box.width + 2 * margin, box.height + top + 3 * size].join(" "));
  copy.setAttribute("width", 800);
  copy.setAttribute("height", Math.round((800 * (box.height + top + 3 * size)) / (box.width + 2 * margin)));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.removeAttribute("class");
  const heading = lines.map((line, n) =>
    make("text", { x: 0, y: -top + size * 1.3 * (n + 1), "font-size": size, "font-weight": "bold", fill: "#1e2b3c", stroke: "none" }, line),
  );
  const from = document.querySelector(".banner strong");
  const source = (from ? from.textContent + " " : "") + document.querySelector(".site-name").textContent;
  copy.querySelector("title").after(
    make("rect", { x: -margin, y: -top, width: box.width + 2 * margin, height: box.height + top + 3 * size, fill: "#fff", stroke: "none" }),
    ...heading,
    make("text", { x: 0, y: box.height + 2 * size, "font-size": size * 0.7, fill: "#1e2b3c", stroke: "none" }, source),
  );
  return copy;
};

const svgOf = (figure) =>
  new Blob([new XMLSerializer().serializeToString(drawingOf(figure))], { type: "image/svg+xml" });

const pngOf = async (figure) => {
  const image = new Image();
  image.src = URL.createObjectURL(svgOf(figure));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
};

// What a spreadsheet of the page's language opens: a text that it would take for a
// formula gets an apostrophe before it.
const csvOf = (figure) => {
  const norwegian = document.documentElement.lang === "nb";
  const cell = (part) => {
    let text = part.textContent.trim();
    if (part.classList.contains("n") && part.tagName === "TD") {
      text = text.replaceAll("\u202f", "").replaceAll("\u2212", "-");
      if (!norwegian && /^[-+]?[\d,.]+%?$/.test(text)) text = text.replaceAll(",", "");
      if (/^[-+]?[\d.,]+\s*%?$/.test(text)) return text.replace(/\s*%$/, "").replace(/^\+/, "");
    }
    if (/^\s*[=+\-@\t\r\n]/.test(text)) text = "'" + text;
    return '"' + text.replaceAll('"', '""') + '"';
  };
  const rows = [...figure.querySelectorAll("table tr")].map((row) =>
    [...row.cells].map(cell).join(norwegian ? ";" : ","),
  );
  return new Blob(["\ufeff" + rows.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" });
};

for (const button of document.querySelectorAll("button[data-save]")) {
  button.addEventListener("click", async () => {
    const figure = button.closest("figure");
    const name = button.parentElement.dataset.file + "." + button.dataset.save;
    const make = { svg: svgOf, png: pngOf, csv: csvOf }[button.dataset.save];
    save(await make(figure), name);
  });
}
