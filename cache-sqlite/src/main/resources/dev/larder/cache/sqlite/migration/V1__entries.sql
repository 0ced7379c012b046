-- One row for each entry. The small columns come first, so that reading them never follows a chain of overflow pages.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  -- The first 8 bytes of the key, by which it is looked up; the whole key is compared with what was read.
  key_prefix INTEGER NOT NULL,
  -- A hash of the other 24 bytes, which tells apart keys that begin alike.
  key_rest INTEGER NOT NULL,
  key BLOB NOT NULL,
  -- Milliseconds since 1970, rounded up; the exact instant is in the header.
  delete_at INTEGER NOT NULL,
  -- A logical clock that strictly increases, near the microseconds since 1970.
  used_at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  -- How many rows of tag belong to this one.
  tagged INTEGER NOT NULL,
  header BLOB NOT NULL,
  data BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX entry_key ON entry (key_prefix, key_rest);
CREATE INDEX entry_delete_at ON entry (delete_at);
CREATE INDEX entry_used_at ON entry (used_at);

CREATE TABLE tag (
  name BLOB NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (name, entry_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_entry_id ON tag (entry_id);

-- One row: what the bounds are compared with, so that nothing is ever counted by reading the table.
CREATE TABLE totals (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  entries INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;

INSERT INTO totals (id, entries, bytes) VALUES (1, 0, 0);

CREATE TRIGGER entry_inserted AFTER INSERT ON entry BEGIN
  UPDATE totals SET entries = entries + 1, bytes = bytes + new.size WHERE id = 1;
END;

CREATE TRIGGER entry_deleted AFTER DELETE ON entry BEGIN
  UPDATE totals SET entries = entries - 1, bytes = bytes - old.size WHERE id = 1;
END;

CREATE TRIGGER entry_resized AFTER UPDATE OF size ON entry WHEN new.size <> old.size BEGIN
  UPDATE totals SET bytes = bytes + new.size - old.size WHERE id = 1;
END;

-- An entry without tags, and a change of recency, never come near the tags.
CREATE TRIGGER tags_deleted AFTER DELETE ON entry WHEN old.tagged > 0 BEGIN
  DELETE FROM tag WHERE entry_id = old.id;
END;

CREATE TRIGGER tags_replaced AFTER UPDATE OF data ON entry WHEN old.tagged > 0 BEGIN
  DELETE FROM tag WHERE entry_id = old.id;
END;
