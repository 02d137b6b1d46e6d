// What tests/validate/site measures of a page. Each function runs inside the page, and sees nothing but it.

// The numbers of the things that the keyboard must reach, in the order of the page. Numbers them first.
export function focusables() {
  const wanted = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const scrolls = (element) => element.scrollWidth > element.clientWidth && /auto|scroll/.test(getComputedStyle(element).overflowX);
  const upright = (element) => element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY);
  const all = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility({ visibilityProperty: true }));
  // A browser lets the keyboard scroll what scrolls and holds nothing else that can have the focus.
  const alone = (element) => (scrolls(element) || upright(element)) && !element.querySelector(wanted);
  const found = all.filter((element) => (element.matches(wanted) && element.tabIndex >= 0 && !element.disabled) || alone(element));
  all.forEach((element, number) => (element.dataset.number = number));
  return found.map((element) => element.dataset.number);
}

// What has the focus: its number, and whether somebody can see that.
export function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const faults = [];
  const name = `${element.localName} “${(element.textContent.trim() || element.id).slice(0, 30)}”`;
  const style = getComputedStyle(element);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) faults.push(`the focus does not show on ${name}`);
  const { left, right, top, bottom } = element.getBoundingClientRect();
  if (right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight) faults.push(`the focus is out of sight on ${name}`);
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = parts(style.backgroundColor);
  if (ground.length === 3 || ground[3] > 0) {
    const [one, other] = [light(style.color), light(style.backgroundColor)];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) faults.push(`the words of ${name} cannot be read while it has the focus (${contrast.toFixed(1)} to 1)`);
  }
  return { number: element.dataset.number, faults };
}

// What is cut off, or makes the page scroll sideways.
export function hidden() {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push('the page scrolls sideways');
  const apart = (element) => element.closest('.sr-only, .skip-link, thead, svg, script, style, head');
  const scrolls = (element) => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  for (const element of document.body.querySelectorAll('*')) {
    if (apart(element) || !element.checkVisibility() || scrolls(element)) continue;
    const { left, right, width } = element.getBoundingClientRect();
    const name = `${element.localName} “${element.textContent.trim().slice(0, 30)}”`;
    if (width && (left < -1 || right > clientWidth + 1)) found.push(`${name} reaches out of the page`);
    const cut = getComputedStyle(element).overflow === 'hidden' && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    if (cut && element.localName !== 'option') found.push(`${name} is cut off`);
  }
  return [...new Set(found)];
}

// The spacing of text that people may set (WCAG 2.2, 1.4.12).
export function restyled() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }');
  document.adoptedStyleSheets = [sheet];
}
