-- The views of the warehouse. Made with the tables; docs/sql.md shows them at work.

-- Every version of every story, numbered from the newest. Versions are told apart by when they were
-- made, then by their number: agencies repeat numbers and start again at 1. One that does not say when
-- is as old as the day it came in; a kill or a hold that does not say is the last word of that day.
-- When it was fetched counts last: a backfill brings the days in any order.
CREATE OR REPLACE VIEW story_versions AS
SELECT
    row_number() OVER (
        PARTITION BY source, story_id
        ORDER BY
            coalesce(published_at, ((day + (status <> 'usable')::INTEGER)::TIMESTAMP AT TIME ZONE 'UTC')) DESC,
            coalesce(version, CASE WHEN status <> 'usable' THEN 9223372036854775807 END) DESC NULLS LAST,
            status <> 'usable' DESC,
            day DESC,
            fetched_at DESC,
            item_id
    ) AS age,
    stories.*
FROM stories
JOIN (SELECT source, item_id, fetched_at FROM items) USING (source, item_id);

-- The newest version of a story; none when that one is killed, withheld or under embargo.
CREATE OR REPLACE VIEW stories_current AS
SELECT * EXCLUDE (age)
FROM story_versions
WHERE age = 1 AND status = 'usable' AND (embargoed_until IS NULL OR embargoed_until <= now());

CREATE OR REPLACE VIEW mentions_current AS
FROM mentions SEMI JOIN stories_current USING (source, item_id);

CREATE OR REPLACE VIEW entities_current AS
FROM entities SEMI JOIN stories_current USING (source, item_id);

CREATE OR REPLACE VIEW dates_current AS
FROM dates SEMI JOIN stories_current USING (source, item_id);

CREATE OR REPLACE VIEW statements_current AS
FROM statements SEMI JOIN stories_current USING (source, item_id);

CREATE OR REPLACE VIEW events_current AS
FROM events SEMI JOIN stories_current USING (source, item_id);

CREATE OR REPLACE VIEW participants_current AS
FROM participants SEMI JOIN stories_current USING (source, item_id);

CREATE OR REPLACE VIEW quantities_current AS
FROM quantities SEMI JOIN stories_current USING (source, item_id);

-- Who said what, with names joined in.
CREATE OR REPLACE VIEW said AS
SELECT
    s.said_on,
    speaker.name AS speaker,
    speaker.role AS speaker_role,
    speaker.country AS speaker_country,
    s.cue_text AS cue,
    s.content,
    s.kind,
    s.act,
    addressee.name AS addressee,
    s.speaker_basis,
    s.confidence,
    story.agency,
    story.headline,
    story.story_id,
    s.source,
    s.item_id,
    s.statement
FROM statements s
JOIN stories_current story USING (source, item_id)
LEFT JOIN entities speaker
    ON speaker.source = s.source AND speaker.item_id = s.item_id AND speaker.entity_id = s.speaker_entity_id
LEFT JOIN entities addressee
    ON addressee.source = s.source AND addressee.item_id = s.item_id AND addressee.entity_id = s.addressee_entity_id;

-- Who did what to whom, with names joined in.
CREATE OR REPLACE VIEW did AS
WITH cast_list AS (
    SELECT
        p.source,
        p.item_id,
        p.event,
        list(coalesce(e.name, p.text) ORDER BY p.ordinal) FILTER (p.role = 'actor') AS actors,
        list(coalesce(e.name, p.text) ORDER BY p.ordinal) FILTER (p.role = 'recipient') AS recipients
    FROM participants p
    LEFT JOIN entities e USING (source, item_id, entity_id)
    GROUP BY ALL
)
SELECT
    ev.happened_on,
    ev.happened_end_on,
    ev.precision,
    ev.date_basis,
    cast_list.actors,
    ev.event_type,
    ev.text AS trigger,
    cast_list.recipients,
    place.name AS place,
    ev.realis,
    ev.negated,
    ev.assertion,
    voucher.name AS asserted_by,
    ev.cameo_code,
    ev.goldstein,
    ev.background,
    ev.confidence,
    story.agency,
    story.headline,
    story.story_id,
    ev.source,
    ev.item_id,
    ev.event
FROM events ev
JOIN stories_current story USING (source, item_id)
LEFT JOIN cast_list USING (source, item_id, event)
LEFT JOIN entities place
    ON place.source = ev.source AND place.item_id = ev.item_id AND place.entity_id = ev.place_entity_id
LEFT JOIN entities voucher
    ON voucher.source = ev.source AND voucher.item_id = ev.item_id AND voucher.entity_id = ev.asserted_by_entity_id;

-- Copies of one text, in one source or several: the same words, or nearly (SimHash, at most 8 of 64 bits apart; unrelated
-- texts differ in 20 to 44). The copy is the later one, by at most three days; the join is on the day, as pairs are many.
CREATE OR REPLACE VIEW copies AS
WITH told AS MATERIALIZED (
    SELECT source, story_id, item_id, anchor_on, ('0x' || near_hash)::UBIGINT AS near_hash
    FROM stories_current
    WHERE text <> ''
),
followed AS (
    SELECT *, unnest([anchor_on, anchor_on + 1, anchor_on + 2, anchor_on + 3]) AS copied_on
    FROM told
)
SELECT
    a.source,
    a.story_id,
    a.item_id,
    b.source AS copy_source,
    b.story_id AS copy_story_id,
    b.item_id AS copy_item_id,
    bit_count(xor(a.near_hash, b.near_hash)) AS bits_apart
FROM followed a
JOIN told b ON b.anchor_on = a.copied_on AND bit_count(xor(a.near_hash, b.near_hash)) <= 8
WHERE a.anchor_on < b.anchor_on OR (a.source, a.item_id) < (b.source, b.item_id);

-- Under the column names of GDELT 2.0's event table. Unlike there, SQLDATE is the event's own day and
-- NULL where the text tells none; only what the author reports as having happened is in it.
CREATE OR REPLACE VIEW gdelt_events AS
WITH first_of AS (
    SELECT p.source, p.item_id, p.event, p.role, p.country, p.sector, coalesce(e.name, p.text) AS name
    FROM participants p
    LEFT JOIN entities e USING (source, item_id, entity_id)
    WHERE p.ordinal = 1
)
SELECT
    hash(ev.source, ev.item_id, ev.event) AS GLOBALEVENTID,
    strftime(ev.happened_on, '%Y%m%d') AS SQLDATE,
    strftime(ev.happened_on, '%Y%m') AS MonthYear,
    strftime(ev.happened_on, '%Y') AS Year,
    actor.country || coalesce(actor.sector, '') AS Actor1Code,
    actor.name AS Actor1Name,
    actor.country AS Actor1CountryCode,
    actor.sector AS Actor1Type1Code,
    recipient.country || coalesce(recipient.sector, '') AS Actor2Code,
    recipient.name AS Actor2Name,
    recipient.country AS Actor2CountryCode,
    recipient.sector AS Actor2Type1Code,
    (ev.event = 1)::INTEGER AS IsRootEvent,
    ev.cameo_code AS EventCode,
    ev.cameo_code[1:3] AS EventBaseCode,
    ev.cameo_code[1:2] AS EventRootCode,
    ev.quad_class AS QuadClass,
    ev.goldstein AS GoldsteinScale,
    1 + len(ev.also_spans) AS NumMentions,
    1 AS NumSources,
    1 AS NumArticles,
    place.name AS ActionGeo_FullName,
    place.country AS ActionGeo_CountryCode,
    place.latitude AS ActionGeo_Lat,
    place.longitude AS ActionGeo_Long,
    strftime(story.published_at AT TIME ZONE 'UTC', '%Y%m%d%H%M%S') AS DATEADDED,
    item.url AS SOURCEURL
FROM events ev
JOIN stories_current story USING (source, item_id)
JOIN items item USING (source, item_id)
LEFT JOIN first_of actor
    ON (actor.source, actor.item_id, actor.event) = (ev.source, ev.item_id, ev.event) AND actor.role = 'actor'
LEFT JOIN first_of recipient
    ON (recipient.source, recipient.item_id, recipient.event) = (ev.source, ev.item_id, ev.event)
    AND recipient.role = 'recipient'
LEFT JOIN entities place
    ON place.source = ev.source AND place.item_id = ev.item_id AND place.entity_id = ev.place_entity_id
WHERE ev.realis = 'actual' AND NOT ev.negated AND ev.assertion = 'author';
