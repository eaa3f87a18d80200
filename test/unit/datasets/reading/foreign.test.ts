import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../../../src/protocol/errors';
import { isOtherText } from '../../../../src/engine/datasets/reading/foreign';
import { read } from './tables';

function refused(source: string | Uint8Array): LabError {
  try {
    read(source, { path: '/data/table.csv' });
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}

describe('a file that is no table, whatever its ending', () => {
  const zip = (name: string) =>
    Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from(name)]);
  it.each<[string, string | Uint8Array]>([
    ['gzip', gzipSync('a,b\n1,2\n')],
    ['zip archive', zip('table.csv')],
    ['Excel', zip('xl/workbook.xml')],
    ['old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['Parquet', Buffer.from('PAR1\x15\x00\x15')],
    ['SQLite', Buffer.from('SQLite format 3\0')],
    ['PDF', Buffer.from('%PDF-1.7\n')],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['JSON', '[{"a": 1, "b": 2},\n {"a": 3, "b": 4}]\n'],
    ['JSON', '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n'],
    ['JSON', '{\n  "rows": [1, 2]\n}\n'],
    ['HTML', '<!DOCTYPE html>\n<html><body>Not found</body></html>\n'],
    ['HTML', '  <html>\n'],
    ['XML', '<?xml version="1.0"?>\n<a/>\n'],
    ['Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n'],
    ['SQL', '-- Dump 10.13\nDROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` (\n  `a` int\n);\n'],
    ['SQL', "INSERT INTO t VALUES (1,'a');\nINSERT INTO t VALUES (2,'b');\n"],
    ['LIBSVM', '1 1:0.5 3:2\n-1 2:0.25 7:1e-3\n+1 1:1\n-1 3:4 # last\n'],
    ['key=value', 't=1 level=info msg="a b"\nt=2 level=warn msg=c\nt=3 level=info msg=d\n'],
    ['SPSS', Buffer.from('$FL2@(#) SPSS')],
    ['ARFF', '% a comment\n@relation iris\n@attribute a numeric\n@data\n1,2\n'],
  ])('is named as %s, with what to do', (name, source) => {
    const error = refused(source);
    expect(error.code).toBe('dataset');
    expect(error.message).toContain(name);
    expect(error.advice).not.toBe('');
    expect(error.place).toMatchObject({ path: '/data/table.csv' });
  });

  it('SQL behind comments of all kinds', () => {
    const comments = '-- a\n\n# b\n/*! c */;\n/* d\n e */ /**/';
    expect(refused(`${comments}\nINSERT INTO t VALUES (1);\n`).message).toContain('SQL');
    expect(read(`${comments}\na,b\n1,2\n3,4\n`).rows).toBeGreaterThan(1);
  });

  it('comments without end before no SQL are passed over once', () => {
    for (const comment of ['/**/', '/* a */\n', '/* a */;', '--\n', '#\n']) {
      expect(isOtherText(Buffer.from(`${comment.repeat(1000)}x,y\n1,2\n`)), comment).toBe(false);
    }
    expect(isOtherText(Buffer.from(`/*${'*'.repeat(5000)}`))).toBe(false);
  });

  it('but a table that holds such things is one', () => {
    expect(read('html,n\n<html>,1\n<b>,2\n').rows).toBe(2);
    expect(read('doc;n\n{"a": 1};1\n{"a": 2};2\n{"a": 3};3\n').rows).toBe(3);
    expect(read('use,set\n1,2\n3,4\n').rows).toBe(2);
    expect(read('Set list\ncreate,insert\n1,2\n3,4\n5,6\n').rows).toBe(3);
    expect(read('1 12:30 a\n2 12:45 b\n3 13:00 c\n').rows).toBe(3);
    expect(read('[1],n\n[2],2\n[3],3\n').rows).toBeGreaterThan(1);
  });
});

describe('signs that are no text', () => {
  const table = `a,b,c\n${'1.5,2,x\n'.repeat(40)}`;

  it('are read as blanks where they are few, and told with their line', () => {
    const found = read(Buffer.from(`${table}1.5,\0\0,y\n${table.slice(6)}`));
    expect(found.rows).toBe(81);
    expect(found.isMissing(40, 1)).toBe(true);
    expect(found.issues).toMatchObject([
      { code: 'zero-bytes', line: 42, message: '2 zero bytes are read as blanks, the first in line 42.' },
    ]);
  });

  it('end a text of DOS, and make no row', () => {
    expect(read(Buffer.from(`${table}\x1a`))).toMatchObject({ rows: 40, issues: [] });
  });
});
