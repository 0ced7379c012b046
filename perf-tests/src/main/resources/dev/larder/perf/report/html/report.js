'use strict';
(function () {
  const root = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  // Colours: as the system says, until the reader says otherwise.
  const theme = document.getElementById('theme');
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });

  // Stores: each can be hidden, in charts and in tables.
  all('.chip').forEach((chip) => {
    chip.disabled = false;
    chip.addEventListener('click', () => {
      const hidden = root.classList.toggle('off-' + chip.dataset.key);
      chip.setAttribute('aria-pressed', String(!hidden));
    });
  });

  // Scenarios: all of them, or one.
  const pick = document.getElementById('scenario');
  if (pick) {
    pick.parentNode.hidden = false;
    pick.addEventListener('change', () => {
      all('main [data-scenario]').forEach((part) => {
        part.hidden = pick.value !== '' && part.dataset.scenario !== pick.value;
      });
    });
  }

  // Tables: sorted by a column, those without a figure there last; figures begin with the largest.
  all('table[data-sortable]').forEach((table) => {
    const heads = all('thead th', table);
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const first = head.classList.contains('n') ? 'descending' : 'ascending';
        const second = first === 'ascending' ? 'descending' : 'ascending';
        const order = head.getAttribute('aria-sort') === first ? second : first;
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', order);
        sort(table.tBodies[0], column, order === 'ascending' ? 1 : -1);
      });
    });
  });

  function sort(body, column, sign) {
    const rows = Array.from(body.rows).map((row) => {
      const cell = row.cells[column];
      return { row: row, text: cell.textContent, figure: cell.dataset.v === undefined ? null : Number(cell.dataset.v) };
    });
    rows.sort((a, b) => {
      if (a.figure !== null && b.figure !== null) {
        return sign * (a.figure - b.figure);
      }
      if (a.figure !== null || b.figure !== null) {
        return a.figure !== null ? -1 : 1;
      }
      return sign * a.text.localeCompare(b.text, 'en', { numeric: true });
    });
    body.append(...rows.map((entry) => entry.row));
  }

  // Tips: at once, where a browser would wait, and where one points by touch.
  const tip = document.createElement('div');
  tip.id = 'tip';
  tip.hidden = true;
  tip.setAttribute('aria-hidden', 'true');
  document.body.append(tip);
  document.addEventListener('pointermove', show);
  document.addEventListener('pointerdown', show);
  document.addEventListener('scroll', () => { tip.hidden = true; }, { passive: true, capture: true });

  function show(event) {
    const holder = event.target.closest ? event.target.closest('.tip') : null;
    if (!holder) {
      tip.hidden = true;
      return;
    }
    const title = holder.querySelector(':scope > title');
    if (title) {
      // Or the browser would show it, too.
      holder.dataset.tip = title.textContent;
      title.remove();
    }
    tip.textContent = holder.dataset.tip;
    tip.hidden = false;
    const x = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
    const below = event.clientY + 18;
    const y = below + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 12 : below;
    tip.style.transform = 'translate(' + Math.max(6, x) + 'px,' + Math.max(6, y) + 'px)';
  }
})();
