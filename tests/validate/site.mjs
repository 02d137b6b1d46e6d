// Uses the website of the example book as somebody would who has only a keyboard, in a real browser, and measures a page of
// every kind as somebody sees it who needs it four times as large.
//
// In:    the folder of the website, and perhaps pages of it that alone are measured; MINUTEBOOK_TOOLS, the folder with the installed modules.
// Out:   on standard output a line for each thing that was done or measured; exit 1 when one could not be.
// Never: writes a file, or lets a page reach the network.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { focusables, focused, hidden, restyled } from './measure.mjs';

const installed = createRequire(path.join(process.env.MINUTEBOOK_TOOLS ?? '', 'node_modules', 'any'));
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.pdf': 'application/pdf', '.svg': 'image/svg+xml' };
// What a careful web server says: nothing from elsewhere, no script or style within a page.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

// A page of every kind.
const KINDS = [
  'index.html',
  'search.html?q=vetting',
  'actions.html',
  'actions/9-26.html',
  'owners/dcc.html',
  'series/assurance.html',
  'series/assurance/register.html',
  'series/assurance/chair.html',
  'assurance/2026-06-30.html',
  'assurance/2026-05-26/1.0.html',
  'trackers/regional.html',
  'decisions.html',
  'papers.html',
  'people.html',
  'glossary.html',
  'data.html',
  'accessibility.html',
  'assurance/there/is/no/such/page.html',
];

const folder = path.resolve(process.argv[2] ?? '');
const failed = [];

function expect(holds, what) {
  console.log(`${holds ? 'ok   ' : 'FAULT'} ${what}`);
  if (!holds) failed.push(what);
}

function serve() {
  const server = createServer((request, response) => {
    const answer = (code, file) => {
      const bytes = readFileSync(file);
      response.writeHead(code, { 'content-type': TYPES[path.extname(file)] ?? 'text/plain', 'content-security-policy': POLICY });
      response.end(bytes);
    };
    try {
      answer(200, path.join(folder, decodeURIComponent(new URL(request.url, 'http://x').pathname)));
    } catch {
      answer(404, path.join(folder, '404.html'));
    }
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

// Presses Tab until the focus is on what is looked for.
async function tabTo(page, selector, most = 400) {
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
      return page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none');
    }
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

// Follows a link by keyboard.
async function follow(page, selector, address) {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
  await page.waitForURL(address);
}

// Opens the PDF of the page by keyboard.
async function openPdf(page) {
  await tabTo(page, '.files a[href$=".pdf"]');
  // A browser shows it, or offers to keep it.
  const asked = page.waitForRequest(/\.pdf$/);
  const opened = Promise.any([page.waitForURL(/\.pdf$/), page.waitForEvent('download')]);
  await page.keyboard.press('Enter');
  const file = path.join(folder, new URL((await asked).url()).pathname);
  await opened;
  return readFileSync(file).subarray(0, 5).toString() === '%PDF-';
}

async function walk(page, root, faults) {
  await page.goto(`${root}/index.html`);
  expect(await tabTo(page, '#q'), 'the search field is reached by keyboard, and its focus shows');
  await page.keyboard.type('9/26');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#results a');
  expect(/results? for/.test(await page.textContent('#found')), 'the search says how much it found');
  await follow(page, '#results a[href="actions/9-26.html"]', '**/actions/9-26.html');
  expect((await page.textContent('h1')) === 'Action 9/26', 'the search leads to the action');
  await follow(page, 'dd a[href*="assurance/2026-06-30.html#"]', '**/assurance/2026-06-30.html#*');
  const place = decodeURIComponent(new URL(page.url()).hash.slice(1));
  expect(await page.evaluate((id) => !!document.getElementById(id), place), 'the action leads to its place in the notes');
  await page.goto(page.url().replace(/#.*/, ''));
  expect(await openPdf(page), 'the notes lead to their PDF');
  await page.goto(`${root}/actions.html`);
  const rows = () => page.locator('#register tbody tr:visible').count();
  const all = await rows();
  await tabTo(page, '#filter-words');
  await page.keyboard.type('barn');
  await page.keyboard.press('Tab');
  expect((await rows()) < all && /shown/.test(await page.textContent('#shown')), 'the register is filtered, and says so');
  await tabTo(page, '#filters button');
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('#register tbody tr:not([hidden])').length === count, all);
  expect(true, 'the filters are taken back');
  await page.goto(`${root}/assurance/2026-05-26.html`);
  await follow(page, '#versions a[href$="/1.0.html"]', '**/assurance/2026-05-26/1.0.html');
  expect(/Superseded/.test(await page.textContent('.status')), 'the table of versions leads to the earlier version, which says what it is');
  await follow(page, '.notice a', '**/assurance/2026-05-26.html');
  expect(true, 'the earlier version leads to the newest');
  expect(faults.length === 0, `no error, and nothing against the security policy${faults.map((one) => `: ${one}`).join('')}`);
}

// The same way without a script: the search page lists what there is instead.
async function walkWithoutScript(page, root) {
  await page.goto(`${root}/index.html`);
  await tabTo(page, '#q');
  await page.keyboard.type('9/26');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search.html?q=*');
  expect((await page.locator('#everything a').count()) > 0 && !(await page.locator('#search').isVisible()), 'without script, the search page lists every document');
  await follow(page, '#everything a[href="actions.html"]', '**/actions.html');
  expect((await page.locator('#register tbody tr:visible').count()) > 0 && !(await page.locator('#filters').isVisible()), 'without script, the register is complete');
  await follow(page, '#register a[href="actions/9-26.html"]', '**/actions/9-26.html');
  await follow(page, 'dd a[href*="assurance/2026-06-30.html#"]', '**/assurance/2026-06-30.html#*');
  await page.goto(page.url().replace(/#.*/, ''));
  expect(await openPdf(page), 'without script, the register leads to the action, to the notes and to their PDF');
}

// What is wrong with a page for somebody who has only a keyboard, in one scheme of colours.
async function byKeyboard(page, address) {
  const faults = [];
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  const expected = await page.evaluate(focusables);
  const reached = [];
  for (let count = 0; count <= expected.length + 2; count += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(focused);
    if (!seen || reached.includes(seen.number)) break;
    reached.push(seen.number);
    faults.push(...seen.faults);
  }
  if (reached.join() !== expected.join()) {
    const at = expected.findIndex((one, index) => one !== reached[index]);
    faults.push(`the focus does not go through the page in its order: after ${at} of ${expected.length} places`);
  }
  await page.goto(address);
  await page.keyboard.press('Tab');
  const skips = await page.evaluate(() => {
    const { left, top } = document.activeElement.getBoundingClientRect();
    return document.activeElement.matches('.skip-link') && left >= 0 && top >= 0;
  });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => !document.activeElement.closest('header, .crumbs, .contents, .skip-link'));
  if (!skips || !inside) faults.push('the first link does not lead to the content');
  return faults;
}

// What does not fit, at the width of a telephone or of 1280 pixels at 400%, and with the spacing of text that people may set.
async function byWidth(page, address) {
  const faults = [];
  await page.goto(address);
  for (const spaced of [false, true]) {
    if (spaced) await page.evaluate(restyled);
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const found = await page.evaluate(hidden);
      faults.push(...found.map((one) => `${one} (${width} pixels${spaced ? ', with wider spacing' : ''})`));
    }
  }
  return faults;
}

async function measure(browser, root, kinds) {
  for (const kind of kinds) {
    const faults = [];
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce' });
      const found = await byKeyboard(page, `${root}/${kind}`);
      faults.push(...found.map((one) => `${one} (${colorScheme})`));
      await page.close();
    }
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    faults.push(...(await byWidth(page, `${root}/${kind}`)));
    await page.close();
    const some = [...new Set(faults)];
    expect(!some.length, `${kind}: by keyboard, at 320 and 1280 pixels${some.slice(0, 5).map((one) => `\n      ${one}`).join('')}`);
  }
}

async function main() {
  const { chromium } = installed('playwright-core');
  const server = await serve();
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: flags });
  const root = `http://127.0.0.1:${server.address().port}`;
  try {
    const some = process.argv.slice(3);
    if (some.length) {
      await measure(browser, root, some);
      return failed.length ? 1 : 0;
    }
    const faults = [];
    const page = await browser.newPage();
    page.on('console', (said) => {
      const { url } = said.location();
      // Where a browser shows a PDF itself, it asks the server for a picture to put beside the title: nobody links to that.
      if (said.type() === 'error' && !url.endsWith('/favicon.ico')) faults.push(`${said.text()} [${url}]`);
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await walk(page, root, faults);
    await page.goto(`${pathToFileURL(path.join(folder, 'search.html'))}?q=vetting`);
    await page.waitForSelector('#results a');
    expect(true, 'the search works from a folder, without any server');
    await walkWithoutScript(await (await browser.newContext({ javaScriptEnabled: false })).newPage(), root);
    await measure(browser, root, KINDS);
  } finally {
    await browser.close();
    server.close();
  }
  return failed.length ? 1 : 0;
}

main().then((code) => (process.exitCode = code), (error) => {
  console.error(error);
  process.exitCode = 2;
});
