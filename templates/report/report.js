"use strict";
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = document.getElementById("words");
  const rule = document.getElementById("rule");
  const safe = document.getElementById("safe");
  const shown = document.getElementById("shown");
  const none = document.getElementById("no-match");
  const boxes = [...form.querySelectorAll("[name=severity]")];
  const pages = [...document.querySelectorAll("section.page")].map((section) => {
    const title = section.querySelector("h2").textContent;
    const items = [...section.querySelectorAll("[data-rules]")].map((item) => ({
      item,
      text: plain(title + " " + item.textContent),
      rules: item.dataset.rules.split(" "),
    }));
    return { section, items, count: section.querySelector(".count") };
  });
  const total = pages.reduce((sum, page) => sum + page.items.length, 0);

  const filter = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let all = 0;
    for (const { section, items, count } of pages) {
      let here = 0;
      for (const { item, text, rules } of items) {
        const fits =
          (!boxes.length || severities.has(item.className)) &&
          (!rule.value || rules.includes(rule.value)) &&
          (!safe?.checked || "safe" in item.dataset) &&
          wanted.every((word) => text.includes(word));
        item.hidden = !fits;
        here += fits;
      }
      section.hidden = !here;
      count.textContent = "(" + here + ")";
      all += here;
    }
    none.hidden = all > 0;
    shown.textContent = shown.dataset.words.replace("{n}", all).replace("{all}", total);
  };

  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  };
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();
