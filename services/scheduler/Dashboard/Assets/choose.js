// In the inbox: how many are ticked, and one box for all.
export function countChosen() {
  const form = document.getElementById('bulk');
  if (!form) return;
  const boxes = [...form.querySelectorAll('input[name="subject"]')];
  const text = document.getElementById('chosen');
  const head = form.querySelector('th.tick');
  const all = document.createElement('input');
  all.type = 'checkbox';
  all.setAttribute('aria-label', 'Tick all on this page');
  head.replaceChildren(all);

  const show = () => {
    const count = boxes.filter(box => box.checked).length;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    text.textContent = count === 0 ? '' : `${count} ticked`;
  };
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener('change', show);
  show();
}
