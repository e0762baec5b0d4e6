/** Buttons that copy or print what a page shows only once. Without a script they are not there, and the browser's own menus do it. */
for (const button of document.querySelectorAll('[data-copies]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const { innerText, dataset } = document.getElementById(button.dataset.copies);
    await navigator.clipboard.writeText(dataset.plain ?? innerText.trim());
    const status = document.querySelector('[data-copied]');
    status.textContent = status.dataset.copied;
  });
}

for (const button of document.querySelectorAll('[data-prints]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
