"use strict";
// Search and filter; without it every page can be read as it is.
(() => {
  const shown = 60;
  const form = document.getElementById("find");
  const words = document.getElementById("words");
  const found = document.getElementById("found");
  const all = document.getElementById("all");
  const results = document.getElementById("results");
  const count = document.getElementById("count");
  const pieces = window.PIECES || [];
  const status = () => form.elements.status.value;
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  for (const piece of pieces) piece.plain = plain(`${piece.title} ${piece.topic} ${piece.name} ${piece.said} ${piece.more}`);
  const say = { open: "Needs review", changed: "Changed", signed: "Signed" };

  function line(piece, wanted) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = piece.href;
    link.textContent = piece.title;
    const chip = document.createElement("span");
    chip.className = `chip ${piece.status}`;
    chip.textContent = say[piece.status];
    const text = document.createElement("p");
    const at = plain(piece.said).indexOf(wanted[0]);
    const from = Math.max(0, at - 60);
    text.textContent = (from ? "… " : "") + piece.said.slice(from, from + 200) + (piece.said.length > from + 200 ? " …" : "");
    item.append(link, " ", chip, text);
    return item;
  }

  function look() {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    found.hidden = !wanted.length;
    all.hidden = !!wanted.length;
    for (const each of document.querySelectorAll("#all .piece")) {
      each.hidden = status() !== "all" && each.dataset.status !== status();
    }
    for (const each of document.querySelectorAll("#all .topic")) {
      each.hidden = !each.querySelector(".piece:not([hidden])");
    }
    if (!wanted.length) return;
    const hits = pieces.filter((piece) => (status() === "all" || piece.status === status()) && wanted.every((word) => piece.plain.includes(word)));
    // What has the words in its title comes first.
    const rank = (piece) => (wanted.every((word) => plain(piece.title).includes(word)) ? 0 : 1);
    hits.sort((one, other) => rank(one) - rank(other));
    count.textContent = hits.length > shown ? `${hits.length} found; the first ${shown}` : `${hits.length} found`;
    results.replaceChildren(...hits.slice(0, shown).map((piece) => line(piece, wanted)));
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", look);
  results.addEventListener("click", (event) => {
    if (event.target.closest("a")) { words.value = ""; look(); }
  });
  const kept = new URLSearchParams(location.search).get("show");
  if (kept && say[kept]) { form.elements.status.value = kept; }
  look();
})();
