import { driverInJapanese } from './driver-words.ts';

/** What the readers of files say of a fault, in Japanese; what is not here is a driver's, a name or a code. */
const inJapanese: Readonly<Record<string, string>> = {
  'it is a directory': 'ディレクトリです',
  'it is no regular file': '通常のファイルではありません',
  'it holds bytes that no text has': 'テキストにないバイトが含まれています',
  'it is packed twice': '二重に圧縮されています',
  'it ends in the middle': '途中で切れています',
  'its first record does not end': '最初のレコードの終わりが見つかりません',
  'the packed data ends in the middle': '圧縮データが途中で切れています',
  'the archive ends in the middle': 'アーカイブが途中で切れています',
  'it has no list of objects': 'オブジェクトの配列がありません',
  'it has more than one list of objects': 'オブジェクトの配列が複数あります',
  'it is encrypted': '暗号化されています',
  'its XML is not UTF-8': 'XML が UTF-8 ではありません',
  'too many cells': 'セルの数が多すぎます',
  'a quote in the header is not closed': '見出しの引用符が閉じていません',
  'a stray quote in the header': '見出しに余分な引用符があります',
  'a record of more than 16 MiB': '16 MiB を超えるレコードがあります',
  'a line of more than 16 MiB': '16 MiB を超える行があります',
  'it unpacks to more than 8 GiB': '展開すると 8 GiB を超えます',
  'it unpacks to more than 500 times its size': '展開すると元の 500 倍を超えます',
  'quotes that are never closed, again and again': '閉じていない引用符が繰り返し現れます',
  'a PDF': 'PDF です',
  'an image (PNG)': '画像（PNG）です',
  'an image (JPEG)': '画像（JPEG）です',
  'an image (GIF)': '画像（GIF）です',
  'a program (ELF)': '実行ファイル（ELF）です',
  'a program (Windows)': '実行ファイル（Windows）です',
  'an old Excel file (.xls) or an encrypted one: save it as .xlsx or CSV':
    '古い形式（.xls）または暗号化された Excel ファイルです。.xlsx か CSV で保存し直してください',
  'an SQLite database: name it as a database, not as a file':
    'SQLite データベースです。ファイルではなくデータベースとして指定してください',
  'packed with Zstandard: unpack it first': 'Zstandard で圧縮されています。先に展開してください',
  'packed with xz: unpack it first': 'xz で圧縮されています。先に展開してください',
  'packed with bzip2: unpack it first': 'bzip2 で圧縮されています。先に展開してください',
  'packed with 7-Zip: unpack it first': '7-Zip で圧縮されています。先に展開してください',
  'packed with RAR: unpack it first': 'RAR で圧縮されています。先に展開してください',
  'a tar archive: unpack it first': 'tar アーカイブです。先に展開してください',
  'XML: export the records as CSV or JSON': 'XML です。レコードを CSV か JSON でエクスポートしてください',
  'a web page (HTML), perhaps the login page of the service it was fetched from':
    'Web ページ（HTML）です。取得元サービスのログイン画面の可能性があります',
};

export const faultInJapanese = (says: string): string => inJapanese[says] ?? driverInJapanese(says);
