-- What must hold of the loaded data. Each query finds what breaks its rule, and should find nothing.

-- accounted for: Every item is a story or a reject, and not both.
SELECT source, item_id
FROM items
LEFT JOIN (SELECT source, item_id, count(*) AS times FROM (
    SELECT source, item_id FROM stories UNION ALL SELECT source, item_id FROM rejects WHERE stage = 'normalize'
) GROUP BY ALL) USING (source, item_id)
WHERE times IS DISTINCT FROM 1;

-- counts add up: For every run of a stage, read = written + known + rejected.
SELECT source, day, stage, started_at FROM runs WHERE read <> written + known + rejected;

-- rejects counted: Runs have counted every reject.
SELECT source, day, stage, count(*) AS there, counted
FROM rejects
LEFT JOIN (SELECT source, day, stage, sum(rejected) AS counted FROM runs GROUP BY ALL) USING (source, day, stage)
GROUP BY ALL
HAVING counted IS NULL OR count(*) > counted;

-- items are their bytes: An item is named by the SHA-256 of its body.
SELECT source, item_id FROM items WHERE sha256(body) <> item_id;

-- mentions verbatim: mentions.text is the stretch of stories.text that it points at.
SELECT f.source, f.item_id, f.start_char, f.text
FROM mentions f JOIN stories USING (source, item_id)
WHERE f.start_char IS NOT NULL AND stories.text[f.start_char + 1 : f.end_char] IS DISTINCT FROM f.text;

-- dates verbatim: dates.text is the stretch of stories.text that it points at.
SELECT f.source, f.item_id, f.start_char, f.text
FROM dates f JOIN stories USING (source, item_id)
WHERE f.start_char IS NOT NULL AND stories.text[f.start_char + 1 : f.end_char] IS DISTINCT FROM f.text;

-- events verbatim: events.text is the stretch of stories.text that it points at.
SELECT f.source, f.item_id, f.start_char, f.text
FROM events f JOIN stories USING (source, item_id)
WHERE f.start_char IS NOT NULL AND stories.text[f.start_char + 1 : f.end_char] IS DISTINCT FROM f.text;

-- participants verbatim: participants.text is the stretch of stories.text that it points at.
SELECT f.source, f.item_id, f.start_char, f.text
FROM participants f JOIN stories USING (source, item_id)
WHERE f.start_char IS NOT NULL AND stories.text[f.start_char + 1 : f.end_char] IS DISTINCT FROM f.text;

-- quantities verbatim: quantities.text is the stretch of stories.text that it points at.
SELECT f.source, f.item_id, f.start_char, f.text
FROM quantities f JOIN stories USING (source, item_id)
WHERE stories.text[f.start_char + 1 : f.end_char] IS DISTINCT FROM f.text;

-- statements speaker text verbatim: statements.speaker_text is the stretch of stories.text that it points at.
SELECT f.source, f.item_id, f.speaker_start_char, f.speaker_text
FROM statements f JOIN stories USING (source, item_id)
WHERE f.speaker_start_char IS NOT NULL AND stories.text[f.speaker_start_char + 1 : f.speaker_end_char] IS DISTINCT FROM f.speaker_text;

-- statements cue text verbatim: statements.cue_text is the stretch of stories.text that it points at.
SELECT f.source, f.item_id, f.cue_start_char, f.cue_text
FROM statements f JOIN stories USING (source, item_id)
WHERE f.cue_start_char IS NOT NULL AND stories.text[f.cue_start_char + 1 : f.cue_end_char] IS DISTINCT FROM f.cue_text;

-- spans inside: Every span of a statement or an event lies inside its story's text.
SELECT source, item_id, span
FROM (
    SELECT source, item_id, unnest(content_spans || quotes) AS span FROM statements
    UNION ALL
    SELECT source, item_id, unnest(also_spans) AS span FROM events
)
JOIN stories USING (source, item_id)
WHERE span.start_char < 0 OR span.end_char > length(stories.text) OR span.start_char >= span.end_char;

-- mentions entity id known: mentions.entity_id is an entity of the same story.
SELECT f.source, f.item_id, f.entity_id
FROM mentions f
LEFT JOIN entities ON (entities.source, entities.item_id, entities.entity_id) = (f.source, f.item_id, f.entity_id)
WHERE f.entity_id IS NOT NULL AND entities.entity_id IS NULL;

-- statements speaker entity id known: statements.speaker_entity_id is an entity of the same story.
SELECT f.source, f.item_id, f.speaker_entity_id
FROM statements f
LEFT JOIN entities ON (entities.source, entities.item_id, entities.entity_id) = (f.source, f.item_id, f.speaker_entity_id)
WHERE f.speaker_entity_id IS NOT NULL AND entities.entity_id IS NULL;

-- statements addressee entity id known: statements.addressee_entity_id is an entity of the same story.
SELECT f.source, f.item_id, f.addressee_entity_id
FROM statements f
LEFT JOIN entities ON (entities.source, entities.item_id, entities.entity_id) = (f.source, f.item_id, f.addressee_entity_id)
WHERE f.addressee_entity_id IS NOT NULL AND entities.entity_id IS NULL;

-- statements via known: statements.via is an entity of the same story.
SELECT f.source, f.item_id, f.via
FROM statements f
LEFT JOIN entities ON (entities.source, entities.item_id, entities.entity_id) = (f.source, f.item_id, f.via)
WHERE f.via IS NOT NULL AND entities.entity_id IS NULL;

-- events place entity id known: events.place_entity_id is an entity of the same story.
SELECT f.source, f.item_id, f.place_entity_id
FROM events f
LEFT JOIN entities ON (entities.source, entities.item_id, entities.entity_id) = (f.source, f.item_id, f.place_entity_id)
WHERE f.place_entity_id IS NOT NULL AND entities.entity_id IS NULL;

-- events asserted by entity id known: events.asserted_by_entity_id is an entity of the same story.
SELECT f.source, f.item_id, f.asserted_by_entity_id
FROM events f
LEFT JOIN entities ON (entities.source, entities.item_id, entities.entity_id) = (f.source, f.item_id, f.asserted_by_entity_id)
WHERE f.asserted_by_entity_id IS NOT NULL AND entities.entity_id IS NULL;

-- participants entity id known: participants.entity_id is an entity of the same story.
SELECT f.source, f.item_id, f.entity_id
FROM participants f
LEFT JOIN entities ON (entities.source, entities.item_id, entities.entity_id) = (f.source, f.item_id, f.entity_id)
WHERE f.entity_id IS NOT NULL AND entities.entity_id IS NULL;

-- participants have their event: Every participant's event is there.
SELECT source, item_id, event FROM participants ANTI JOIN events USING (source, item_id, event);

-- quantities have their event: Every quantity's event is there, where it has one.
SELECT source, item_id, start_char FROM quantities ANTI JOIN events USING (source, item_id, event)
WHERE quantities.event IS NOT NULL;

-- statements have their parent: A parent is a statement of the same story.
SELECT s.source, s.item_id, s.statement
FROM statements s
LEFT JOIN statements parent ON (parent.source, parent.item_id, parent.statement) = (s.source, s.item_id, s.parent)
WHERE s.parent IS NOT NULL AND parent.statement IS NULL;

-- events have their statement: The statement that an event stands in is there.
SELECT e.source, e.item_id, e.event
FROM events e
LEFT JOIN statements s ON (s.source, s.item_id, s.statement) = (e.source, e.item_id, e.statement)
WHERE e.statement IS NOT NULL AND s.statement IS NULL;

-- intervals are half open: A first day comes with a day after the last, and before it.
SELECT source, item_id, first_on, end_on FROM dates WHERE (first_on IS NULL) <> (end_on IS NULL) OR first_on >= end_on
UNION ALL
SELECT source, item_id, said_on, said_end_on FROM statements WHERE said_on >= said_end_on
UNION ALL
SELECT source, item_id, happened_on, happened_end_on FROM events WHERE happened_on >= happened_end_on;

-- killed stories are gone: No fact of a killed, withheld or embargoed story is in a view of current facts.
SELECT source, item_id
FROM (
    SELECT source, item_id FROM statements_current
    UNION SELECT source, item_id FROM events_current
    UNION SELECT source, item_id FROM participants_current
    UNION SELECT source, item_id FROM quantities_current
    UNION SELECT source, item_id FROM mentions_current
    UNION SELECT source, item_id FROM entities_current
    UNION SELECT source, item_id FROM dates_current
    UNION SELECT source, item_id FROM said
    UNION SELECT source, item_id FROM did
)
JOIN story_versions USING (source, item_id)
WHERE age <> 1 OR status <> 'usable' OR embargoed_until > now();
