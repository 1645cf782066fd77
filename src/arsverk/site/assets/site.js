// What pages can do with a script, and do not need one for: find a place while typing,
// open a place from the map, save one figure.
"use strict";

const search = document.getElementById("search");
if (search) {
  const found = document.getElementById("found");
  const places = [...document.querySelectorAll("[data-find]")];
  // Aa is Å; and who has no Æ, Ø or Å to type finds the place all the same.
  const plain = (text) =>
    text.toLowerCase().replaceAll("aa", "å").replaceAll("å", "a").replaceAll("ø", "o").replaceAll("æ", "ae").trim();
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

const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

const make = (name, attributes, text) => {
  const part = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
  if (text) part.textContent = text;
  return part;
};

// A text in lines of so many characters; a no-break space stays what it is.
const linesOf = (text, length) => {
  const found = [""];
  for (const word of text.trim().split(/[ \n]+/)) {
    const last = found.length - 1;
    if (!found[last]) found[last] = word;
    else if ((found[last] + " " + word).length <= length) found[last] += " " + word;
    else found.push(word);
  }
  return found;
};

// The drawing on its own: with its title above, and below what has to be known of it.
const drawingOf = (figure) => {
  const shown = figure.querySelector("svg");
  const copy = shown.cloneNode(true);
  for (const part of copy.querySelectorAll("*")) {
    part.removeAttribute("class");
    part.removeAttribute("data-page");
  }
  const box = shown.viewBox.baseVal;
  const unit = box.width / 400;
  const texts = [];
  let y = 0;
  const write = (lines, size, weight) => {
    for (const line of lines) {
      y += size * 1.35 * unit;
      texts.push(make("text", { x: 0, y, "font-size": size * unit, "font-weight": weight, fill: "#1e2b3c", stroke: "none" }, line));
    }
  };
  write(linesOf(figure.querySelector("figcaption").textContent, 44), 16, "bold");
  const top = y + 14 * unit;
  y = top + box.height + 8 * unit;
  const notes = [...figure.querySelectorAll(".note")].map((note) => note.textContent);
  for (const note of [...notes, figure.querySelector(".tools").dataset.source]) {
    write(linesOf(note, 72), 10, "normal");
    y += 4 * unit;
  }
  const margin = 12 * unit;
  const width = box.width + 2 * margin;
  const height = y + 2 * margin;
  const whole = make("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: [-margin, -margin, width, height].join(" "),
    width: 800,
    height: Math.round((800 * height) / width),
    "font-family": "sans-serif",
  });
  copy.setAttribute("x", 0);
  copy.setAttribute("y", top);
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  copy.setAttribute("overflow", "visible");
  copy.querySelector("title").remove();
  whole.append(
    make("title", {}, figure.querySelector("figcaption").textContent.trim()),
    make("rect", { x: -margin, y: -margin, width, height, fill: "#fff" }),
    ...texts,
    copy,
  );
  return whole;
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
  const quoted = (text) => '"' + text.trim().replaceAll('"', '""') + '"';
  const rows = [...figure.querySelectorAll("table tr")].map((row) =>
    [...row.cells].map(cell).join(norwegian ? ";" : ","),
  );
  // What it is and where it is from, below the figures.
  rows.push(
    "",
    quoted(figure.querySelector("figcaption").textContent),
    ...[...figure.querySelectorAll(".note")].map((note) => quoted(note.textContent)),
    quoted(figure.querySelector(".tools").dataset.source),
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
