CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  key_prefix INTEGER NOT NULL,
  key BLOB NOT NULL,
  delete_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  header BLOB NOT NULL,
  data BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX entry_key_prefix ON entry (key_prefix);
