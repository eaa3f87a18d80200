// @ts-check
/**
 * Runs a program for as long as our starter lives: `node leashed.mjs PROGRAM ARGUMENTS…`. When standard input
 * ends, because the starter closed it or was killed, the whole process group of this process ends with it.
 */
import { spawn } from 'node:child_process';

const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
child.on('close', (code) => process.exit(code ?? 1));

process.stdin.resume();
process.stdin.on('close', () => {
  child.kill('SIGTERM');
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
});
