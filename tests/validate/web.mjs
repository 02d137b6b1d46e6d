// Checks web pages as a publisher would have to: by the rules of HTML, for accessibility, and as things that stand alone.
//
// In:    arguments of tests/validate/web; MINUTEBOOK_TOOLS, the folder with the installed modules.
// Out:   on standard output a line for each page, its faults indented below it, and a summary; the exit code.
// Never: writes a file, or lets a page reach the network.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const modules = path.join(process.env.MINUTEBOOK_TOOLS ?? '', 'node_modules');
const installed = createRequire(path.join(modules, 'any'));

const CHECKER = path.join(modules, 'vnu-jar/build/dist/vnu.jar');
const BROWSER = '/usr/bin/chromium';
const BROWSER_FLAGS = [
  '--no-sandbox', // there is none in a container
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-file-access-from-files', // axe reads the style sheets that a page shares with others
  '--host-resolver-rules=MAP * ~NOTFOUND', // a page that asks for something does not get it
];

// Accessibility: WCAG 2.2 level AA is law for public bodies; the best practices catch what is lawful and still unkind.
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// 320 pixels is 1280 at a zoom of 400%, the width at which WCAG 1.4.10 allows no sideways scrolling.
const WIDE = { width: 1280, colours: 'light' };
const NARROW = { width: 320, colours: 'light' };
const DARK = { width: 1280, colours: 'dark' };

async function main(args) {
  const unknown = args.filter((arg) => arg.startsWith('-') && arg !== '--dark');
  const places = args.filter((arg) => !arg.startsWith('-'));
  if (unknown.length || !places.length) throw new Unusable('usage: tests/validate/web [--dark] FILE|FOLDER...');
  if (!existsSync(CHECKER)) throw new Unusable('run tests/validate/setup first');

  for (const place of places) if (!filesIn([place], '.html').length) throw new Unusable(`no web page in ${place}`);
  const pages = filesIn(places, '.html');
  const views = args.includes('--dark') ? [WIDE, NARROW, DARK] : [WIDE, NARROW];

  const reports = new Map([...pages, ...filesIn(places, '.css')].map((file) => [file, new Report(file)]));
  const read = pages.filter((page) => !leadsOn(page, reports));
  checkHeads(read, reports);
  const shown = read.filter((page) => !standsAnywhere(page));
  const [, undecided] = await Promise.all([checkMarkup(reports), checkInBrowser(shown, views, reports)]);

  for (const report of reports.values()) report.print();
  const faulty = [...reports.values()].filter((report) => report.faults.size).length;
  console.log(`web: ${pages.length} pages, ${faulty ? `${faulty} files with faults` : 'no faults'}`);
  for (const [rule, places] of undecided) console.log(`  for a person to judge: ${rule}, ${places} places`);
  return faulty ? 1 : 0;
}

// What was found in one file. A fault that shows in several views is told once, with the views that it shows in.
class Report {
  constructor(file) {
    this.file = file;
    this.faults = new Map();
  }

  add(fault, view = '') {
    this.faults.set(fault, (this.faults.get(fault) ?? new Set()).add(view));
  }

  print() {
    const below = path.relative('', this.file);
    console.log(`${this.faults.size ? 'FAULT' : 'ok   '} ${below.startsWith('..') ? this.file : below}`);
    for (const [fault, views] of this.faults) {
      const where = [...views].filter(Boolean).join('; ');
      console.log(`      ${fault}${where && ` [${where}]`}`);
    }
  }
}

// The arguments make no sense, or the tools are not there: not a verdict on any page.
class Unusable extends Error {}

function filesIn(places, extension) {
  const found = new Set();
  for (const place of places) {
    if (!existsSync(place)) throw new Unusable(`${place} does not exist`);
    const files = statSync(place).isDirectory()
      ? readdirSync(place, { recursive: true }).map((name) => path.join(place, name))
      : [place];
    for (const file of files) if (file.endsWith(extension)) found.add(path.resolve(file));
  }
  return [...found].sort();
}

// The Nu checker: errors, warnings and remarks are all faults here, so that none is left to be read some day.
async function checkMarkup(reports) {
  const args = ['-jar', CHECKER, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', ...reports.keys()];
  const output = await new Promise((resolve, reject) =>
    execFile('java', args, { maxBuffer: 1 << 28 }, (error, out, complaint) =>
      error ? reject(new Error(`the Nu checker failed: ${complaint || error.message}`)) : resolve(out)),
  );
  for (const { url, lastLine, message } of JSON.parse(output).messages) {
    const file = url && fileURLToPath(new URL(url));
    if (!reports.has(file)) throw new Error(`the Nu checker failed: ${message}`);
    reports.get(file).add(`html: ${lastLine ? `line ${lastLine}: ` : ''}${message}`);
  }
}

// Whether a page leads on to another by itself: a browser shows nothing of it. What it leads to must be there.
function leadsOn(page, reports) {
  const target = /<meta http-equiv="refresh" content="0; url=([^"]+)">/.exec(readFileSync(page, 'utf8'))?.[1];
  if (!target) return false;
  if (!existsSync(path.join(path.dirname(page), target))) reports.get(page).add(`leads on to a file that is not there: ${target}`);
  return true;
}

// Whether a page begins its addresses at the root of a server, as one must that is shown for any address: tests/validate/site
// serves it.
function standsAnywhere(page) {
  return path.basename(page) === '404.html' && / href="\/[^"]*style\.css"/.test(readFileSync(page, 'utf8'));
}

// What machines read of a page: JSON-LD that can be read, and on a website a title that no other page has.
function checkHeads(pages, reports) {
  const titles = new Map();
  for (const page of pages) {
    const text = readFileSync(page, 'utf8');
    for (const [, json] of text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      const fault = faultOfData(json);
      if (fault) reports.get(page).add(`JSON-LD: ${fault}`);
    }
    const site = siteOf(page);
    if (!site) continue;
    const title = `${site}: ${/<title>(.*?)<\/title>/s.exec(text)?.[1]}`;
    if (titles.has(title)) reports.get(page).add(`has the title of ${path.relative(site, titles.get(title))}`);
    titles.set(title, page);
    if (!/<meta name="(description" content="[^"]|robots" content="noindex)/.test(text)) reports.get(page).add('has no description');
  }
}

function faultOfData(json) {
  try {
    const data = JSON.parse(json);
    if (data['@context'] !== 'https://schema.org') return 'is not of schema.org';
    return data['@type'] ? '' : 'has no type';
  } catch (error) {
    return error.message;
  }
}

// The folder of the website that a page belongs to.
function siteOf(page) {
  for (let folder = path.dirname(page); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.minutebook-site.json'))) return folder;
  }
  return '';
}

// Every page in every view, some pages side by side in one browser; then the links between them.
// Returns what the accessibility rules could not decide: rule and number of places.
async function checkInBrowser(pages, views, reports) {
  const { chromium } = installed('playwright-core');
  const axe = readFileSync(installed.resolve('axe-core/axe.min.js'), 'utf8');
  const browser = await chromium.launch({ executablePath: BROWSER, headless: true, args: BROWSER_FLAGS });
  const targets = new Map();
  const undecided = new Map();
  const queue = [...pages];
  const work = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const seen = await checkPage(browser, axe, file, views, reports.get(file));
      targets.set(file, seen.targets);
      for (const [rule, places] of seen.undecided) undecided.set(rule, (undecided.get(rule) ?? 0) + places);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(pages.length, availableParallelism()) }, work));
  } finally {
    await browser.close();
  }
  for (const [file, { links }] of targets) checkLinks(links, targets, reports.get(file));
  return undecided;
}

async function checkPage(browser, axe, file, views, report) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('console', (said) => said.type() === 'error' && report.add(`console: ${said.text()}`));
  page.on('pageerror', (error) => report.add(`script: ${error.message}`));
  page.on('request', (request) => isLocal(request.url()) || report.add(`asks the network for ${request.url()}`));
  page.on('requestfailed', (request) => isLocal(request.url()) && report.add(`cannot load ${request.url()}`));

  const undecided = [];
  for (const [index, view] of views.entries()) {
    const name = `${view.width} pixels, ${view.colours}`;
    await page.setViewportSize({ width: view.width, height: 900 });
    await page.emulateMedia({ colorScheme: view.colours });
    if (index === 0) {
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(axe); // not a script element, which the page's own security policy would refuse
    }
    await page.evaluate(settled);
    if (await page.evaluate(scrollsSideways)) report.add('scrolls sideways', name);
    const { violations, incomplete } = await page.evaluate(accessibility, RULES);
    for (const { id, impact, help, nodes } of violations) {
      const more = nodes.length > 1 ? ` and ${nodes.length - 1} more` : '';
      report.add(`accessibility: ${id} (${impact}): ${help}: ${nodes[0].target.join(' ')}${more}`, name);
    }
    for (const { id, nodes } of incomplete) undecided.push([id, nodes.length]);
  }
  const targets = await page.evaluate(targetsOf);
  for (const url of targets.remote) report.add(`asks the network for ${url}`);
  await context.close();
  return { targets, undecided };
}

function isLocal(url) {
  return /^(file|data|blob|about):/.test(url);
}

// A link to a file must lead to one; a link to a place in a page that is checked here must lead to that place.
function checkLinks(links, targets, report) {
  for (const link of links) {
    const url = new URL(link);
    const file = fileURLToPath(new URL(url.pathname, 'file://'));
    const place = decodeURIComponent(url.hash.slice(1));
    if (!existsSync(file)) report.add(`link to a file that is not there: ${path.relative(path.dirname(report.file), file)}`);
    else if (place && place !== 'top' && targets.get(file)?.ids.includes(place) === false) {
      report.add(`link to a place that is not there: ${path.relative(path.dirname(report.file), file)}#${place}`);
    }
  }
}

// The functions below run inside the page.

async function settled() {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

function scrollsSideways() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth;
}

async function accessibility(rules) {
  const summary = ({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(({ target }) => ({ target })) });
  const options = { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations', 'incomplete'] };
  const { violations, incomplete } = await globalThis.axe.run(document, options);
  return { violations: violations.map(summary), incomplete: incomplete.map(summary) };
}

// Where the page leads: its links to files, the places in it, and what a browser would fetch later or ahead of time.
function targetsOf() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const fetched = 'link:not([rel~=canonical i], [rel~=alternate i], [rel~=license i], [rel~=author i], [rel~=next i], [rel~=prev i])';
  const urls = [...all(fetched).map((e) => e.href), ...all('[src]').map((e) => e.src)];
  return {
    links: [...new Set(all('a[href], area[href]').map((e) => e.href))].filter((url) => url.startsWith('file:')),
    ids: all('[id]').map((e) => e.id),
    remote: urls.filter((url) => /^(https?|wss?|ftp):/.test(url)),
  };
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error) => {
    console.error(error instanceof Unusable ? `web: ${error.message}` : error);
    process.exitCode = 2;
  },
);
