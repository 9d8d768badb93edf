import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CancelSignal } from '../base/cancel.ts';
import { ProblemError, problem } from '../base/problem.ts';

/** A part of a repository to fetch. */
export interface CloneWish {
  /** The user's git: a name that the system finds, or a path. */
  readonly git: string;
  readonly url: string;
  /** Branch or tag; the repository's own default where empty. */
  readonly revision: string;
  /** Folder to make. It must not hold anything yet. */
  readonly folder: string;
  /** What to check out, as patterns of `info/sparse-checkout`. */
  readonly patterns: readonly string[];
}

/** How far git is: what it says it is doing, and 0 to 100 of that. */
export type GitProgress = (doing: string, percent: number) => void;

/** Milliseconds between two looks at the cancel signal. */
const CANCEL_POLL = 50;
/** Characters of git's own words that a message repeats. */
const SAID = 600;
/** Ways to a repository that git may take; others (`ext::`) would run programs. */
const PROTOCOLS = 'https:http:ssh:git:file';

/**
 * Fetches a part of a repository with the user's git: the last commit alone (`--depth 1`), without the files that are not
 * wanted where the server can leave them out (`--filter=blob:none`), checked out sparsely. What was made is taken away again
 * where it fails or is cancelled. Rejects with `folder-not-empty`, `git-failed`, `cancelled`.
 */
export async function cloneSparsely(wish: CloneWish, cancel: CancelSignal, progress: GitProgress): Promise<void> {
  const { folder, url, revision, patterns } = wish;
  const was = existsSync(folder);
  if (was && readdirSync(folder).length > 0) {
    throw new ProblemError(problem('folder-not-empty', { path: folder }));
  }
  await mkdir(path.dirname(folder), { recursive: true });
  const branch = revision === '' ? [] : ['--branch', revision];
  const clone = ['clone', '--progress', '--depth', '1', '--filter=blob:none', '--no-checkout', '--single-branch'];
  try {
    await git(wish, path.dirname(folder), [...clone, ...branch, '--', url, folder], cancel, progress);
    // As every git since 1.7 takes it; `git sparse-checkout` came later and changed its defaults.
    await git(wish, folder, ['config', 'core.sparseCheckout', 'true'], cancel, progress);
    await git(wish, folder, ['config', 'core.sparseCheckoutCone', 'false'], cancel, progress);
    await mkdir(path.join(folder, '.git', 'info'), { recursive: true });
    await writeFile(path.join(folder, '.git', 'info', 'sparse-checkout'), `${patterns.join('\n')}\n`);
    await git(wish, folder, ['checkout', '--progress', '--detach', 'HEAD'], cancel, progress);
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    if (was) {
      await mkdir(folder, { recursive: true });
    }
    throw error;
  }
}

/** Git asks nothing on a terminal that nobody sees, and reads no other repository's surroundings. */
function surroundings(): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  return { ...env, GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: PROTOCOLS, LC_ALL: 'C' };
}

function git(
  wish: CloneWish,
  cwd: string,
  words: readonly string[],
  cancel: CancelSignal,
  progress: GitProgress,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // Its own process group: git's helpers end with it.
    const own = process.platform !== 'win32';
    const child = spawn(wish.git, words, {
      cwd,
      env: surroundings(),
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: own,
      windowsHide: true,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4 * SAID);
      const step = stepOf(said);
      if (step !== undefined) {
        progress(step.doing, step.percent);
      }
    });
    const poll = setInterval(() => cancel.cancelled && end(child.pid, own), CANCEL_POLL);
    child.once('error', (error) => {
      clearInterval(poll);
      reject(new ProblemError(problem('git-failed', { command: wish.git, reason: error.message })));
    });
    child.once('close', (code) => {
      clearInterval(poll);
      const failed = problem('git-failed', {
        command: `git ${words[0] ?? ''} ${wish.url}`,
        reason: reasonIn(said, code),
      });
      if (cancel.cancelled) {
        reject(new ProblemError(problem('cancelled', {})));
      } else if (code === 0) {
        resolve();
      } else {
        reject(new ProblemError(failed));
      }
    });
  });
}

function end(pid: number | undefined, group: boolean): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(group ? -pid : pid);
  } catch {
    // It has ended by itself.
  }
}

/** The last step that git told: `Receiving objects:  45% (9/20)`. */
export function stepOf(said: string): { readonly doing: string; readonly percent: number } | undefined {
  const steps = [...said.matchAll(/(?:^|[\r\n])(?:remote: )?([A-Z][A-Za-z ]+): +(\d{1,3})%/g)];
  const [, doing, percent] = steps.at(-1) ?? [];
  return doing === undefined ? undefined : { doing, percent: Number(percent) };
}

/** The lines in which git says what is wrong; its last words where there are none. */
function reasonIn(said: string, code: number | null): string {
  const lines = said.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const wrong = lines.filter((line) => /^(?:fatal|error|warning|ssh):/.test(line) && !line.includes('filtering not'));
  const told = (wrong.length > 0 ? wrong : lines.slice(-2)).join(' ');
  return told === '' ? `exit ${code ?? 'by a signal'}` : told.slice(0, SAID);
}
