"""create reviews and desk

Revision: 9c3f4e5a6b72, after 8b2e3d4f5a61.
"""

import sqlalchemy as sa
from alembic import op


revision = '9c3f4e5a6b72'
down_revision = '8b2e3d4f5a61'
branch_labels = None
depends_on = None

RULES = tuple(f'R-{number:02d}' for number in range(1, 21))
STATES = ('unconfirmed', 'pending', 'published', 'returned', 'rejected', 'withdrawn', 'hidden', 'removed', 'restricted', 'expired', 'erased')
# The moves of the table of review states: before, event, after.
MOVES = (
    "("
    "'>submit>unconfirmed',"
    "'unconfirmed>confirm>pending',"
    "'unconfirmed>lapse>expired',"
    "'returned>resubmit>pending',"
    "'returned>lapse>expired',"
    "'pending>withdraw>withdrawn',"
    "'returned>withdraw>withdrawn',"
    "'published>withdraw>withdrawn',"
    "'hidden>withdraw>withdrawn',"
    "'unconfirmed>erase>erased',"
    "'pending>erase>erased',"
    "'published>erase>erased',"
    "'returned>erase>erased',"
    "'rejected>erase>erased',"
    "'withdrawn>erase>erased',"
    "'hidden>erase>erased',"
    "'removed>erase>erased',"
    "'restricted>erase>erased',"
    "'expired>erase>erased',"
    "'pending>publish>published',"
    "'pending>return>returned',"
    "'pending>reject>rejected',"
    "'published>hide>hidden',"
    "'hidden>restore>published',"
    "'hidden>remove>removed',"
    "'published>remove>removed',"
    "'published>restrict>restricted',"
    "'rejected>reopen>pending',"
    "'removed>reopen>pending',"
    "'published>undo>pending',"
    "'returned>undo>pending',"
    "'rejected>undo>pending',"
    "'hidden>undo>published'"
    ")"
)

# Each trigger: its name, when it fires, and what it refuses. The conditions are the same words on
# SQLite and PostgreSQL; `NEW` and `OLD` are the row after and before.
STAFF = "('moderator', 'administrator')"
ONE_PERSON_RULES = "('R-03', 'R-04', 'R-12', 'R-19')"
JUDGED = "('publish', 'return', 'reject', 'hide', 'remove', 'restrict', 'reopen')"

STATE_WITHOUT_HISTORY = """
NOT EXISTS (
  SELECT 1 FROM review_history AS h
  WHERE h.review_id = NEW.id AND h.before_state = OLD.state AND h.after_state = NEW.state
  AND h.id = (SELECT max(n.id) FROM review_history AS n WHERE n.review_id = NEW.id)
)"""

HISTORY_OUT_OF_LINE = """
(NEW.before_state IS NULL AND (
  EXISTS (SELECT 1 FROM review_history AS h WHERE h.review_id = NEW.review_id)
  OR NOT EXISTS (
    SELECT 1 FROM review AS r WHERE r.id = NEW.review_id AND r.state = 'unconfirmed')))
OR (NEW.before_state IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM review AS r
  WHERE r.id = NEW.review_id AND r.state = NEW.before_state
  AND r.current_version = NEW.version_number))"""

HISTORY_WITHOUT_DECISION = f"""
NEW.event IN {JUDGED} AND NOT EXISTS (
  SELECT 1 FROM decision AS d JOIN moderation_case AS c ON c.id = d.case_id
  WHERE d.id = NEW.decision_id AND d.undone_at IS NULL
  AND c.subject_noun = 'review' AND c.subject_id = NEW.review_id
  AND d.review_version = NEW.version_number AND d.actor_id = NEW.actor_id
  AND (d.outcome = NEW.event OR (NEW.event = 'reopen' AND d.outcome = 'uphold-appeal')))"""

HISTORY_BY_ONE_PERSON = f"""
(NEW.event IN ('remove', 'restrict') OR (
  NEW.event = 'reject' AND NEW.rule_code NOT IN {ONE_PERSON_RULES} AND EXISTS (
    SELECT 1 FROM review_version AS v
    WHERE v.review_id = NEW.review_id AND v.number = NEW.version_number AND v.overall <= 2)))
AND NOT EXISTS (
  SELECT 1 FROM decision AS d
  WHERE d.id = NEW.decision_id AND d.step = 'confirmation')"""

DECISION_STALE = """
NOT EXISTS (
  SELECT 1 FROM moderation_case AS c
  WHERE c.id = NEW.case_id AND c.state = 'open' AND c.version = NEW.case_version)"""

DECISION_NOT_OF_STAFF = f"""
NOT EXISTS (
  SELECT 1 FROM "user" AS u
  WHERE u.id = NEW.actor_id AND u.state = 'active' AND u.role IN {STAFF})
OR (NEW.outcome = 'restrict' AND NEW.step <> 'confirmation' AND NEW.step <> 'refusal'
  AND NOT EXISTS (
    SELECT 1 FROM "user" AS u WHERE u.id = NEW.actor_id AND u.role = 'administrator'))"""

DECISION_OF_LINKED = """
EXISTS (
  SELECT 1 FROM affiliation AS a
  JOIN review AS r ON r.listing_id = a.listing_id
  JOIN moderation_case AS c ON c.subject_noun = 'review' AND c.subject_id = r.id
  WHERE a.user_id = NEW.actor_id AND c.id = NEW.case_id)"""

DECISION_OF_AUTHOR = """
EXISTS (
  SELECT 1 FROM review AS r
  JOIN moderation_case AS c ON c.subject_noun = 'review' AND c.subject_id = r.id
  WHERE r.author_id = NEW.actor_id AND c.id = NEW.case_id)"""

APPEAL_BY_INVOLVED = """
NEW.outcome IN ('uphold-appeal', 'keep-decision') AND EXISTS (
  SELECT 1 FROM moderation_case AS c
  JOIN moderation_case AS o ON o.subject_noun = c.subject_noun AND o.subject_id = c.subject_id
  JOIN decision AS d ON d.case_id = o.id
  WHERE c.id = NEW.case_id AND d.actor_id = NEW.actor_id AND d.undone_at IS NULL)"""

ANSWER_ELSEWHERE = """
NEW.answers_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM moderation_case AS c JOIN decision AS d ON d.id = c.proposal_id
  WHERE c.id = NEW.case_id AND c.proposal_id = NEW.answers_id AND d.undone_at IS NULL
  AND d.step = 'proposal')"""

DECISION_CHANGED = """
NEW.undone_at IS NULL OR OLD.undone_at IS NOT NULL
OR NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id OR NEW.case_version <> OLD.case_version
OR NEW.review_version <> OLD.review_version OR NEW.outcome <> OLD.outcome
OR NEW.step <> OLD.step OR coalesce(NEW.rule_code, '') <> coalesce(OLD.rule_code, '')
OR coalesce(NEW.ground, '') <> coalesce(OLD.ground, '')
OR coalesce(NEW.words, '') <> coalesce(OLD.words, '')
OR NEW.actor_id <> OLD.actor_id OR coalesce(NEW.answers_id, 0) <> coalesce(OLD.answers_id, 0)
OR coalesce(NEW.answers_actor_id, 0) <> coalesce(OLD.answers_actor_id, 0)
OR NEW.made_at <> OLD.made_at"""

VERSION_OUT_OF_TURN = """
NOT EXISTS (
  SELECT 1 FROM review AS r WHERE r.id = NEW.review_id AND (
    (r.state = 'unconfirmed' AND NEW.number = 1)
    OR (r.state = 'returned' AND NEW.number = r.current_version + 1)))"""

VERSION_CHANGED = """
NEW.text IS NOT NULL
OR NOT EXISTS (SELECT 1 FROM review AS r WHERE r.id = OLD.review_id AND r.state IN ('erased', 'expired'))
OR NEW.review_id <> OLD.review_id OR NEW.number <> OLD.number OR NEW.overall <> OLD.overall
OR NEW.language <> OLD.language OR NEW.unsafe <> OLD.unsafe
OR NEW.visit_quarter <> OLD.visit_quarter OR NEW.relation <> OLD.relation
OR NEW.care_kind <> OLD.care_kind OR NEW.pseudonym <> OLD.pseudonym
OR coalesce(NEW.district, '') <> coalesce(OLD.district, '')
OR NEW.terms_version <> OLD.terms_version OR NEW.created_at <> OLD.created_at"""

ALWAYS = "1 = 1"

TRIGGERS = (
    # `INSERT OR REPLACE` takes a row away without asking the triggers of deletion.
    *(
        (
            f"{table}_not_replaced",
            f"INSERT ON {table}",
            f"EXISTS (SELECT 1 FROM {table} AS x WHERE x.id = NEW.id)",
        )
        for table in ("review", "review_history", "decision")
    ),
    ("review_begins_unconfirmed", "INSERT ON review", "NEW.state <> 'unconfirmed'"),
    (
        "review_state_has_history",
        "UPDATE OF state ON review",
        f"NEW.state <> OLD.state AND {STATE_WITHOUT_HISTORY}",
    ),
    ("review_stays", "DELETE ON review", ALWAYS),
    ("version_in_turn", "INSERT ON review_version", VERSION_OUT_OF_TURN),
    ("version_unchanged", "UPDATE ON review_version", VERSION_CHANGED),
    ("version_stays", "DELETE ON review_version", ALWAYS),
    ("rating_unchanged", "UPDATE ON rating", ALWAYS),
    ("rating_stays", "DELETE ON rating", ALWAYS),
    (
        "history_move_allowed",
        "INSERT ON review_history",
        f"coalesce(NEW.before_state, '') || '>' || NEW.event || '>' || NEW.after_state "
        f"NOT IN {MOVES}",
    ),
    ("history_in_line", "INSERT ON review_history", HISTORY_OUT_OF_LINE),
    ("history_has_decision", "INSERT ON review_history", HISTORY_WITHOUT_DECISION),
    ("history_by_two_people", "INSERT ON review_history", HISTORY_BY_ONE_PERSON),
    ("history_unchanged", "UPDATE ON review_history", ALWAYS),
    ("history_stays", "DELETE ON review_history", ALWAYS),
    ("decision_is_fresh", "INSERT ON decision", DECISION_STALE),
    ("decision_of_staff", "INSERT ON decision", DECISION_NOT_OF_STAFF),
    ("decision_of_unlinked", "INSERT ON decision", DECISION_OF_LINKED),
    ("decision_of_other_than_author", "INSERT ON decision", DECISION_OF_AUTHOR),
    ("appeal_by_uninvolved", "INSERT ON decision", APPEAL_BY_INVOLVED),
    ("answer_to_waiting_proposal", "INSERT ON decision", ANSWER_ELSEWHERE),
    ("decision_unchanged", "UPDATE ON decision", DECISION_CHANGED),
    ("decision_stays", "DELETE ON decision", ALWAYS),
)


def make_triggers() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name, event, refused in TRIGGERS:
        if postgresql:
            _make_on_postgresql(name, event, refused)
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW WHEN {refused}\n"
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )


def _make_on_postgresql(name: str, event: str, refused: str) -> None:
    given = "OLD" if event.startswith("DELETE") else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN IF {refused} THEN\n"
        f"RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';\n"
        f"END IF; RETURN {given}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def drop_triggers() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name, event, _refused in TRIGGERS:
        table = event.rsplit(" ", 1)[1]
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
        if postgresql:
            op.execute(f"DROP FUNCTION {name}()")


def upgrade() -> None:
    op.create_table('affiliation',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('nature', sa.Enum('manages', 'works-there', 'family', name='linknature', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_affiliation_listing_id_listing'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_affiliation_user_id_user'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('user_id', 'listing_id', name=op.f('pk_affiliation'))
    )
    op.create_index(op.f('ix_affiliation_listing_id'), 'affiliation', ['listing_id'])
    op.create_table('moderation_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('review', 'flag', 'appeal', name='casekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('subject_noun', sa.Enum('review', name='subjectnoun', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'closed', name='casestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('lane', sa.Enum('crisis', 'exposure', 'legal', 'fraud', 'routine', name='lane', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('lane_order', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('waiting', sa.Enum('first', 'second', name='waiting', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('target_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_holder_id', sa.Integer(), nullable=True),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_moderation_case_closed_has_time')),
    sa.CheckConstraint("(waiting = 'second') = (proposal_id IS NOT NULL)", name=op.f('ck_moderation_case_second_has_proposal')),
    sa.CheckConstraint("state = 'open' OR lease_holder_id IS NULL", name=op.f('ck_moderation_case_closed_is_not_leased')),
    sa.CheckConstraint('(lease_holder_id IS NULL) = (leased_until IS NULL)', name=op.f('ck_moderation_case_lease_has_holder')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_moderation_case_version_from_one')),
    sa.ForeignKeyConstraint(['lease_holder_id'], ['user.id'], name=op.f('fk_moderation_case_lease_holder_id_user'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_case'))
    )
    op.create_index('ix_moderation_case_state_lane_opened_at', 'moderation_case', ['state', 'lane_order', 'opened_at'])
    op.create_index(op.f('ix_moderation_case_subject_id'), 'moderation_case', ['subject_id'])
    op.create_index('uq_moderation_case_one_open', 'moderation_case', ['subject_noun', 'subject_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('rating_summary',
    sa.Column('listing_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('stars_1', sa.Integer(), nullable=False),
    sa.Column('stars_2', sa.Integer(), nullable=False),
    sa.Column('stars_3', sa.Integer(), nullable=False),
    sa.Column('stars_4', sa.Integer(), nullable=False),
    sa.Column('stars_5', sa.Integer(), nullable=False),
    sa.Column('published', sa.Integer(), nullable=False),
    sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('published >= stars_1 + stars_2 + stars_3 + stars_4 + stars_5', name=op.f('ck_rating_summary_all_published')),
    sa.CheckConstraint('stars_1 >= 0 AND stars_2 >= 0 AND stars_3 >= 0 AND stars_4 >= 0 AND stars_5 >= 0', name=op.f('ck_rating_summary_counts_from_zero')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_rating_summary_listing_id_listing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('listing_id', name=op.f('pk_rating_summary'))
    )
    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=16), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum(*STATES, name='reviewstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('current_version', sa.Integer(), nullable=False),
    sa.Column('rule_code', sa.Enum(*RULES, name='rulecode', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('ground', sa.String(length=120), nullable=True),
    sa.Column('submission_key', sa.String(length=64), nullable=True),
    sa.Column('network_hash', sa.String(length=64), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'hidden') = (hidden_until IS NOT NULL)", name=op.f('ck_review_hidden_has_end')),
    sa.CheckConstraint("state <> 'erased' OR author_id IS NULL", name=op.f('ck_review_erased_has_no_author')),
    sa.CheckConstraint("state NOT IN ('published', 'hidden', 'removed', 'restricted') OR published_at IS NOT NULL", name=op.f('ck_review_shown_has_time')),
    sa.CheckConstraint("state NOT IN ('rejected', 'removed', 'restricted') OR rule_code IS NOT NULL", name=op.f('ck_review_end_has_rule')),
    sa.CheckConstraint('current_version >= 1', name=op.f('ck_review_version_from_one')),
    sa.CheckConstraint('length(public_id) >= 10', name=op.f('ck_review_public_id_given')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_review_author_id_user'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_review_listing_id_listing'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('public_id', name=op.f('uq_review_public_id')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_review_submission_key'))
    )
    op.create_index(op.f('ix_review_author_id'), 'review', ['author_id'])
    op.create_index('ix_review_listing_id_state_published_at', 'review', ['listing_id', 'state', 'published_at'])
    op.create_index(op.f('ix_review_network_hash'), 'review', ['network_hash'])
    op.create_index('ix_review_state_moved_at', 'review', ['state', 'moved_at'])
    op.create_index('uq_review_one_in_hand', 'review', ['author_id', 'listing_id'], unique=True, sqlite_where=sa.text("state IN ('pending', 'returned')"), postgresql_where=sa.text("state IN ('pending', 'returned')"))
    op.create_table('appeal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=2000), nullable=True),
    sa.Column('state', sa.Enum('open', 'upheld', 'kept', 'withdrawn', name='appealstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f('ck_appeal_decided_has_time')),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_appeal_case_id_moderation_case'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_appeal_review_id_review'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal'))
    )
    op.create_index(op.f('ix_appeal_case_id'), 'appeal', ['case_id'])
    op.create_index(op.f('ix_appeal_review_id'), 'appeal', ['review_id'])
    op.create_index('uq_appeal_one_open', 'appeal', ['review_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('case_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(text) > 0', name=op.f('ck_case_note_text_given')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_case_note_author_id_user'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_case_note_case_id_moderation_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_note'))
    )
    op.create_index(op.f('ix_case_note_case_id'), 'case_note', ['case_id'])
    op.create_table('case_signal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('review_version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('span_start', sa.Integer(), nullable=True),
    sa.Column('span_end', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.CheckConstraint('(span_start IS NULL) = (span_end IS NULL)', name=op.f('ck_case_signal_span_whole')),
    sa.CheckConstraint('span_start >= 0 AND span_end > span_start', name=op.f('ck_case_signal_span_order')),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_case_signal_case_id_moderation_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_signal'))
    )
    op.create_index('ix_case_signal_case_id_review_version', 'case_signal', ['case_id', 'review_version'])
    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('case_version', sa.Integer(), nullable=False),
    sa.Column('review_version', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('publish', 'return', 'reject', 'hide', 'restore', 'remove', 'restrict', 'keep', 'uphold-appeal', 'keep-decision', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('step', sa.Enum('alone', 'proposal', 'confirmation', 'refusal', name='step', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('rule_code', sa.Enum(*RULES, name='rulecode', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('ground', sa.String(length=120), nullable=True),
    sa.Column('words', sa.String(length=2000), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('answers_id', sa.Integer(), nullable=True),
    sa.Column('answers_actor_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(step IN ('confirmation', 'refusal')) = (answers_id IS NOT NULL)", name=op.f('ck_decision_answer_has_proposal')),
    sa.CheckConstraint("outcome NOT IN ('return', 'reject', 'hide', 'remove', 'restrict') OR rule_code IS NOT NULL", name=op.f('ck_decision_judged_by_rule')),
    sa.CheckConstraint("undone_at IS NULL OR step IN ('alone', 'proposal')", name=op.f('ck_decision_answer_stands')),
    sa.CheckConstraint('(answers_id IS NULL) = (answers_actor_id IS NULL)', name=op.f('ck_decision_answer_names_person')),
    sa.CheckConstraint('answers_actor_id <> actor_id', name=op.f('ck_decision_two_people')),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_decision_actor_id_user'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['answers_id', 'answers_actor_id'], ['decision.id', 'decision.actor_id'], name=op.f('fk_decision_answers_id_answers_actor_id_decision'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_decision_case_id_moderation_case'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('case_id', 'case_version', name=op.f('uq_decision_case_id_case_version')),
    sa.UniqueConstraint('id', 'actor_id', name=op.f('uq_decision_id_actor_id'))
    )
    op.create_index('ix_decision_actor_id_made_at', 'decision', ['actor_id', 'made_at'])
    op.create_index(op.f('ix_decision_case_id'), 'decision', ['case_id'])
    op.create_table('flag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('receipt', sa.String(length=16), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('rule_code', sa.Enum(*RULES, name='rulecode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=True),
    sa.Column('state', sa.Enum('open', 'upheld', 'not-upheld', 'overtaken', name='flagstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('network_hash', sa.String(length=64), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f('ck_flag_decided_has_time')),
    sa.CheckConstraint('length(receipt) >= 8', name=op.f('ck_flag_receipt_given')),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_flag_case_id_moderation_case'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_flag_review_id_review'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_flag')),
    sa.UniqueConstraint('receipt', name=op.f('uq_flag_receipt'))
    )
    op.create_index(op.f('ix_flag_case_id'), 'flag', ['case_id'])
    op.create_index(op.f('ix_flag_review_id'), 'flag', ['review_id'])
    op.create_table('review_history',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('before_state', sa.Enum(*STATES, name='before_state', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('event', sa.Enum('submit', 'confirm', 'lapse', 'publish', 'return', 'resubmit', 'reject', 'withdraw', 'hide', 'restore', 'remove', 'restrict', 'reopen', 'undo', 'erase', name='reviewevent', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('after_state', sa.Enum(*STATES, name='after_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_kind', sa.Enum('author', 'reader', 'moderator', 'administrator', 'clock', 'command', name='actorkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('rule_code', sa.Enum(*RULES, name='rulecode', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('decision_id', sa.BigInteger(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(actor_kind IN ('moderator', 'administrator')) = (actor_id IS NOT NULL)", name=op.f('ck_review_history_staff_is_named')),
    sa.CheckConstraint("event NOT IN ('publish', 'return', 'reject', 'hide', 'remove', 'restrict', 'reopen') OR decision_id IS NOT NULL", name=op.f('ck_review_history_judged_by_decision')),
    sa.CheckConstraint("event NOT IN ('return', 'reject', 'hide', 'remove', 'restrict') OR rule_code IS NOT NULL", name=op.f('ck_review_history_judged_by_rule')),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_review_history_actor_id_user'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_review_history_review_id_review'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_history'))
    )
    op.create_index('ix_review_history_review_id_id', 'review_history', ['review_id', 'id'])
    op.create_table('review_version',
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('overall', sa.Integer(), nullable=False),
    sa.Column('unsafe', sa.Enum('no', 'yes', 'unsaid', name='unsafe', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('visit_quarter', sa.String(length=7), nullable=False),
    sa.Column('relation', sa.Enum('patient', 'carer', 'family', name='relation', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('care_kind', sa.Enum('first-visit', 'ongoing', 'admission', name='carekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('pseudonym', sa.Enum('with-district', 'role-only', 'neutral', name='pseudonym', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('district', sa.String(length=80), nullable=True),
    sa.Column('terms_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("language IN ('en', 'hi', 'hinglish')", name=op.f('ck_review_version_language_known')),
    sa.CheckConstraint("visit_quarter LIKE '____-Q_'", name=op.f('ck_review_version_quarter_shape')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_review_version_number_from_one')),
    sa.CheckConstraint('overall BETWEEN 1 AND 5', name=op.f('ck_review_version_overall_range')),
    sa.CheckConstraint('text IS NULL OR length(text) BETWEEN 80 AND 4000', name=op.f('ck_review_version_text_length')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_review_version_review_id_review'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('review_id', 'number', name=op.f('pk_review_version'))
    )
    op.create_table('rating',
    sa.Column('review_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('version_number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('aspect', sa.Enum('listened', 'explained', 'respect', 'privacy', 'fees', 'reach', 'night', 'cleanliness', name='aspect', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.CheckConstraint('value BETWEEN 1 AND 5', name=op.f('ck_rating_value_range')),
    sa.ForeignKeyConstraint(['review_id', 'version_number'], ['review_version.review_id', 'review_version.number'], name=op.f('fk_rating_review_id_version_number_review_version'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('review_id', 'version_number', 'aspect', name=op.f('pk_rating'))
    )
    make_triggers()


def downgrade() -> None:
    drop_triggers()
    op.drop_table('rating')
    op.drop_table('review_version')
    op.drop_table('review_history')
    op.drop_table('flag')
    op.drop_table('decision')
    op.drop_table('case_signal')
    op.drop_table('case_note')
    op.drop_table('appeal')
    op.drop_table('review')
    op.drop_table('rating_summary')
    op.drop_table('moderation_case')
    op.drop_table('affiliation')
