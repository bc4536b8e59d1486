// "12 s ago" goes on counting. The exact moment is in the title.
const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];

function lengthOf(seconds) {
  if (seconds < 1) return '0 s';
  const first = units.findIndex(([size]) => seconds >= size);
  const [size, name] = units[first];
  const whole = Math.floor(seconds / size);
  const next = units[first + 1];
  if (!next) return `${whole} ${name}`;
  return `${whole} ${name} ${Math.floor((seconds % size) / next[0])} ${next[1]}`;
}

export function showTimes(root = document) {
  const now = Date.now();
  for (const time of root.querySelectorAll('time[data-relative]')) {
    const seconds = (now - Date.parse(time.dateTime)) / 1000;
    const text = seconds >= 0 ? time.dataset.passed ?? `${lengthOf(seconds)} ago` : `in ${lengthOf(-seconds)}`;
    if (time.textContent !== text) time.textContent = text;
  }
}

export function keepTimes() {
  showTimes();
  setInterval(() => showTimes(), 1000);
}
