-- A file as schema version 1 wrote it. Never edited: what was written once has to open for ever.
PRAGMA user_version=1;
CREATE TABLE documents (collection TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, stamp INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (collection, id)) WITHOUT ROWID;
CREATE INDEX documents_by_stamp ON documents (collection, stamp);
CREATE INDEX documents_by_title ON documents (collection, title);
INSERT INTO documents VALUES ('progress', 'nova:show' || char(10) || 's1e2', 'nova:show', 1772366400000000, '{"contentId": "nova:show", "episodeId": "s1e2", "position": 61.5, "duration": 1440.0, "updatedAt": "2026-03-01T12:00:00Z", "finished": false, "deviceId": "here", "fromANewerVersion": "kept"}');
INSERT INTO documents VALUES ('content', 'nova:show', 'nova:show', 0, '{"contentId": "nova:show", "json": "{\"title\": \"Ä\"}"}');
INSERT INTO documents VALUES ('aside', 'nova:film', 'nova:film', 1772366400000000, '{"contentId": "nova:film", "updatedAt": "2026-03-01T12:00:00+00:00"}');
