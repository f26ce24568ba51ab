"""create what keeps listings true

History of listings, reports of readers, doubts, import batches, merges, words nobody found, guides.
The desk's lists of kinds and outcomes grow; SQLite has to build those tables anew.

Revision: ad4a5b6c7d83, after 9c3f4e5a6b72.
"""

import sqlalchemy as sa
from alembic import op


revision = 'ad4a5b6c7d83'
down_revision = '9c3f4e5a6b72'
branch_labels = None
depends_on = None

OUTCOMES = ('publish', 'return', 'reject', 'hide', 'restore', 'remove', 'restrict', 'keep', 'uphold-appeal', 'keep-decision')
LETTERS = ('sign-in', 'no-account', 'sign-up', 'staff-link', 'confirm-review', 'review-published', 'review-returned', 'review-resubmitted', 'review-rejected', 'review-withdrawn', 'review-hidden', 'review-restored', 'review-removed', 'review-restricted', 'review-expired', 'appeal-received', 'appeal-kept', 'appeal-upheld', 'erased', 'security')
# Each list that grows: its table, the constraint, the column, what it held, what comes to it.
GROWN = (
    ('moderation_case', 'ck_moderation_case_casekind', 'kind', ('review', 'flag', 'appeal'), ('correction', 'outcome', 'suggestion')),
    ('moderation_case', 'ck_moderation_case_subjectnoun', 'subject_noun', ('review',), ('correction',)),
    ('decision', 'ck_decision_outcome', 'outcome', OUTCOMES, ('accept', 'decline')),
    ('letter', 'ck_letter_letterkind', 'kind', LETTERS, ('correction-accepted', 'correction-declined')),
)
# Each new column: its table, its name, its type, and the constraints of the table it brings.
COLUMNS = (
    ('listing', 'merged_into_id', 'INTEGER', (
        'CONSTRAINT fk_listing_merged_into_id_listing FOREIGN KEY(merged_into_id) REFERENCES listing (id) ON DELETE RESTRICT',
        "CONSTRAINT ck_listing_merged_is_closed CHECK (merged_into_id IS NULL OR state = 'closed')",
    )),
    ('reference_load', 'edition', 'INTEGER DEFAULT 0 NOT NULL', ()),
    ('term', 'edited_at', 'TIMESTAMP WITH TIME ZONE', ()),
    ('term', 'merged_into_id', 'INTEGER', (
        'CONSTRAINT fk_term_merged_into_id_term FOREIGN KEY(merged_into_id) REFERENCES term (id) ON DELETE RESTRICT',
    )),
)

SUBJECT_DECIDED = """
NEW.state IN ('accepted', 'declined') AND NEW.state <> OLD.state AND NOT EXISTS (
  SELECT 1 FROM moderation_case AS c JOIN decision AS d ON d.case_id = c.id
  WHERE c.subject_noun = 'correction' AND c.subject_id = coalesce(NEW.leader_id, NEW.id)
  AND d.undone_at IS NULL
  AND d.outcome = CASE NEW.state WHEN 'accepted' THEN 'accept' ELSE 'decline' END)"""

DECISION_OF_LINKED = """
EXISTS (
  SELECT 1 FROM affiliation AS a
  JOIN correction AS r ON r.listing_id = a.listing_id
  JOIN moderation_case AS c ON c.subject_noun = 'correction' AND c.subject_id = r.id
  WHERE a.user_id = NEW.actor_id AND c.id = NEW.case_id)"""

WRONG_SUBJECT = """
(NEW.outcome IN ('accept', 'decline')) <> EXISTS (
  SELECT 1 FROM moderation_case AS c
  WHERE c.id = NEW.case_id AND c.subject_noun = 'correction')"""

# As in the migration before: a name, when it fires, what it refuses.
TRIGGERS = (
    ('correction_has_decision', 'UPDATE OF state ON correction', SUBJECT_DECIDED),
    ('correction_decision_of_unlinked', 'INSERT ON decision', DECISION_OF_LINKED),
    ('decision_fits_subject', 'INSERT ON decision', WRONG_SUBJECT),
    ('listing_change_unchanged', 'UPDATE ON listing_change', """
NEW.listing_id <> OLD.listing_id OR NEW.cause <> OLD.cause OR NEW.at <> OLD.at
OR coalesce(CAST(NEW.before AS TEXT), '') <> coalesce(CAST(OLD.before AS TEXT), '')
OR coalesce(CAST(NEW.after AS TEXT), '') <> coalesce(CAST(OLD.after AS TEXT), '')"""),
)


def on_postgresql() -> bool:
    return op.get_bind().dialect.name == 'postgresql'


def listed(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def rebuild(table: str, change) -> None:
    """Build a table of SQLite anew from its own text, changed; its indexes come again as well."""
    bind = op.get_bind()
    old = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).scalar_one()
    indexes = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)).scalars().all()
    new = change(old)
    bind.exec_driver_sql(new.replace(f'CREATE TABLE {table} ', 'CREATE TABLE table_anew ', 1).replace(f'CREATE TABLE "{table}" ', 'CREATE TABLE table_anew ', 1))
    held = {row[1] for row in bind.exec_driver_sql(f'PRAGMA table_info("{table}")')}
    columns = ', '.join(f'"{row[1]}"' for row in bind.exec_driver_sql('PRAGMA table_info(table_anew)') if row[1] in held)
    bind.exec_driver_sql(f'INSERT INTO table_anew ({columns}) SELECT {columns} FROM "{table}"')
    bind.exec_driver_sql(f'DROP TABLE "{table}"')
    bind.exec_driver_sql(f'ALTER TABLE table_anew RENAME TO "{table}"')
    for text in indexes:
        bind.exec_driver_sql(text)


def replaced(text: str, before: str, after: str) -> str:
    if before not in text:
        raise ValueError(f'this table does not say {before}')
    return text.replace(before, after)


def set_triggers_aside() -> list[str]:
    """Take every trigger of SQLite away, so that tables can be built anew; give their texts."""
    bind = op.get_bind()
    rows = bind.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _text in rows:
        bind.exec_driver_sql(f'DROP TRIGGER {name}')
    return [text for _name, text in rows]


def change_lists(*, grow: bool) -> None:
    for table, constraint, column, old, fresh in GROWN:
        whole = (*old, *fresh)
        before, after = (old, whole) if grow else (whole, old)
        if on_postgresql():
            op.drop_constraint(op.f(constraint), table, type_='check')
            op.create_check_constraint(op.f(constraint), table, listed(column, after))
            continue
        rebuild(table, lambda text, c=column, b=before, a=after: replaced(text, listed(c, b), listed(c, a)))


def added(text: str, column: str, constraints: tuple[str, ...]) -> str:
    """Give a table's text with a column before its first constraint, and constraints at its end."""
    columns, mark, rest = text.partition('CONSTRAINT pk_')
    return f"{columns}{column}, {mark}{rest.rstrip().removesuffix(')')}{''.join(f', {each}' for each in constraints)})"


def add_columns() -> None:
    for table, name, kind, constraints in COLUMNS:
        if on_postgresql():
            op.execute(f'ALTER TABLE {table} ADD COLUMN {name} {kind}')
            for each in constraints:
                op.execute(f'ALTER TABLE {table} ADD {each}')
            continue
        column = f"{name} {kind.replace('TIMESTAMP WITH TIME ZONE', 'DATETIME')}"
        rebuild(table, lambda text, c=column, more=constraints: added(text, c, more))
    op.create_index(op.f('ix_listing_merged_into_id'), 'listing', ['merged_into_id'])


def drop_columns() -> None:
    op.drop_index(op.f('ix_listing_merged_into_id'), 'listing')
    for table, name, kind, constraints in reversed(COLUMNS):
        if on_postgresql():
            op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')
            continue
        column = f"{name} {kind.replace('TIMESTAMP WITH TIME ZONE', 'DATETIME')}"
        rebuild(table, lambda text, c=column, more=constraints: without(text, c, more))


def without(text: str, column: str, constraints: tuple[str, ...]) -> str:
    for each in constraints:
        text = replaced(text, f', {each}', '')
    return replaced(text, f'{column}, ', '')


def make_triggers() -> None:
    for name, event, refused in TRIGGERS:
        if not on_postgresql():
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW WHEN {refused}\n"
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
            f"BEGIN IF {refused} THEN\n"
            f"RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';\n"
            f"END IF; RETURN NEW; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW EXECUTE FUNCTION {name}()")


def drop_triggers() -> None:
    for name, event, _refused in TRIGGERS:
        if on_postgresql():
            table = event.rpartition(' ')[2]
            op.execute(f'DROP TRIGGER {name} ON {table}')
            op.execute(f'DROP FUNCTION {name}()')
        else:
            op.execute(f'DROP TRIGGER {name}')


def upgrade() -> None:
    others = [] if on_postgresql() else set_triggers_aside()
    change_lists(grow=True)
    add_columns()
    for text in others:
        op.get_bind().exec_driver_sql(text)
    op.create_table('guide',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'withdrawn', name='guidestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('newest_version', sa.Integer(), nullable=False),
    sa.Column('shown_version', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'published') = (shown_version IS NOT NULL)", name=op.f('ck_guide_published_shows_version')),
    sa.CheckConstraint('length(slug) > 0 AND slug = lower(slug)', name=op.f('ck_guide_slug_lower_case')),
    sa.CheckConstraint('newest_version >= 1', name=op.f('ck_guide_version_from_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide')),
    sa.UniqueConstraint('slug', name=op.f('uq_guide_slug'))
    )
    op.create_table('unmet_word',
    sa.Column('words', sa.String(length=60), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.CheckConstraint('times >= 1', name=op.f('ck_unmet_word_times_from_one')),
    sa.PrimaryKeyConstraint('words', 'on', name=op.f('pk_unmet_word'))
    )
    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('receipt', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.Enum('wrong-detail', 'outcome', 'missing-listing', name='correctionkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('open', 'accepted', 'declined', 'overtaken', 'noted', name='correctionstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=True),
    sa.Column('fact', sa.String(length=80), nullable=False),
    sa.Column('outcome', sa.Enum('answered', 'no-answer', 'wrong-number', 'not-taking', 'fee-different', name='calloutcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('stated', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('proposed', sa.String(length=1000), nullable=True),
    sa.Column('proposed_value', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('suggested', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('evidence', sa.String(length=1000), nullable=True),
    sa.Column('called_on', sa.Date(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('leader_id', sa.Integer(), nullable=True),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('network_hash', sa.String(length=64), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=1000), nullable=True),
    sa.CheckConstraint("(kind = 'missing-listing') = (suggested IS NOT NULL)", name=op.f('ck_correction_suggestion_says_what')),
    sa.CheckConstraint("(kind = 'outcome') = (outcome IS NOT NULL)", name=op.f('ck_correction_outcome_given')),
    sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f('ck_correction_decided_has_time')),
    sa.CheckConstraint("kind = 'missing-listing' OR listing_id IS NOT NULL", name=op.f('ck_correction_about_listing')),
    sa.CheckConstraint("state = 'open' OR address_sealed IS NULL", name=op.f('ck_correction_address_while_open')),
    sa.CheckConstraint('leader_id <> id', name=op.f('ck_correction_leads_others')),
    sa.CheckConstraint('length(receipt) >= 8', name=op.f('ck_correction_receipt_given')),
    sa.ForeignKeyConstraint(['leader_id'], ['correction.id'], name=op.f('fk_correction_leader_id_correction'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_correction_listing_id_listing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('receipt', name=op.f('uq_correction_receipt'))
    )
    op.create_index(op.f('ix_correction_leader_id'), 'correction', ['leader_id'])
    op.create_index('ix_correction_listing_id_made_at', 'correction', ['listing_id', 'made_at'])
    op.create_table('doubt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('fact', sa.String(length=80), nullable=False),
    sa.Column('outcome', sa.Enum('answered', 'no-answer', 'wrong-number', 'not-taking', 'fee-different', name='calloutcome', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reports', sa.Integer(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('reports >= 1', name=op.f('ck_doubt_reports_from_one')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_doubt_listing_id_listing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_doubt'))
    )
    op.create_index(op.f('ix_doubt_listing_id'), 'doubt', ['listing_id'])
    op.create_index('uq_doubt_one_open', 'doubt', ['listing_id', 'fact'], unique=True, sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))
    op.create_table('guide_term',
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guide.id'], name=op.f('fk_guide_term_guide_id_guide'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_guide_term_term_id_term'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('guide_id', 'term_id', name=op.f('pk_guide_term'))
    )
    op.create_index(op.f('ix_guide_term_term_id'), 'guide_term', ['term_id'])
    op.create_table('guide_version',
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('title_hi', sa.String(length=160), nullable=True),
    sa.Column('summary', sa.String(length=400), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('author', sa.String(length=120), nullable=False),
    sa.Column('reviewer', sa.String(length=160), nullable=True),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('next_review_on', sa.Date(), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(reviewer IS NULL) = (reviewed_on IS NULL) AND (reviewer IS NULL) = (next_review_on IS NULL)', name=op.f('ck_guide_version_review_is_whole')),
    sa.CheckConstraint('length(title) > 0', name=op.f('ck_guide_version_title_given')),
    sa.CheckConstraint('next_review_on > reviewed_on', name=op.f('ck_guide_version_next_review_later')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_guide_version_number_from_one')),
    sa.ForeignKeyConstraint(['guide_id'], ['guide.id'], name=op.f('fk_guide_version_guide_id_guide'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_guide_version_written_by_id_user'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('guide_id', 'number', name=op.f('pk_guide_version'))
    )
    op.create_table('import_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('read', 'applied', 'undone', 'dropped', name='batchstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_kind', sa.Enum('author', 'reader', 'moderator', 'administrator', 'clock', 'command', name='actorkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name=op.f('ck_import_batch_undone_has_time')),
    sa.CheckConstraint("(state IN ('applied', 'undone')) = (applied_at IS NOT NULL)", name=op.f('ck_import_batch_applied_has_time')),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_import_batch_actor_id_user'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch'))
    )
    op.create_table('told_apart',
    sa.Column('lower_id', sa.Integer(), nullable=False),
    sa.Column('higher_id', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('lower_id < higher_id', name=op.f('ck_told_apart_in_order')),
    sa.ForeignKeyConstraint(['higher_id'], ['listing.id'], name=op.f('fk_told_apart_higher_id_listing'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lower_id'], ['listing.id'], name=op.f('fk_told_apart_lower_id_listing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('lower_id', 'higher_id', name=op.f('pk_told_apart'))
    )
    op.create_table('import_row',
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('outcome', sa.Enum('new', 'changed', 'unchanged', 'refused', name='rowoutcome', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('ref', sa.String(length=120), nullable=True),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('kind', sa.Enum('practitioner', 'centre', name='listingkind', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('document', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('differences', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('lookalikes', sa.JSON(), nullable=False),
    sa.Column('chosen', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_import_row_batch_id_import_batch'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('batch_id', 'line', name=op.f('pk_import_row'))
    )
    op.create_index('ix_import_row_batch_id_outcome', 'import_row', ['batch_id', 'outcome', 'line'])
    op.create_table('listing_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('cause', sa.Enum('created', 'edit', 'state', 'check', 'correction', 'import', 'merge', 'vocabulary', 'undo', name='changecause', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('actor_kind', sa.Enum('author', 'reader', 'moderator', 'administrator', 'clock', 'command', name='actorkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.Column('correction_id', sa.Integer(), nullable=True),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("cause <> 'undo' OR undoes_id IS NOT NULL", name=op.f('ck_listing_change_undo_names_change')),
    sa.CheckConstraint('(before IS NULL) = (after IS NULL)', name=op.f('ck_listing_change_both_or_neither')),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_listing_change_actor_id_user'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_listing_change_batch_id_import_batch'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['correction_id'], ['correction.id'], name=op.f('fk_listing_change_correction_id_correction'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_listing_change_listing_id_listing'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['undoes_id'], ['listing_change.id'], name=op.f('fk_listing_change_undoes_id_listing_change'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing_change')),
    sa.UniqueConstraint('undoes_id', name=op.f('uq_listing_change_undoes_id'))
    )
    op.create_index(op.f('ix_listing_change_batch_id'), 'listing_change', ['batch_id'])
    op.create_index('ix_listing_change_listing_id_id', 'listing_change', ['listing_id', 'id'])
    make_triggers()


def downgrade() -> None:
    drop_triggers()
    op.drop_table('listing_change')
    op.drop_table('import_row')
    op.drop_table('told_apart')
    op.drop_table('import_batch')
    op.drop_table('guide_version')
    op.drop_table('guide_term')
    op.drop_table('doubt')
    op.drop_table('correction')
    op.drop_table('unmet_word')
    op.drop_table('guide')
    others = [] if on_postgresql() else set_triggers_aside()
    drop_columns()
    change_lists(grow=False)
    for text in others:
        op.get_bind().exec_driver_sql(text)
