"use strict";
(() => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const few = 1000; // rows beyond which each answer goes back to the first ones

  for (const box of document.querySelectorAll(".table")) {
    const table = box.querySelector("table");
    if (!table) continue;
    const body = table.tBodies[0];
    const first = body.rows.length;
    const rest = table.tBodies[1];
    const rows = [...body.rows, ...(rest ? rest.rows : [])];
    rest?.remove();
    const search = box.querySelector("input");
    const count = box.querySelector(".count");
    const none = box.querySelector(".no-match");
    const more = box.querySelector(".more");
    let order = rows;
    let texts = null;
    let most = first;

    const read = () => {
      texts ??= new Map(rows.map((row) => [row, plain(row.textContent)]));
    };
    const show = () => {
      const wanted = search ? plain(search.value).split(/\s+/).filter(Boolean) : [];
      let found = order;
      if (wanted.length) {
        read();
        found = order.filter((row) => wanted.every((word) => texts.get(row).includes(word)));
      }
      const shown = found.length > most ? found.slice(0, most) : found;
      const before = body.rows.length; // what stands there already is not laid out again
      if (before && before < shown.length && shown[before - 1] === body.rows[before - 1]
          && shown[0] === body.rows[0]) body.append(...shown.slice(before));
      else body.replaceChildren(...shown);
      none.hidden = found.length > 0;
      if (more) more.hidden = shown.length === found.length;
      if (count) {
        const all = wanted.length ? found.length : shown.length;
        count.textContent = count.hidden || all === rows.length ? "" : box.dataset.shown
          .replace("{n}", numbers.format(all)).replace("{all}", numbers.format(rows.length));
      }
    };

    const sort = (column, numeric, down) => {
      const keys = new Map(rows.map((row) => {
        const cell = row.cells[column];
        if (cell.classList.contains("none")) return [row, null];
        const key = cell.dataset.v ?? cell.textContent;
        return [row, numeric ? Number(key) : key];
      }));
      const dated = !numeric && rows.some((row) => row.cells[column].dataset.v);
      const compare = numeric ? (a, b) => a - b
        : dated ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : words.compare;
      order = [...rows].sort((a, b) => {
        const [one, other] = [keys.get(a), keys.get(b)];
        if (one === null || other === null) return (one === null) - (other === null);
        return down ? compare(other, one) : compare(one, other);
      });
      show();
    };

    const heads = [...table.tHead.rows[0].cells];
    if (rows.length > 2) {
      heads.forEach((head, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const numeric = "numeric" in head.dataset;
          const now = head.getAttribute("aria-sort");
          const down = now ? now === "ascending" : numeric;
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", down ? "descending" : "ascending");
          compact();
          sort(column, numeric, down);
        });
      });
    }
    if (search) {
      search.closest(".tools").hidden = false;
      globalThis.requestIdleCallback?.(read);
      let waiting;
      search.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          compact();
          show();
        }, 60);
      });
    }
    let growing;
    const compact = () => { // many rows at once would keep the next answer waiting
      clearTimeout(growing);
      if (rows.length > few) most = first;
    };
    const grow = (by, end, before) => { // in turns, so that the page stays alive
      most += by;
      show();
      if (!more.hidden && most < end) growing = setTimeout(grow, 0, by, end, before);
      else if (more.hidden && more.contains(document.activeElement)) {
        body.rows[before].tabIndex = -1; // the button that had the focus is gone
        body.rows[before].focus({ preventScroll: true });
      }
    };
    more?.addEventListener("click", ({ target }) => {
      if (!target.dataset.step) return;
      clearTimeout(growing);
      if (target.dataset.step === "all") { // columns stay as wide: else each row would be measured
        for (const head of heads) head.style.width = `${head.offsetWidth}px`;
        table.style.width = `${table.offsetWidth}px`;
        table.style.tableLayout = "fixed";
        grow(400, rows.length, body.rows.length);
      } else grow(200, 0, body.rows.length);
    });
    if (more || count) show();
    const scroll = box.querySelector(".scroll");
    new ResizeObserver(() => {
      if (scroll.scrollWidth > scroll.clientWidth) scroll.tabIndex = 0;
      else scroll.removeAttribute("tabindex");
    }).observe(scroll);
  }

  const unfold = () => { // what a link of the contents leads to
    const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = wanted?.closest("details");
    if (!fold) return;
    fold.open = true;
    wanted.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
